import * as fc from "fast-check";
import {expect, it} from "vitest";
import {exportStore, restoreStore} from "../../../bridge/store/archive.js";
import type {Store} from "../../../bridge/store/open.js";
import {readFiles} from "../../../bridge/store/read.js";
import {long} from "../../long.js";
import {add, chunksOf, dump, dumpChanges, now, temporaryStore} from "./fixture.js";
import {files} from "./random-files.js";

const textOf = (store: Store) => [dump(store), dumpChanges(store), JSON.stringify(readFiles(store))];

it("restoreStore makes of an export the store that it came from, and a second time changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const store = await temporaryStore();
      for (const [n, one] of set.entries()) await add(store, one, `file ${n}`);
      const archive = exportStore(store, now());
      const other = await temporaryStore();
      const all = {files: set.length, restored: set.length};
      expect(await restoreStore(other, chunksOf(archive, 1000), {now})).toEqual(all);
      expect(textOf(other)).toEqual(textOf(store));
      const version = other.version();
      expect(await restoreStore(other, chunksOf(archive), {now})).toEqual({...all, restored: 0});
      expect([textOf(other), other.version()]).toEqual([textOf(store), version]);
      expect(exportStore(other, now())).toEqual(archive);
    }),
    {numRuns: long(150)}
  );
}, 600_000);

it("restoreStore takes nothing of an export that is cut or changed, wherever that is", async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.nat(), fc.boolean(), async ([first, ...others], place, cut) => {
      const store = await temporaryStore();
      for (const one of others) await add(store, one);
      const archive = exportStore(store, now());
      const used = archive.findLastIndex((byte) => byte !== 0) + 1;
      const at = place % used;
      const bad = cut ? archive.slice(0, at) : archive.slice();
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
