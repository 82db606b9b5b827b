import * as fc from "fast-check";
import {expect, it} from "vitest";
import {TABLES, type TableName} from "../../../../lib/ledger/tables.js";
import type {ChangeSummary} from "../../../../lib/ledger/views.js";
import {ownSource} from "../../../../src/workers/own/source.js";
import {OwnStore} from "../../../../src/workers/own/own-store.js";
import type {OwnStoreError, Vault} from "../../../../src/workers/own/vault.js";
import {readChanges, readLedger, readProvenance} from "../../../../bridge/store/read.js";
import {
  add,
  dump,
  dumpChanges,
  chunksOf,
  encode,
  hashOf,
  now,
  readTest,
  temporaryStore,
  type TestFile
} from "../../../bridge/store/fixture.js";
import {readTags} from "../../../../bridge/store/tags.js";
import {exportStore, restoreStore} from "../../../../bridge/store/archive.js";
import {files} from "../../../bridge/store/random-files.js";
import {long} from "../../../long.js";
import {memoryVault} from "./memory-vault.js";

const NAMES = Object.keys(TABLES) as TableName[];

/** A change as text, whatever the order of its attributes. */
const textOf = (change: ChangeSummary) =>
  JSON.stringify(Object.entries(change).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const TAGGED = {kind: "trade" as const, account: "U1", id: "Trade:U1:1", tags: ["wheel"], note: "a note"};

let ids = 0;
const storeOf = (vault: Vault) => new OwnStore(vault, {now, newId: () => `id-${++ids}`, read: readTest});

async function take(vault: Vault, file: TestFile): Promise<void> {
  const store = storeOf(vault);
  const bytes = encode(file);
  const staged = await store.stage({name: "file", size: bytes.length, open: () => chunksOf(bytes)});
  await store.commit([staged.file]);
}

it("OwnStore, after imports and undos in any sequence, holds the ledger that the bridge's store makes of the files left", async () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({max: 3})), {maxLength: 4});
  await fc.assert(
    fc.asyncProperty(files, steps, async (set, sequence) => {
      const vault = memoryVault();
      const held = new Set<TestFile>();
      for (const [adding, n] of [...set.map((_, i) => [true, i] as const), ...sequence]) {
        const one = set[n % set.length];
        if (adding) await take(vault, one);
        else await storeOf(vault).undo(hashOf(one));
        if (adding) held.add(one);
        else held.delete(one);
      }
      const bridge = await temporaryStore();
      for (const one of held) await add(bridge, one);
      for (const positions of ["latest", "all"] as const) {
        const [own, theirs] = [
          await ownSource(vault).ledger([], {positions}),
          readLedger(bridge, null, {positions})
        ];
        for (const name of NAMES) expect(own[name]).toEqual(theirs[name]);
        expect(own.coverage).toEqual(theirs.coverage);
      }
      const {changes} = await ownSource(vault).context();
      const sorted = (list: readonly ChangeSummary[]) =>
        list.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
      expect(sorted(changes)).toEqual(sorted(readChanges(bridge)));
      const kept = (await vault.state()).files.filter(({elements}) => elements.length);
      const left = new Set(kept.map(({id}) => id));
      expect(new Set([...vault.parts.keys()].map((key) => key.split("/")[0]))).toEqual(left);
    }),
    {numRuns: long(150)}
  );
}, 600_000);

it("ownSource tells where each row comes from as the bridge does", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const [vault, bridge] = [memoryVault(), await temporaryStore()];
      for (const one of set) {
        await take(vault, one);
        await add(bridge, one);
      }
      const source = ownSource(vault);
      const ledger = await source.ledger([], {positions: "all"});
      const sorted = (list: readonly object[]) =>
        list.map((place) => JSON.stringify({...place, name: ""})).toSorted();
      for (const name of NAMES) {
        for (const {id} of ledger[name].slice(0, 3)) {
          const own = (await source.provenance?.(name, id)) ?? [];
          expect(own.length).toBeGreaterThan(0);
          expect(sorted(own)).toEqual(sorted(readProvenance(bridge, name, id)));
        }
      }
    }),
    {numRuns: long(60)}
  );
}, 600_000);

it("OwnStore.stage counts a file's rows as the bridge does, and leaves the set as it is", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const [vault, bridge] = [memoryVault(), await temporaryStore()];
      for (const one of [...set, set[0]]) {
        const before = await vault.state();
        const bytes = encode(one);
        const staged = await storeOf(vault).stage({
          name: "f",
          size: bytes.length,
          open: () => chunksOf(bytes)
        });
        expect(await vault.state()).toEqual(before);
        const {sections, known} = await add(bridge, one);
        expect([staged.sections, staged.known]).toEqual([sections, known]);
        await storeOf(vault).commit([staged.file]);
      }
    }),
    {numRuns: long(150)}
  );
}, 600_000);

it("OwnStore.restore takes in what the bridge exports, and the bridge what OwnStore.export gives", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const [bridge, other, vault] = [await temporaryStore(), await temporaryStore(), memoryVault()];
      for (const one of set) await add(bridge, one);
      const all = {files: set.length, restored: set.length};
      expect(await storeOf(vault).restore(chunksOf(exportStore(bridge, now())))).toEqual(all);
      const state = await vault.state();
      await vault.commit({...state, tags: {entries: [TAGGED], rules: []}});
      const exported = Buffer.concat([...(await storeOf(vault).export())]);
      expect(await restoreStore(other, chunksOf(exported), {now})).toEqual(all);
      expect([dump(other), dumpChanges(other)]).toEqual([dump(bridge), dumpChanges(bridge)]);
      expect(readTags(other).entries).toEqual([TAGGED]);
      const again = memoryVault();
      expect(await storeOf(again).restore(chunksOf(exported))).toEqual(all);
      expect((await again.state()).tags?.entries).toEqual([TAGGED]);
      expect(await storeOf(vault).restore(chunksOf(exported))).toEqual({...all, restored: 0});
    }),
    {numRuns: long(100)}
  );
}, 600_000);

it("OwnStore.restore takes nothing of an export that is cut", async () => {
  const vault = memoryVault();
  await take(vault, [{rows: [{element: "Trade", fields: {transactionID: "1"}}]}]);
  const exported = Buffer.concat([...(await storeOf(vault).export())]);
  const empty = memoryVault();
  for (let size = 0; size < exported.length - 1024; size += 512) {
    await expect(storeOf(empty).restore(chunksOf(exported.subarray(0, size)))).rejects.toThrow(
      /nothing was restored/
    );
    expect((await empty.state()).files).toEqual([]);
  }
});

it("OwnStore.commit leaves all as it was when the browser keeps no more, at whatever write that is", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.nat({max: 12}), async ([first, second], writes) => {
      const vault = memoryVault();
      await take(vault, first);
      const [before, ledger] = [await vault.state(), await ownSource(vault).ledger([])];
      vault.writesLeft = writes;
      const outcome = await take(vault, second).then(
        () => "taken",
        (error: OwnStoreError) => error.code
      );
      if (outcome === "taken") return;
      expect(outcome).toBe("full");
      expect(await vault.state()).toEqual(before);
      expect(await ownSource(vault).ledger([])).toEqual(ledger);
    }),
    {numRuns: long(100)}
  );
}, 600_000);
