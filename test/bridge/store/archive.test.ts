import * as fc from "fast-check";
import {expect, it} from "vitest";
import {exportStore, restoreStore} from "../../../bridge/store/archive.js";
import type {Store} from "../../../bridge/store/open.js";
import {readFiles} from "../../../bridge/store/read.js";
import {readTags, writeRules, writeTag} from "../../../bridge/store/tags.js";
import {long} from "../../long.js";
import {add, chunksOf, dump, dumpChanges, now, temporaryStore} from "./fixture.js";
import {files} from "./random-files.js";

const TAGGED = {kind: "trade" as const, account: "U1", id: "Trade:U1:1", tags: ["wheel"], note: "a note"};
const RULE = {tag: "core", field: "symbol" as const, match: "is" as const, value: "INVT"};

const textOf = (store: Store) => [dump(store), dumpChanges(store), JSON.stringify(readFiles(store))];

it("restoreStore makes of an export the store that it came from, and a second time changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const store = await temporaryStore();
      for (const [n, one] of set.entries()) await add(store, one, `file ${n}`);
      await writeTag(store, TAGGED);
      await writeRules(store, [RULE]);
      const archive = exportStore(store, now());
      const other = await temporaryStore();
      const all = {files: set.length, restored: set.length};
      expect(await restoreStore(other, chunksOf(archive, 1000), {now})).toEqual(all);
      expect(textOf(other)).toEqual(textOf(store));
      expect(readTags(other)).toEqual({entries: [TAGGED], rules: [RULE]});
      const version = other.version();
      expect(await restoreStore(other, chunksOf(archive), {now})).toEqual({...all, restored: 0});
      expect([textOf(other), other.version()]).toEqual([textOf(store), version]);
      expect(exportStore(other, now())).toEqual(archive);
    }),
    {numRuns: long(150)}
  );
}, 600_000);

it("restoreStore leaves the tags and the note that a thing has", async () => {
  const [store, other] = [await temporaryStore(), await temporaryStore()];
  await writeTag(store, TAGGED);
  const own = {...TAGGED, tags: ["mine"], note: ""};
  await writeTag(other, own);
  await writeRules(other, [RULE]);
  await restoreStore(other, chunksOf(exportStore(store, now())), {now});
  expect(readTags(other)).toEqual({entries: [own], rules: [RULE]});
});

it("restoreStore takes nothing of an export that is cut or changed, wherever that is", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.nat(), fc.boolean(), async ([first, ...others], place, cut) => {
      const store = await temporaryStore();
      for (const one of others) await add(store, one);
      const archive = exportStore(store, now());
      const used = archive.findLastIndex((byte) => byte !== 0) + 1;
      const at = place % used;
      const bad = Uint8Array.from(cut ? archive.subarray(0, at) : archive);
      if (!cut) bad[at] ^= 1;
      const target = await temporaryStore();
      await add(target, first);
      const before = textOf(target);
      const outcome = await restoreStore(target, chunksOf(bad), {now}).then(
        () => "restored",
        (error: Error) => error.message
      );
      if (outcome !== "restored") expect(textOf(target)).toEqual(before);
      if (cut) expect(outcome).toMatch(/nothing was restored/);
      if (outcome === "restored") expect(archive[at]).toBe(0); // zeros between two entries are nothing
    }),
    {numRuns: long(150)}
  );
}, 600_000);
