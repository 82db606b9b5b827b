import {damaged, EMPTY, OwnStoreError, type OwnState, type Vault} from "./vault.js";

/**
 * The browser's own store is an IndexedDB, not files of the origin-private file system: its transactions make the
 * change from one set of files to the next all or nothing, which a file system cannot, and a window that lets no file
 * system be had (Firefox and Safari in private) has it too.
 */
const NAME = "tearsheet";
const VERSION = 1;

/** Returns the store's database. @throws OwnStoreError if the browser gives none */
export async function openVault(): Promise<Vault> {
  const db = await open();
  return {
    state: async () => ((await get(db, "state", "now")) as OwnState | undefined) ?? EMPTY,
    async putPart(file, element, n, bytes) {
      await change(db, ["parts"], ([parts]) => parts.put(bytes, [file, element, n]));
    },
    async part(file, element, n) {
      const bytes = await get(db, "parts", [file, element, n]);
      if (bytes instanceof Uint8Array) return bytes as Uint8Array<ArrayBuffer>; // what putPart kept
      throw damaged();
    },
    read: (names) => read(db, names),
    commit: (state, tables) =>
      change(db, ["state", "tables"], ([states, kept]) => {
        states.put(state, "now");
        if (!tables) return;
        kept.clear();
        for (const [name, bytes] of tables) kept.put(bytes, name);
      }),
    sweep: () =>
      change(db, ["state", "parts"], ([states, parts]) => {
        const asked = states.get("now");
        asked.onsuccess = () => {
          const held = new Set(((asked.result as OwnState | undefined) ?? EMPTY).files.map(({id}) => id));
          const keys = parts.getAllKeys();
          keys.onsuccess = () => {
            for (const key of keys.result) if (!held.has((key as string[])[0])) parts.delete(key);
          };
        };
      })
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(explain(cause));
    try {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        for (const name of ["state", "tables", "parts"]) request.result.createObjectStore(name);
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => failed(request.error);
    } catch (error) {
      failed(error);
    }
  });
}

function get(db: IDBDatabase, store: string, key: IDBValidKey): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = db.transaction(store).objectStore(store).get(key);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(explain(request.error));
  });
}

function read(db: IDBDatabase, names: readonly string[]): ReturnType<Vault["read"]> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(["state", "tables"]);
    const state = transaction.objectStore("state").get("now");
    const asked = names.map((name) => [name, transaction.objectStore("tables").get(name)] as const);
    transaction.onabort = () => reject(explain(transaction.error));
    transaction.oncomplete = () => {
      const tables = new Map(asked.map(([name, {result}]) => [name, result as Uint8Array<ArrayBuffer>]));
      if ([...tables.values()].includes(undefined as never)) reject(damaged());
      else resolve({state: (state.result as OwnState | undefined) ?? EMPTY, tables});
    };
  });
}

/** Runs requests in one transaction; resolves when they are on disk. */
function change(
  db: IDBDatabase,
  names: readonly string[],
  work: (stores: IDBObjectStore[]) => unknown
): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(explain(cause));
    try {
      const transaction = db.transaction(names, "readwrite", {durability: "strict"});
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => failed(transaction.error);
      work(names.map((name) => transaction.objectStore(name)));
    } catch (error) {
      failed(error);
    }
  });
}

function explain(cause: unknown): OwnStoreError {
  const {name, message} = cause instanceof Error ? cause : new Error(String(cause));
  if (name === "QuotaExceededError") {
    return new OwnStoreError(
      "full",
      "the browser's storage for this site is full: nothing was changed; remove a file, or free space on the disk",
      {cause}
    );
  }
  if (name === "VersionError") {
    return new OwnStoreError(
      "newer",
      "what this browser keeps is of a newer Tearsheet: open the newer site, or remove this site's data",
      {cause}
    );
  }
  return new OwnStoreError(
    "denied",
    `the browser keeps nothing for this site (${message || name}): allow it to store data, or leave the private window`,
    {cause}
  );
}
