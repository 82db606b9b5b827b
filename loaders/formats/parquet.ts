import {Compression, Table, WriterPropertiesBuilder, writeParquet} from "parquet-wasm";

/** Returns an Arrow IPC stream as a Parquet file, zstd. */
export function parquetOf(stream: Uint8Array): Uint8Array {
  const properties = new WriterPropertiesBuilder().setCompression(Compression.ZSTD).build();
  return writeParquet(Table.fromIPCStream(stream), properties);
}
