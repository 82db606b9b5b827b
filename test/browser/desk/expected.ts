import type {AttributionView} from "../../../lib/ledger/attribution/attribution-view.js";
import type {NavBridgeView} from "../../../lib/ledger/bridge-range/nav-bridge-view.js";
import type {
  PerformanceView,
  PositionsView,
  SummaryView,
  TradeRow,
  TradesView
} from "../../../lib/ledger/views.js";
import {
  formatAmount,
  formatDay,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity
} from "../../../src/components/format.js";
import {className, symbolName} from "../../../src/components/labels.js";
import {lineName} from "../../../src/components/performance/line-names.js";
import type {Reading} from "./reading.js";

/** What a page has to show, made of what the API answers and of nothing else. */

type Metrics = Reading["metrics"];

const signed = {signed: true};

export function portfolioMetrics({scope, nav, day, range, leverage}: SummaryView): Metrics {
  const currency = scope.currency ?? "";
  const gainLabel = `Gain since ${formatDay(day.from, {year: false})}`;
  const age = scope.ageDays === 0 ? "today" : `${scope.ageDays} d`;
  const own = scope.source === "demo" ? "Demo" : scope.source;
  const source = [...new Set([own, ...(scope.lake ?? []).map((one) => one.source)])].join(" + ");
  const metric = (figure: string, unit: string, changes: string[] = [], note = "") => ({
    figure,
    unit,
    changes,
    note
  });
  return {
    "Net asset value": metric(
      formatAmount(nav.value, currency),
      currency,
      [],
      `${source} · ${formatDay(scope.asOf)} · ${age}`
    ),
    [day.from ? gainLabel : "Gain of the day"]: metric(
      formatAmount(day.amount.value, currency, signed),
      currency,
      [formatPercent(day.return.value, signed)]
    ),
    "Gain in the range": metric(formatAmount(range.gain.value, currency, signed), currency, [
      formatPercent(range.return.value, signed)
    ]),
    "Paid in, net": metric(formatAmount(range.flows.value, currency, signed), currency),
    Leverage: metric(
      formatNumber(leverage.leverage.value),
      "x",
      [],
      `net exposure ${formatPercent(leverage.net.value, {digits: 0})}`
    )
  };
}

const PARTS = {
  price: "Price",
  fx: "Currency",
  income: "Income",
  cost: "Costs",
  flows: "Paid in and out",
  other: "Other",
  residual: "Unexplained"
};

/** The cards of the Portfolio page whose every figure stands in the summary. */
export function portfolioCards(view: SummaryView): Reading["cards"] {
  const {change, leverage, cash, allocation, scope} = view;
  const currency = scope.currency ?? "";
  const amount = (text: string | null) => formatAmount(text, currency);
  const classes = allocation.find(({by}) => by === "class")?.items ?? [];
  return {
    "What changed": [
      [formatDay(change.from), amount(change.start.value)],
      ...change.parts.map((part) => [PARTS[part.part], formatAmount(part.amount.value, currency, signed)]),
      [formatDay(change.to), amount(change.end.value)]
    ],
    Leverage: [
      [formatNumber(leverage.leverage.value)],
      [formatPercent(leverage.net.value, {digits: 1})],
      ["Long", amount(leverage.long.value)],
      ["Short", amount(leverage.short.value)],
      ["Cash", amount(leverage.cash.value)],
      ["Gross", amount(leverage.gross.value)]
    ],
    "Cash by currency": cash.map((row) => [
      row.currency,
      formatAmount(row.amount, row.currency),
      amount(row.base.value)
    ]),
    Allocation: classes.map((item) => [className(item.name), formatPercent(item.weight, {digits: 1})])
  };
}

export function performanceMetrics({
  timeWeighted,
  moneyWeighted,
  simple,
  convention
}: PerformanceView): Metrics {
  const metric = (value: number | null, note: string) => ({
    figure: formatPercent(value, signed),
    unit: "",
    changes: [],
    note
  });
  return {
    "Time-weighted": metric(
      timeWeighted.return.value,
      convention === "ibkr" ? "all flows at day end" : "in at day start, out at day end"
    ),
    "Time-weighted, a year": metric(timeWeighted.annualized.value, "not below one year"),
    "Money-weighted": metric(
      moneyWeighted.period.value,
      moneyWeighted.xirr.value === null
        ? "XIRR over the range"
        : `XIRR over the range; ${formatPercent(moneyWeighted.xirr.value, signed)} a year`
    ),
    Simple: metric(simple.value, "gain over what was paid in"),
    "As IBKR, time-weighted": metric(timeWeighted.ibkr.value, "all flows at day end"),
    "As IBKR, money-weighted": metric(moneyWeighted.modifiedDietz.value, "Modified Dietz")
  };
}

