import {crc32, inflateRawSync} from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** Least bytes of the end record. */
const END_BYTES = 22;
/** No vendor's file is larger unpacked; a small archive that says so is not one of theirs. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Returns the content of an archive's first file: vendors pack one CSV each.
 * @throws RangeError, saying what is wrong, if the archive is cut off or does not match its checksum
 */
export function unzipFirst(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = lastIndex(bytes, END);
  if (end < 0) throw new RangeError("the archive is cut off: it has no end record");
  const entry = bytes.readUInt32LE(end + 16);
  if (entry + 46 > bytes.length || bytes.readUInt32LE(entry) !== ENTRY)
    throw new RangeError("the archive has no list of files");
  const method = bytes.readUInt16LE(entry + 10);
  const checksum = bytes.readUInt32LE(entry + 16);
  const packed = bytes.readUInt32LE(entry + 20);
  const size = bytes.readUInt32LE(entry + 24);
  const local = bytes.readUInt32LE(entry + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL || size > MOST_BYTES)
    throw new RangeError("the archive's first file cannot be found");
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = unpack(bytes.subarray(start, start + packed), method);
  if (content.length !== size || crc32(content) !== checksum)
    throw new RangeError("the archive's first file does not match its checksum");
  return content;
}

function unpack(packed: Buffer, method: number): Buffer {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new RangeError(`the archive is packed by method ${method}, not by deflate`);
  try {
    return inflateRawSync(packed, {maxOutputLength: MOST_BYTES});
  } catch (cause) {
    throw new RangeError("the archive's first file is cut off", {cause});
  }
}

function lastIndex(bytes: Buffer, signature: number): number {
  for (let at = bytes.length - END_BYTES; at >= 0; --at) if (bytes.readUInt32LE(at) === signature) return at;
  return -1;
}
