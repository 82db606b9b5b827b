import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {rowAt} from "../../../lib/lake/concat.js";
import {rowsOf, type Row, type Rows} from "../../../lib/lake/columns.js";
import type {DatasetId} from "../../../lib/lake/dataset.js";
import {openLake} from "../../../loaders/lake/lake.js";
import type {Lake, LakeOptions} from "../../../loaders/lake/port.js";

export const BARS = {
  provider: "test",
  kind: "bars",
  universe: "some",
  frequency: "1d"
} as const satisfies DatasetId;
export const FX = {
  provider: "test",
  kind: "fx",
  universe: "fixings",
  frequency: "1d"
} as const satisfies DatasetId;

export const now = () => new Date("2026-01-10T12:00:00Z");

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lake-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}

/** A lake that is closed with the test. */
export function lakeIn(dir: string, options: Partial<LakeOptions> = {}): Lake {
  const lake = openLake(dir, {now, ...options});
  onTestFinished(() => lake.close());
  return lake;
}

/** A daily bar that closes at 21:00 UTC, its open, high and low as its close. */
export function bar(symbol: string, day: string, close: number, rest: Row<"bars"> = {}): Row<"bars"> {
  const time = Date.parse(`${day}T21:00:00Z`);
  return {symbol, day, time, open: close, high: close, low: close, close, currency: "USD", ...rest};
}

export function bars(...rows: Row<"bars">[]): Rows<"bars"> {
  return rowsOf("bars", rows);
}

/** Symbol, day and close of each row: `A 2025-01-02 3`. */
export function closes(rows: Rows<"bars">): string[] {
  return records(rows).map(({symbol, day, close}) => `${symbol} ${day} ${close}`);
}

/** Rows one by one. */
export function records(rows: Rows): Record<string, string | number | null>[] {
  return Array.from({length: rows.length}, (_, i) => rowAt(rows, i));
}
