import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rebuildAll, undoFile} from "../../../bridge/store/undo.js";
import {addDays, daysBetween} from "../../../lib/time/day.js";
import {long} from "../../long.js";
import {add, dump, dumpChanges, hashOf, now, temporaryStore, type TestFile} from "./fixture.js";
import {day, files, holder, row, unique} from "./random-files.js";

it("importFile and undoFile, in any sequence, leave what rebuildAll makes of the files that are left", async () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({max: 3})), {maxLength: 5});
  await fc.assert(
    fc.asyncProperty(files, steps, async (set, sequence) => {
      const store = await temporaryStore();
      const held = new Set<TestFile>();
      for (const [adding, n] of [...set.map((_, i) => [true, i] as const), ...sequence]) {
        const one = set[n % set.length];
        if (adding) {
          await add(store, one);
          held.add(one);
        } else {
          await undoFile(store, hashOf(one), {now});
          held.delete(one);
        }
      }
      const [ledger, changes] = [dump(store), dumpChanges(store)];
      await rebuildAll(store, {now});
      expect([dump(store), dumpChanges(store)]).toEqual([ledger, changes]);

      const fresh = await temporaryStore();
      for (const one of [...held].toReversed()) await add(fresh, one);
      expect([dump(fresh), dumpChanges(fresh)]).toEqual([ledger, changes]);
      expect(store.raw.pragma("foreign_key_check")).toEqual([]);
    }),
    {numRuns: long(400)}
  );
}, 600_000);

it("importFile counts every row once as new, same or changed, and a file that is known as the same", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (set) => {
      const store = await temporaryStore();
      for (const one of set) {
        const rows = one.flatMap((part) => part.rows).length;
        const first = await add(store, one);
        expect(first.new + first.same + first.changed).toBe(rows);
        const before = dump(store);
        expect(await add(store, one)).toMatchObject({new: 0, same: rows, changed: 0, retired: 0});
        expect(dump(store)).toBe(before);
      }
    }),
    {numRuns: long(200)}
  );
}, 600_000);

it("importFile makes one ledger of a statement and of any overlapping files that it is split into by whole days", async () => {
  const cuts = fc.array(fc.tuple(day, day), {minLength: 1, maxLength: 3});
  const dated = row.filter((one) => one.day !== "");
  await fc.assert(
    fc.asyncProperty(fc.array(dated, {maxLength: 12}), cuts, async (rows, spans) => {
      const whole = await temporaryStore();
      const all = unique(rows);
      await add(whole, [{from: "2024-01-01", to: "2024-01-06", rows: [...all, holder]}]);

      const split = await temporaryStore();
      const days = Array.from({length: 1 + daysBetween("2024-01-01", "2024-01-06")}, (_, n) =>
        addDays("2024-01-01", n)
      );
      const parts = [...spans.map((span) => span.toSorted()), ...days.map((one) => [one, one])];
      for (const [n, [from, to]] of parts.entries()) {
        const within = all.filter((one) => one.day! >= from && one.day! <= to);
        await add(split, [{from, to, generated: `2024-01-1${n}T06:00:00`, rows: [...within, holder]}]);
      }
      expect(dump(split)).toBe(dump(whole));
    }),
    {numRuns: long(300)}
  );
}, 600_000);

it("importFile makes one ledger of a restatement, whether it comes whole or a file a day", async () => {
  const dated = row.filter((one) => one.day !== "" && one.element !== "OpenPosition"); // a statement has its last day's only
  const [from, to] = ["2024-01-01", "2024-01-06"];
  await fc.assert(
    fc.asyncProperty(
      fc.array(dated, {maxLength: 10}),
      fc.array(dated, {maxLength: 10}),
      async (before, after) => {
        const first: TestFile = [
          {from, to, generated: "2024-01-10T06:00:00", rows: [...unique(before), holder]}
        ];
        const rows = unique(after);
        const restated = (first: string, last: string): TestFile => [
          {
            from: first,
            to: last,
            generated: "2024-01-20T06:00:00",
            rows: [...rows.filter((one) => one.day! >= first && one.day! <= last), holder]
          }
        ];
        const whole = await temporaryStore();
        for (const one of [first, restated(from, to)]) await add(whole, one);

        const split = await temporaryStore();
        const days = Array.from({length: 6}, (_, n) => addDays(from, n));
        for (const one of [...days.map((one) => restated(one, one)), first]) await add(split, one);
        expect(dump(split)).toBe(dump(whole));
      }
    ),
    {numRuns: long(200)}
  );
}, 600_000);
