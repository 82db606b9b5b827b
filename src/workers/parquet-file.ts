import init, {readParquet} from "parquet-wasm/esm";

const ready = init({module_or_path: import.meta.resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")});

/** Waits until Parquet can be read. */
export async function openParquet(): Promise<void> {
  await ready;
}

/** Fetches a Parquet file; returns its rows as an Arrow IPC stream. */
export async function parquetToIpc(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no Parquet file at ${url}: ${response.status} ${response.statusText}`);
  return parquetBytesToIpc(new Uint8Array(await response.arrayBuffer()));
}

/** Returns a Parquet file's rows as an Arrow IPC stream. */
export async function parquetBytesToIpc(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  await ready;
  return readParquet(file).intoIPCStream() as Uint8Array<ArrayBuffer>; // copied out of the module's memory
}
