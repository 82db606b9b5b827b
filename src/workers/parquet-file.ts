import init, {readParquet} from "parquet-wasm/esm";

const ready = init({module_or_path: import.meta.resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")});

/** Fetches a Parquet file; returns its rows as an Arrow IPC stream. */
export async function parquetToIpc(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no Parquet file at ${url}: ${response.status} ${response.statusText}`);
  const file = new Uint8Array(await response.arrayBuffer());
  await ready;
  return readParquet(file).intoIPCStream() as Uint8Array<ArrayBuffer>; // copied out of the module's memory
}
