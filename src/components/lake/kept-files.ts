import {CACHE, openCache} from "../../workers/fetch-bytes.js";

/** Files of one dataset that this browser keeps. */
export interface Kept {
  of: string;
  files: number;
  bytes: number;
}

/** Returns what of the lake this browser keeps, by dataset, the most bytes first. */
export async function keptFiles(): Promise<Kept[]> {
  const cache = await openCache();
  if (!cache) return [];
  const sums = new Map<string, Kept>();
  for (const request of await cache.keys()) {
    const headers = (await cache.match(request))?.headers;
    const of = decodeURIComponent(headers?.get("Kept-Of") ?? "");
    const sum = sums.get(of) ?? {of, files: 0, bytes: 0};
    sums.set(of, {of, files: sum.files + 1, bytes: sum.bytes + Number(headers?.get("Content-Length") ?? 0)});
  }
  return [...sums.values()].toSorted((a, b) => b.bytes - a.bytes);
}

/** Removes all of it: what is looked at next is fetched again. */
export async function clearKept(): Promise<void> {
  await globalThis.caches?.delete(CACHE);
}

/** Removes what is kept of a dataset under other keys than these: parts that have been replaced. */
export async function forgetReplaced(of: string, keys: readonly string[]): Promise<void> {
  const cache = await openCache();
  for (const request of (await cache?.keys()) ?? []) {
    const headers = (await cache?.match(request))?.headers;
    const isOf = decodeURIComponent(headers?.get("Kept-Of") ?? "") === of;
    if (isOf && !keys.some((key) => request.url.endsWith(`/${key}`))) await cache?.delete(request);
  }
}
