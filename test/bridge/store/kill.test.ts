import {spawn} from "node:child_process";
import {cpSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {typescript} from "../../../config.js";
import {writeFlexFile} from "../../../bench/flex-file.js";
import {importFile} from "../../../bridge/store/import.js";
import {openStore} from "../../../bridge/store/open.js";
import {fromFile} from "../../../bridge/store/source.js";
import {long} from "../../long.js";
import {dump, now, temporaryFolder} from "./fixture.js";

const CHILD = join(import.meta.dirname, "importing-child.ts");

/** Starts the import in a process of its own and kills it at its n-th word; resolves to its last word. */
async function killAt(word: number, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...typescript, CHILD, ...args], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let [heard, last] = [0, ""];
  for await (const line of createInterface(child.stdout)) {
    last = line;
    if (++heard === word) child.kill("SIGKILL");
  }
  await ended;
  return last;
}

it("SIGKILL in the middle of an import leaves the store as before it, or as after it", async () => {
  const folder = temporaryFolder();
  const [first, second] = [join(folder, "first.xml"), join(folder, "second.xml")];
  await writeFlexFile(first, {trades: 300, days: 30});
  await writeFlexFile(second, {trades: 3000, days: 60});
  const original = join(folder, "original.db");
  const store = await openStore({url: original});
  await importFile(store, {name: "first", open: fromFile(first)}, {now});
  const before = dump(store);
  store.close();

  const complete = join(folder, "complete.db");
  cpSync(original, complete);
  const whole = await openStore({url: complete});
  await importFile(whole, {name: "second", open: fromFile(second)}, {now});
  const after = dump(whole);
  whole.close();

  const phases = new Set<string>();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 1, max: 40}), async (word) => {
      const url = join(folder, `killed-${++run}.db`);
      cpSync(original, url);
      const last = await killAt(word, [url, second]);
      phases.add(last.split(" ")[0]);
      const killed = await openStore({url});
      expect([before, ...(last === "done" || last.startsWith("merge") ? [after] : [])]).toContain(
        dump(killed)
      );
      expect(killed.raw.pragma("integrity_check", {simple: true})).toBe("ok");
      expect(killed.raw.pragma("foreign_key_check")).toEqual([]);
      await importFile(killed, {name: "second", open: fromFile(second)}, {now});
      expect(dump(killed)).toBe(after);
      killed.close();
    }),
    {numRuns: long(50), seed: 17, endOnFailure: true}
  );
  expect([...phases]).toContain("merge");
}, 900_000);
