/** Files that never change under their address, kept in the browser. */
export const CACHE = "tearsheet-lake";

/** How much of a file is here. */
export interface FetchProgress {
  done: number;
  /** Bytes in all; null where the server does not say. */
  total: number | null;
  /** Whether the browser had it. */
  kept: boolean;
}

export interface KeepAs {
  /** The content's hash: what the file is kept under. */
  key: string;
  /** What it is of, to be shown and cleared by. */
  of: string;
}

/** Bytes of a file that hold one of several. */
export interface Slice {
  from: number;
  bytes: number;
}

/**
 * Fetches a file, or a slice of one, telling how far it is; what is to be kept is looked up in the browser's cache
 * first, and put there. A browser that keeps nothing fetches each time.
 * @throws with the address and what the server answers
 */
export async function fetchBytes(
  url: string,
  {keep, slice}: {keep?: KeepAs; slice?: Slice},
  onProgress: (progress: FetchProgress) => void
): Promise<Uint8Array<ArrayBuffer>> {
  const cache = keep && (await openCache());
  const name = keep && keptAddress(keep.key);
  const known = cache && name && (await cache.match(name));
  if (known) {
    const bytes = new Uint8Array(await known.arrayBuffer());
    onProgress({done: bytes.length, total: bytes.length, kept: true});
    return bytes;
  }
  const bytes = cut(await download(url, slice, onProgress), slice);
  if (cache && name) {
    const headers = {"Content-Length": String(bytes.length), "Kept-Of": encodeURIComponent(keep.of)};
    await cache.put(name, new Response(bytes, {headers})).catch(() => undefined); // full: it is fetched again next time
  }
  return bytes;
}

/** Returns the cache; undefined where the browser lets none be held. */
export async function openCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(CACHE).catch(() => undefined);
}

function keptAddress(key: string): string {
  return new URL(`/kept/${key}`, self.location.origin).href;
}

async function download(
  url: string,
  slice: Slice | undefined,
  onProgress: (progress: FetchProgress) => void
): Promise<{bytes: Uint8Array<ArrayBuffer>; whole: boolean}> {
  const headers = slice && {Range: `bytes=${slice.from}-${slice.from + slice.bytes - 1}`};
  const response = await fetch(url, {credentials: "same-origin", ...(headers && {headers})});
  if (!response.ok) throw new Error(`no file at ${url}: ${response.status} ${response.statusText}`);
  const length = response.headers.get("Content-Length");
  const total = length === null || response.headers.has("Content-Encoding") ? null : Number(length);
  const pieces: Uint8Array[] = [];
  let done = 0;
  const reader = response.body!.getReader(); // an answer that is no error has one
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
    onProgress({done: (done += read.value.length), total, kept: false});
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return {bytes, whole: response.status !== 206};
}

/** A server that does not know ranges sends the whole file. */
function cut(
  {bytes, whole}: {bytes: Uint8Array<ArrayBuffer>; whole: boolean},
  slice: Slice | undefined
): Uint8Array<ArrayBuffer> {
  return slice && whole ? bytes.slice(slice.from, slice.from + slice.bytes) : bytes;
}
