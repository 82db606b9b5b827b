import {rowsOf, type Row, type Rows} from "../../../lib/lake/columns.js";
import type {DatasetId} from "../../../lib/lake/dataset.js";
import {addDays} from "../../../lib/time/day.js";

export const now = () => new Date("2026-01-10T12:00:00Z");
export const BATCH_ID = {
  provider: "test",
  kind: "bars",
  universe: "batches",
  frequency: "1d"
} as const satisfies DatasetId;
export const BATCH_FACTS = [{symbol: "S0", name: "First", unit: "USD"}];

/** The nth pull: five symbols over a quarter, a third of it overlapping with the one before, some values changed. */
export function batch(n: number): Rows<"bars"> {
  const rows: Row<"bars">[] = [];
  for (let symbol = 0; symbol < 5; ++symbol) {
    for (let i = 0; i < 90; ++i) {
      const day = addDays("2023-11-01", 60 * n + i);
      const close = i % 20 === 0 ? n : symbol + i;
      rows.push({symbol: `S${symbol}`, day, time: Date.parse(`${day}T21:00:00Z`), close, currency: "USD"});
    }
  }
  return rowsOf("bars", rows);
}

/** More bars than fit into a megabyte: their prices have nothing in common. */
export function manyBars(): Rows<"bars"> {
  const rows: Row<"bars">[] = [];
  for (let symbol = 0; symbol < 100; ++symbol) {
    for (let i = 0; i < 1000; ++i) {
      const day = addDays("2022-01-01", i);
      rows.push({
        symbol: `M${symbol}`,
        day,
        time: Date.parse(`${day}T21:00:00Z`),
        close: Math.sin(rows.length) * 1e6
      });
    }
  }
  return rowsOf("bars", rows);
}
