import {damaged, EMPTY, OwnStoreError, type Vault} from "../../../../src/workers/own/vault.js";

/** A vault in memory that takes so many writes, and then is full. */
export function memoryVault(): Vault & {parts: Map<string, Uint8Array<ArrayBuffer>>; writesLeft: number} {
  let now = structuredClone(EMPTY);
  let tables: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map();
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  const key = (...names: (string | number)[]) => names.join("/");
  const write = () => {
    if (vault.writesLeft-- <= 0) throw new OwnStoreError("full", "the browser's storage is full");
  };
  const vault = {
    parts,
    writesLeft: Infinity,
    state: async () => structuredClone(now),
    async putPart(file: string, element: string, n: number, bytes: Uint8Array<ArrayBuffer>) {
      write();
      parts.set(key(file, element, n), bytes);
    },
    async part(file: string, element: string, n: number) {
      const bytes = parts.get(key(file, element, n));
      if (!bytes) throw damaged();
      return bytes;
    },
    read: async () => ({state: structuredClone(now), tables}),
    async commit(...[state, made]: Parameters<Vault["commit"]>) {
      write();
      now = structuredClone(state);
      if (made) tables = made;
    },
    async sweep() {
      const held = new Set(now.files.map(({id}) => id));
      for (const name of parts.keys()) if (!held.has(name.split("/")[0])) parts.delete(name);
    }
  };
  return vault;
}
