import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex, utf8ToBytes} from "@noble/hashes/utils.js";

/** What a value of a key is made of. */
type Part = null | boolean | number | string | readonly Part[] | {readonly [name: string]: Part | undefined};

/**
 * Returns the key of a value of any shape, SHA-256 in hex: of every number of its columns, whatever the order of names.
 * @param value plain: objects, lists, text, numbers and Float64Array
 */
export function keyOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonical(withHashes(value)))));
}

/** The value with each column as its hash. */
function withHashes(value: unknown): Part {
  if (value instanceof Float64Array)
    return {float64: bytesToHex(sha256(bytesOf(value))), length: value.length};
  if (Array.isArray(value)) return value.map(withHashes);
  if (value === null || typeof value !== "object") return value as Part; // what is plain has nothing else
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [[name, withHashes(each)]]))
  );
}

/** Returns values as bytes, the same on every machine: little-endian, NaN in one form. */
function bytesOf(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) view.setBigUint64(i * 8, 0x7ff8000000000000n, true);
    else view.setFloat64(i * 8, value, true);
  }
  return new Uint8Array(view.buffer);
}

/** Returns JSON with the names of each object in order. */
function canonical(part: Part): string {
  if (typeof part === "number" && !Number.isFinite(part)) return `"${part}"`;
  if (part === null || typeof part !== "object") return JSON.stringify(part);
  if (isList(part)) return `[${part.map(canonical).join()}]`;
  const names = Object.keys(part).filter((name) => part[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(part[name]!)}`)
    .join()}}`;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}
