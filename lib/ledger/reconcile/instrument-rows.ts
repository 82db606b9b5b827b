import {UNIT} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow} from "../tables.js";
import type {Frame} from "./frame.js";

/** One row that a day's section should have. */
interface Expected {
  day: string;
  key: string;
  item: string;
  category: string | null;
}

const SECTIONS = [
  {what: "mtm", table: "mtm", of: "MTMPerformanceSummary (row of the day)"},
  {what: "realized", table: "fifo", of: "FIFOPerformanceSummary (row of the day)"}
] as const;

/**
 * Says which instrument has no row in a day's performance summary, though the statements hold it or trade it: where nearly
 * all of its kind have one. What was held the day before is in the mark-to-market alone; so are currencies.
 */
export function checkInstrumentRows(frame: Frame): void {
  const held = byDay(frame.rows.positions.filter(({position}) => position));
  const traded = byDay(frame.rows.trades);
  const cash = Map.groupBy(frame.rows.cash_balances, ({day}) => day);
  for (const {what, table, of} of SECTIONS) {
    const rows: readonly LedgerRow<"mtm" | "fifo">[] = frame.rows[table];
    const named = new Map<string, Set<string>>();
    for (const row of rows) {
      if (!row.toDate || row.fromDate !== row.toDate) continue;
      const own = named.get(row.toDate) ?? new Set();
      named.set(row.toDate, own.add(nameOf(row) ?? ""));
    }
    const expected = [...named.keys()].flatMap((day): Expected[] => {
      const before = table === "mtm" ? frame.dayBefore(day) : day;
      const due = [held.get(day), traded.get(day), held.get(before)].flatMap((list) => list ?? []);
      const isMtm = table === "mtm";
      const currencies = isMtm ? (cash.get(day) ?? []) : [];
      return [
        ...new Map(due.map((one) => [one.key, {...one, day}])).values(),
        ...currencies.flatMap(({currency, startingCash, fromDate}) =>
          currency &&
          startingCash &&
          fromDate === day &&
          currency !== frame.base(day) &&
          currency.length === 3
            ? [{day, key: currency, item: currency, category: "CASH"}]
            : []
        )
      ];
    });
    for (const own of Map.groupBy(expected, ({category}) => category).values()) {
      const missing = own.filter(({day, key}) => !named.get(day)?.has(key));
      if (missing.length * 10 > own.length) continue;
      for (const {day, key, item, category} of missing) {
        const holding = category === "CASH" ? null : key;
        const line = {day, item, holding, of, ours: UNIT, theirs: 0n, tolerance: 0n, itself: true as const};
        frame.compare({what, period: frame.periodAt(day)}, line);
      }
    }
  }
}

type Named = Parameters<typeof holdingKey>[0] & {symbol: string | null; assetCategory: string | null};

/** Key of an instrument; symbol of a currency. */
function nameOf(row: Named): string | null {
  return row.assetCategory === "CASH" ? row.symbol : holdingKey(row);
}

function byDay(rows: readonly (Named & {day: string})[]): Map<string, Expected[]> {
  const expected = rows.flatMap((row): Expected[] => {
    const key = row.assetCategory === "CASH" ? null : holdingKey(row);
    const {day, symbol, assetCategory: category} = row;
    return key === null ? [] : [{day, key, item: symbol ?? key, category}];
  });
  return Map.groupBy(expected, ({day}) => day);
}
