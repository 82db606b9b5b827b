import {isNotional} from "../../lib/ledger/exposure.js";
import type {PositionRow, PositionsView} from "../../lib/ledger/views.js";
import {accountColumn, symbolColumn} from "../common-columns.js";
import {className} from "../labels.js";
import {sparkline} from "../sparkline.js";
import type {Column} from "../table.js";
import {GREEKS, liveColumns} from "./live-columns.js";

const CLOSES_DRAWN = 30;

/** Fewer closes than this are no line. */
export const CLOSES_NEEDED = 5;

/**
 * Returns the columns of positions; the currency of amounts stands in the head. Those that stand there at first fit a page of
 * 1440 pixels: beside live columns the closes give way.
 */
export function positionColumns(
  {rows, scope: {currency}}: PositionsView,
  {live = false}: {live?: boolean} = {}
): Column<PositionRow>[] {
  const drawn = rows.some(({spark}) => spark.length >= CLOSES_NEEDED);
  const base = {kind: "amount", currency: () => currency, sum: true} as const;
  const own = {kind: "amount", currency: (row: PositionRow | null) => row?.currency ?? null} as const;
  return [
    {...symbolColumn(), narrow: true},
    {key: "description", label: "Name", kind: "text", most: 130, cell: (row) => row.description},
    {key: "class", label: "Class", kind: "text", cell: (row) => className(row.assetCategory), groups: true},
    {key: "sector", label: "Sector", kind: "text", cell: (row) => row.sector, groups: true, hidden: true},
    accountColumn(rows),
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {
      key: "price",
      label: "Price",
      kind: "price",
      cell: (row) => row.price,
      aside: (row) => row.lake?.join("; ") ?? null
    },
    ...(live ? liveColumns(currency) : []),
    {key: "asOf", label: "As of", kind: "day", cell: (row) => row.asOf, hidden: true},
    ...(drawn ? [{...trend, hidden: live}] : []),
    {
      ...base,
      key: "value",
      label: "Value",
      narrow: true,
      cell: (row) => row.valueBase,
      sum: (row) => (isNotional(row) ? row.inNavBase.value : row.valueBase.value),
      aside: (row) => (isNotional(row) ? "notional: not part of net asset value" : null)
    },
    {key: "weight", label: "Weight", kind: "percent", cell: (row) => row.weight},
    {...base, key: "day", label: "Day", cell: (row) => row.dayBase, signed: true},
    {
      ...base,
      key: "unrealized",
      label: "Unrealized",
      cell: (row) => row.unrealizedBase,
      signed: true,
      narrow: true
    },
    {
      ...base,
      key: "realized",
      label: "Realized YTD",
      cell: (row) => row.realizedYtdBase,
      signed: true,
      hidden: true
    },
    {
      ...base,
      key: "income",
      label: "Income YTD",
      cell: (row) => row.incomeYtdBase,
      signed: true,
      hidden: true
    },
    {key: "yield", label: "Yield on cost", kind: "percent", cell: (row) => row.yieldOnCost, hidden: true},
    {key: "held", label: "Days held", kind: "number", digits: 0, cell: (row) => row.daysHeld, hidden: true},
    {key: "cost", label: "Cost price", kind: "price", cell: (row) => row.costPrice, hidden: true},
    {...own, key: "valueOwn", label: "Own value", cell: (row) => row.value, hidden: true},
    {...own, key: "costOwn", label: "Own cost", cell: (row) => row.cost, hidden: true},
    {
      ...own,
      key: "unrealizedOwn",
      label: "Own unrealized",
      cell: (row) => row.unrealized,
      signed: true,
      hidden: true
    },
    {key: "expiry", label: "Expiry", kind: "day", cell: (row) => row.expiry, hidden: true},
    {
      key: "moneyness",
      label: "In the money",
      kind: "percent",
      digits: 1,
      signed: true,
      cell: (row) => (row.putCall ? row.moneyness : null),
      hidden: true
    }
  ];
}

const trend: Column<PositionRow> = {
  key: "spark",
  label: `${CLOSES_DRAWN} days`,
  kind: "text",
  cell: () => null,
  draw: (row) =>
    sparkline(
      row.spark.slice(-CLOSES_DRAWN).map(([, close]) => close),
      {width: 72}
    )
};

/** Sets of columns for a purpose. */
export const PRESETS = {
  overview: [
    "symbol",
    "description",
    "class",
    "currency",
    "quantity",
    "price",
    "livePrice",
    "liveDay",
    "value",
    "weight",
    "day",
    "unrealized"
  ],
  year: [
    "symbol",
    "description",
    "class",
    "currency",
    "quantity",
    "price",
    "spark",
    "value",
    "day",
    "unrealized",
    "realized",
    "income"
  ],
  live: [
    "symbol",
    "description",
    "quantity",
    "live-bid",
    "live-ask",
    "livePrice",
    "liveKind",
    "liveValue",
    "liveDay",
    "liveUnrealized",
    "price",
    "value"
  ],
  income: [
    "symbol",
    "description",
    "class",
    "currency",
    "quantity",
    "value",
    "weight",
    "income",
    "yield",
    "held"
  ],
  cost: [
    "symbol",
    "description",
    "currency",
    "quantity",
    "cost",
    "price",
    "asOf",
    "costOwn",
    "valueOwn",
    "unrealizedOwn",
    "value",
    "unrealized"
  ],
  options: [
    "symbol",
    "description",
    "class",
    "quantity",
    "price",
    "livePrice",
    "expiry",
    "moneyness",
    ...GREEKS.map(([name]) => `greek-${name}`),
    "value",
    "unrealized",
    "day"
  ]
} as const satisfies Record<string, readonly string[]>;

/** Returns the totals that the ledger knows: a future's notional is in no sum. */
export function positionTotals({totals}: PositionsView) {
  return {
    value: totals.valueBase,
    day: totals.dayBase,
    unrealized: totals.unrealizedBase,
    realized: totals.realizedYtdBase,
    income: totals.incomeYtdBase
  };
}
