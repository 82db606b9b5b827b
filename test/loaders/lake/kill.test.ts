import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {watch} from "node:fs/promises";
import {createInterface} from "node:readline";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {typescript} from "../../../config.js";
import type {Rows} from "../../../lib/lake/columns.js";
import {openLake} from "../../../loaders/lake/lake.js";
import {long} from "../../long.js";
import {BATCH_ID, batch, now} from "./batches.js";
import {closes, temporaryFolder} from "./fixture.js";

const BATCHES = 5;

const isWriting = (dir: string) => existsSync(join(dir, "lake.writing"));

/**
 * Writes in a process of its own and kills it after it said a word: so many milliseconds later or, where they are null, as
 * soon as it writes. Resolves to how many batches it said were in.
 */
async function killAfter(dir: string, word: number, ms: number | null): Promise<number> {
  const child = spawn(
    process.execPath,
    [...typescript, join(import.meta.dirname, "writing-child.ts"), dir, String(BATCHES)],
    {stdio: ["ignore", "pipe", "inherit"]}
  );
  const over = new AbortController();
  const ended = new Promise((resolve) => child.once("exit", resolve)).finally(() => over.abort());
  const moment = ms === null ? () => written(dir, over.signal) : () => setTimeout(ms);
  let [heard, said] = [0, 0];
  for await (const line of createInterface(child.stdout)) {
    said = Number(line) || 0;
    if (heard++ === word) void moment().then(() => child.kill("SIGKILL"));
  }
  await ended;
  return said;
}

/** Resolves once a folder is being written to, or the signal ends it. */
async function written(dir: string, signal: AbortSignal): Promise<void> {
  const changes = watch(dir, {signal});
  try {
    for await (const _ of changes) if (isWriting(dir)) return;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What the lake holds after each number of batches. */
async function statesAfter(): Promise<string[][]> {
  const lake = openLake(temporaryFolder(), {now});
  const states: string[][] = [[]];
  for (let i = 0; i < BATCHES; ++i) {
    await lake.write("clean", BATCH_ID, batch(i));
    states.push(closes(await lake.read("clean", BATCH_ID)));
  }
  lake.close();
  return states;
}

it("SIGKILL at any moment of writing leaves a lake that verifies, with whole writes alone; the same again completes it", async () => {
  const states = await statesAfter();
  const folder = temporaryFolder();
  let [run, inTheMiddle] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.nat(BATCHES - 1),
      fc.option(fc.integer({min: 0, max: 60}), {freq: 1}),
      async (word, ms) => {
        const dir = join(folder, String(++run));
        const said = await killAfter(dir, word, ms);
        if (isWriting(dir)) ++inTheMiddle;
        const lake = openLake(dir, {now});
        const seen = closes((await lake.read("clean", BATCH_ID)) as Rows<"bars">);
        expect([states[said], states[said + 1]]).toContainEqual(seen);
        const report = await lake.verify();
        expect(report.problems).toEqual([]);
        expect(report.rows).toBe(seen.length);
        expect((await lake.catalog())[0]?.rows ?? 0).toBe(seen.length);
        for (let i = 0; i < BATCHES; ++i) await lake.write("clean", BATCH_ID, batch(i));
        expect(closes(await lake.read("clean", BATCH_ID))).toEqual(states[BATCHES]);
        expect((await lake.verify()).problems).toEqual([]);
        lake.close();
      }
    ),
    {numRuns: long(120), seed: 4, endOnFailure: true}
  );
  expect(inTheMiddle).toBeGreaterThan(0);
}, 1_800_000);
