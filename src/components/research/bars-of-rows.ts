import type {Bars} from "../../lib/backtest/bars.js";

/** Rows of bars as a query answers them, in order of symbol and day. */
interface BarTable {
  getChild(name: string): {toArray(): ArrayLike<number | bigint | string>} | null;
}

/** Returns the bars of each symbol of a query with columns symbol, ms, open, high, low, close. */
export function barsOf(table: BarTable, currency: string): Bars[] {
  const column = (name: string) => table.getChild(name)!.toArray(); // the query names it
  const symbols = Array.from(column("symbol"), String);
  const numbers = Object.fromEntries(
    ["ms", "open", "high", "low", "close"].map((name) => [name, Float64Array.from(column(name), Number)])
  );
  const found: Bars[] = [];
  for (let from = 0, to = 0; from < symbols.length; from = to) {
    while (to < symbols.length && symbols[to] === symbols[from]) ++to;
    const cut = (name: string) => numbers[name].slice(from, to);
    found.push({
      symbol: symbols[from],
      currency,
      time: cut("ms"),
      open: cut("open"),
      high: cut("high"),
      low: cut("low"),
      close: cut("close"),
      volume: new Float64Array(to - from).fill(NaN)
    });
  }
  return found;
}
