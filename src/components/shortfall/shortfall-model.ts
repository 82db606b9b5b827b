import type {Shortfall} from "../../lib/orders/shortfall.js";
import {formatDay, formatNumber} from "../format.js";
import type {Rows} from "../export.js";

/** What a trade's shortfall is made of, in the order in which it is stacked. */
export const PARTS = ["delay", "spread", "commission"] as const;
export type Part = (typeof PARTS)[number];

/** A piece of a trade's bar, in basis points of its value. */
export interface Piece {
  /** Place of the trade, from 0 on. */
  trade: number;
  part: Part;
  /** Where it begins and ends; what was gained goes down from zero, what was lost up. */
  from: number;
  to: number;
}

/** Returns the pieces of each trade's bar, losses above zero, gains below. */
export function piecesOf({trades}: Pick<Shortfall, "trades">): Piece[] {
  return trades.flatMap((trade, i) => {
    let [up, down] = [0, 0];
    return PARTS.map((part): Piece => {
      const bps = (1e4 * trade[part]) / trade.value;
      const from = bps >= 0 ? up : down;
      if (bps >= 0) up += bps;
      else down += bps;
      return {trade: i, part, from, to: from + bps};
    });
  });
}

/** Returns what the chart says, for who does not see it. */
export function findingOf({trades, total, unmatched}: Shortfall, currency: string): string {
  if (!trades.length) return "Nothing was traded that the backtest trades too.";
  const money = (value: number) => `${formatNumber(value)} ${currency}`;
  const largest = PARTS.reduce((most, part) => (total[part] > total[most] ? part : most));
  const alone = unmatched.length
    ? ` ${unmatched.length} ${unmatched.length === 1 ? "decision was" : "decisions were"} carried out on one side alone.`
    : "";
  return `${trades.length} ${trades.length === 1 ? "trade" : "trades"} cost ${money(total.total)} more than the backtest, ${formatNumber(total.bps)} basis points; most of it ${largest}, ${money(total[largest])}.${alone}`;
}

/** Returns the trades as a table. */
export function rowsOf({trades}: Pick<Shortfall, "trades">): Rows {
  return {
    columns: [
      "filled",
      "symbol",
      "units",
      "price",
      "backtest",
      "delay",
      "spread",
      "commission",
      "total",
      "bps"
    ],
    rows: trades.map(({time, symbol, units, price, assumed, delay, spread, commission, total, bps}) => [
      dayOf(time),
      symbol,
      units,
      price,
      assumed,
      delay,
      spread,
      commission,
      total,
      bps
    ])
  };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Returns a trade as a tip says it. */
export function toldTrade({symbol, units, time, bps}: Shortfall["trades"][number]): string {
  return `${formatDay(dayOf(time))}: ${units > 0 ? "bought" : "sold"} ${formatNumber(Math.abs(units), {digits: 0})} ${symbol}, ${formatNumber(bps)} basis points`;
}
