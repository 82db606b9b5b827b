import type {Trade} from "../../lib/backtest/trade.js";
import {h} from "../dom.js";
import {formatAmount, formatNumber} from "../format.js";
import {table, type Column} from "../table.js";
import type {Watched} from "../watch-view.js";
import {isoDay} from "./bars-window.js";
import {openMicroscope} from "./microscope.js";
import {ranCard} from "./ran-card.js";
import type {Ran} from "./run-backtest.js";

/** Returns the round trips; a row opens the trade under the microscope. */
export function tradesCard(watched: Watched<Ran>): HTMLElement {
  return ranCard(watched, "Trades", (ran) => {
    const {output, loaded} = ran;
    const {trades} = output;
    const {unit} = loaded;
    const won = trades.filter(({pnl}) => pnl > 0).length;
    const sum = trades.reduce((total, {pnl}) => total + pnl, 0);
    return {
      currency: unit,
      unit: "a row opens its trade",
      definition:
        "A round trip: units opened at one price and closed at another, first opened first closed. What is still held at the last bar is closed at its last close, by the default rules. Gains have commissions and slippage in them.",
      finding: `${formatNumber(trades.length, {digits: 0})} trades, ${won} of them won; together ${formatAmount(String(sum), unit, {signed: true})} ${unit}.`,
      rows: {
        columns: COLUMNS,
        rows: trades.map((trade, i) => [
          i + 1,
          trade.side,
          isoDay(trade.entryTime),
          isoDay(trade.exitTime),
          trade.size,
          trade.entryPrice,
          trade.exitPrice,
          trade.pnl,
          trade.returnPercent / 100,
          trade.commission
        ])
      },
      content: () =>
        trades.length
          ? table(
              trades.map((trade, i) => ({...trade, number: i + 1})),
              {
                id: "backtest-trades",
                label: "Trades",
                note: `amounts in ${unit}`,
                columns: columnsOf(unit),
                order: [{column: "number", descending: true}],
                height: 420,
                onOpen: (trade) => void openMicroscope(trade, trade.number, ran)
              }
            )
          : h("p", {class: "empty"}, "No trade in the window: the strategy never opened anything.")
    };
  });
}

const COLUMNS = [
  "number",
  "side",
  "entry",
  "exit",
  "units",
  "entry price",
  "exit price",
  "gain",
  "return",
  "commission"
];

type Numbered = Trade & {number: number};

function columnsOf(unit: string): Column<Numbered>[] {
  const fixed = (value: number) => value.toFixed(10);
  return [
    {key: "number", label: "No.", kind: "number", digits: 0, cell: ({number}) => number, narrow: true},
    {key: "side", label: "Side", kind: "text", cell: ({side}) => side, groups: true},
    {key: "entry", label: "Opened", kind: "day", cell: ({entryTime}) => isoDay(entryTime), narrow: true},
    {key: "exit", label: "Closed", kind: "day", cell: ({exitTime}) => isoDay(exitTime)},
    {
      key: "days",
      label: "Days",
      kind: "number",
      digits: 0,
      cell: ({entryTime, exitTime}) => Math.round((exitTime - entryTime) / 86_400_000)
    },
    {
      key: "pnl",
      label: "Gain",
      unit,
      kind: "amount",
      cell: ({pnl}) => fixed(pnl),
      signed: true,
      sum: true,
      narrow: true
    },
    {
      key: "return",
      label: "Return",
      kind: "percent",
      cell: ({returnPercent}) => returnPercent / 100,
      signed: true
    },
    {key: "size", label: "Units", kind: "number", digits: 2, cell: ({size}) => size},
    {key: "entryPrice", label: "Entry", unit, kind: "number", digits: 2, cell: ({entryPrice}) => entryPrice},
    {key: "exitPrice", label: "Exit", unit, kind: "number", digits: 2, cell: ({exitPrice}) => exitPrice},
    {
      key: "commission",
      label: "Commission",
      unit,
      kind: "amount",
      cell: ({commission}) => fixed(commission),
      sum: true
    }
  ];
}
