import {expose, transfer} from "comlink";
import {fetchBytes, type FetchProgress, type KeepAs, type Slice} from "./fetch-bytes.js";
import {openParquet, parquetBytesToIpc} from "./parquet-file.js";

/** Where a Parquet file is: whole at an address, or a slice of what is there. */
export interface ParquetFile {
  url: string;
  slice?: Slice;
  keep?: KeepAs;
}

const api = {
  /** Makes ready to read. */
  open: openParquet,
  /** Fetches a Parquet file; returns its rows as an Arrow IPC stream. */
  async read(
    {url, ...rest}: ParquetFile,
    onProgress: (progress: FetchProgress) => void
  ): Promise<Uint8Array<ArrayBuffer>> {
    const stream = await parquetBytesToIpc(await fetchBytes(url, rest, onProgress));
    return transfer(stream, [stream.buffer]);
  }
};

export type ParquetWorker = typeof api;

expose(api);
