import type {Store} from "./open.js";

/** Returns what a job or a page has kept under a key; undefined when nothing. It is JSON: check it by its schema. */
export function readState(store: Store, key: string): unknown {
  const text = store.raw
    .prepare<[string], string>("select value from app_state where key = ?")
    .pluck()
    .get(key);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Keeps a JSON value under a key, over restarts; undefined removes it. Waits for another writer without blocking. */
export async function writeState(store: Store, key: string, value: unknown): Promise<void> {
  await store.write(() => {
    if (value === undefined) store.raw.prepare("delete from app_state where key = ?").run(key);
    else {
      store.raw
        .prepare("insert into app_state values (?, ?) on conflict (key) do update set value = excluded.value")
        .run(key, JSON.stringify(value));
    }
  });
}