const WORST = 10;

export function performanceCards({measures, drawdowns, months, years}: PerformanceView): Reading["cards"] {
  const percent = (value: number | null) => formatPercent(value, {digits: 1}).replace("%", "");
  return {
    "Risk and return": measures.map(({label, unit, portfolio, benchmark, difference}) => {
      const digits = unit === "days" ? 0 : 2;
      const print = (value: number | null, style: {signed?: boolean} = {}) =>
        unit === "fraction" ? formatPercent(value, style) : formatNumber(value, {...style, digits});
      return [label, print(portfolio.value), print(benchmark.value), print(difference.value, signed)];
    }),
    "Worst drawdowns": drawdowns
      .slice(0, WORST)
      .map(({depth, peak, trough, recovered, days}) => [
        formatPercent(depth),
        formatDay(peak),
        formatDay(trough),
        recovered ? formatDay(recovered) : "not yet",
        formatNumber(days, {digits: 0})
      ]),
    "Return by month": years.flatMap(({year, return: total, partial}) => [
      ...months.filter((month) => month.year === year).map((month) => [percent(month.return.value)]),
      [`${percent(total.value)}${partial ? "*" : ""}`]
    ])
  };
}

/** The lines of the NAV bridge: those that moved, then what they do not explain. */
export function bridgeCards({start, end, lines, residual, scope}: NavBridgeView): Reading["cards"] {
  const currency = scope.currency ?? "";
  return {
    "NAV bridge": [
      [formatDay(scope.from), formatAmount(start.value, currency)],
      ...lines
        .filter(({amount}) => amount.value !== "0")
        .map((line) => [lineName(line), formatAmount(line.amount.value, currency, signed)]),
      ["Residual", formatAmount(residual.value, currency, signed)],
      [formatDay(scope.to), formatAmount(end.value, currency)]
    ]
  };
}

/** The totals below the contributions: the gain, and the parts that made it. */
export function contributionTotals({total, scope}: AttributionView): string[] {
  const amounts = [total.gain, total.price, total.income, total.currency, total.fee, total.tax];
  return [
    "Total",
    formatPercent(total.contribution.value, signed),
    ...amounts.map(({value}) => formatAmount(value, scope.currency ?? "", signed))
  ];
}

/** The rows of the Positions page in its first set of columns. */
export function positionRows({rows, scope}: PositionsView): Record<string, string>[] {
  const currency = scope.currency ?? "";
  const amount = (text: string | null) => formatAmount(text, currency);
  const gain = (text: string | null) => formatAmount(text, currency, signed);
  return rows.map((row) => ({
    Symbol: symbolName(row.symbol),
    Name: row.description,
    "Cur.": row.currency,
    Quantity: formatQuantity(row.quantity),
    Price: row.price === null ? "" : formatPrice(row.price),
    Value: amount(row.valueBase.value),
    Weight: formatPercent(row.weight.value),
    Day: gain(row.dayBase.value),
    Unrealized: gain(row.unrealizedBase.value)
  }));
}

export function positionTotals({totals, scope}: PositionsView): string[] {
  const currency = scope.currency ?? "";
  const gain = (text: string | null) => formatAmount(text, currency, signed);
  return [
    "Total",
    formatAmount(totals.valueBase.value, currency),
    gain(totals.dayBase.value),
    gain(totals.unrealizedBase.value)
  ];
}

/** A trade as the History page prints it; what a currency trade was paid in is its proceeds, its net cash is 0. */
export function tradeLine(trade: TradeRow): Record<string, string> {
  const {day, symbol, description, quantity, price, currency, realized, notes, account} = trade;
  const paid = trade.assetCategory === "CASH" ? trade.proceeds : trade.netCash;
  return {
    Day: day,
    Symbol: symbolName(symbol),
    Description: description,
    Quantity: formatQuantity(quantity),
    Price: price === null ? "" : formatPrice(price),
    "Cur.": currency,
    Amount: paid === null ? "" : formatAmount(paid, currency, signed),
    Realized: realized === null ? "" : formatAmount(realized, currency, signed),
    Codes: notes ?? "",
    Account: account
  };
}

export function tradeCards({totals}: TradesView): Reading["cards"] {
  return {
    "Trades by currency": totals.map(({currency, count, proceeds, commission, realized}) => [
      currency,
      formatNumber(count, {digits: 0}),
      formatAmount(proceeds, currency),
      formatAmount(commission, currency),
      formatAmount(realized, currency, signed)
    ])
  };
}
