/** A file as large as they come, and the end of an import under way. */
import type {ChildProcess} from "node:child_process";
import {readdirSync, readFileSync, readlinkSync, statSync} from "node:fs";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {expect, it} from "vitest";
import {writeFlexFile} from "../../bench/flex-file.js";
import {long} from "../long.js";
import {desk, ended, filledDesks} from "./terminal.js";

const filledDesk = filledDesks();

/** 1 GB in the long tests, 100 MB else. */
const TRADES = long(700_000);

/** Of which up to 250 are the figures of an account with some ten thousand trades; a larger one has none made here. */
const MOST_MEGABYTES = 750;

it("import of a gigabyte stays within its bound of memory", {timeout: 3_600_000}, async () => {
  const {begin, run, folder} = desk();
  const file = join(folder, "large.xml");
  await writeFlexFile(file, {trades: TRADES});
  expect(statSync(file).size).toBeGreaterThan(long(1000) * 1_000_000);
  const child = begin(["import", file, "--json"]);
  const [{code, json}, megabytes] = await Promise.all([ended(child), peakOf(child)]);
  expect(code).toBe(0);
  expect(json()[0].statements[0].trades).toMatchObject([{category: "STK", count: TRADES}]);
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
  const select = "select count(*)::int n from trades";
  expect((await run(["sql", select, "--json"])).json()).toEqual([{n: TRADES}]);
});

/** The most memory that a process had resident, as Linux counts it, in megabytes. */
async function peakOf(child: ChildProcess): Promise<number> {
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const status = statusOf(child);
    peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
    await setTimeout(50);
  }
  expect(peak).toBeGreaterThan(0);
  return peak;
}

function statusOf({pid}: ChildProcess): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return ""; // it has just ended
  }
}

it("Ctrl-C ends an import with exit code 130, a sentence and the store as before", async () => {
  const {begin, folder, database} = filledDesk();
  const file = join(folder, "long.xml");
  await writeFlexFile(file, {trades: 20_000});
  const before = readFileSync(database);
  const child = begin(["import", file, "--json"]);
  const result = ended(child);
  while (child.exitCode === null && !isOpen(file, child)) await setTimeout(5);
  child.kill("SIGINT");
  expect(await result).toMatchObject({
    code: 130,
    stdout: "[]\n",
    stderr: "cancelled: the file under way is not stored, those before it are\n"
  });
  expect(readFileSync(database).equals(before)).toBe(true);
});

/** Whether a process has the file open. */
function isOpen(file: string, {pid}: ChildProcess): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((name) => readlinkSync(join(folder, name)) === file);
  } catch {
    return false; // the process, or one of its files, has just been closed
  }
}
