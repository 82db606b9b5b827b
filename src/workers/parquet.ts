import {expose, transfer} from "comlink";
import {parquetToIpc} from "./parquet-file.js";

const api = {
  /** Fetches a Parquet file; returns its rows as an Arrow IPC stream. */
  async read(url: string): Promise<Uint8Array<ArrayBuffer>> {
    const stream = await parquetToIpc(url);
    return transfer(stream, [stream.buffer]);
  }
};

export type ParquetWorker = typeof api;

expose(api);
