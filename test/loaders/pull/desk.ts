/** What the tests of pulls share: a lake in a folder of its own, and the stand-ins of all vendors, by one clock. */
import {randomUUID} from "node:crypto";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import type {Rows} from "../../../lib/lake/columns.js";
import {rowAt} from "../../../lib/lake/concat.js";
import {parseDatasetId} from "../../../lib/lake/dataset.js";
import type {PullAsk, PullProgress, PullRecord} from "../../../lib/lake/pull.js";
import {openLake} from "../../../loaders/lake/lake.js";
import type {Lake} from "../../../loaders/lake/port.js";
import {runPull} from "../../../loaders/pull/run.js";
import {createSources} from "../../../loaders/sources.js";
import {VENDORS} from "../../../loaders/vendors/index.js";
import {startVendors, type Vendors, type VendorsOptions} from "../../../sim/vendors/service.js";

/** A Friday after New York's close. */
export const FRIDAY = "2026-11-20T22:00:00Z";

export interface PullOptions {
  what?: PullRecord["what"];
  id?: string;
  signal?: AbortSignal;
  onProgress?: (progress: PullProgress) => void;
}

export interface Desk {
  folder: string;
  lake: Lake;
  sim: Vendors;
  clock: {time: number};
  /** Lines that the vendors' ways to the web logged. */
  lines: string[];
  pull: (asks: PullAsk | readonly PullAsk[], options?: PullOptions) => Promise<PullRecord>;
  /** All rows of a dataset. */
  rows: (dataset: string) => Promise<Record<string, unknown>[]>;
  /** Paths that the vendors were asked for since the last time, with their queries. */
  asked: () => {path: string; query: Record<string, string>}[];
}

export interface DeskOptions {
  folder?: string;
  keys?: Record<string, string>;
  sim?: Partial<VendorsOptions>;
}

export async function openDesk({
  folder = temporaryFolder(),
  keys = {},
  sim: options = {}
}: DeskOptions = {}): Promise<Desk> {
  const clock = {time: Date.parse(FRIDAY)};
  const now = () => new Date(clock.time);
  const sim = await startVendors({now, ...options});
  const lake = openLake(join(folder, "lake"), {now, vendors: VENDORS});
  onTestFinished(async () => {
    lake.close();
    await sim.close();
  });
  const lines: string[] = [];
  const sources = createSources(
    {urls: sim.urls, keys},
    {
      now,
      log: (message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
      keepReply: (reply) => lake.keepReply(reply)
    }
  );
  let counted = 0;
  return {
    folder,
    lake,
    sim,
    clock,
    lines,
    pull: (asks, {what = "symbols", id = randomUUID(), signal, onProgress = () => undefined} = {}) =>
      runPull(
        {id, what, asks: Array.isArray(asks) ? asks : [asks as PullAsk]}, // one or a list
        {lake, sources, now, onProgress, signal: signal ?? new AbortController().signal}
      ),
    async rows(dataset) {
      const rows: Rows = await lake.read("clean", parseDatasetId(dataset));
      return Array.from({length: rows.length}, (_, i) => rowAt(rows, i));
    },
    asked() {
      const calls = sim.calls.slice(counted).map(({path, query}) => ({path, query}));
      counted = sim.calls.length;
      return calls;
    }
  };
}

/** A folder that goes when the test is finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tearsheet-pull-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}
