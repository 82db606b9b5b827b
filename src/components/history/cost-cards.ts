import type {CostGroup, CostsView} from "../../lib/ledger/costs/costs.js";
import type {CostKind, CostRow} from "../../lib/ledger/costs/cost-rows.js";
import {barList} from "../bar-list.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {shownMoney, shownNumber} from "../figure.js";
import {formatAmount, formatDay, formatNumber} from "../format.js";
import {className, symbolName} from "../labels.js";
import {metricRow} from "../metric.js";
import {rawRows} from "../raw-row.js";
import {table, type Column} from "../table.js";
import {noMetrics, viewCard, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";

export const COSTS: Readonly<Record<CostKind, string>> = {
  commission: "Commissions",
  financing: "Financing",
  borrow: "Borrowing shares",
  data: "Market data",
  advisor: "Advisor",
  fee: "Other fees",
  tax: "Transaction taxes",
  withholding: "Withholding",
  conversion: "Conversion"
};

const kindName = (name: string): string => COSTS[name as CostKind] ?? name;

/** Returns what was paid in all, in money and in basis points of the average value. */
export function costMetrics(watched: Watched<CostsView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return noMetrics(watched);
  const {total, conversion, averageNav, byKind, scope} = view;
  const trading = byKind.find(({name}) => name === "commission");
  const unit = scope.currency;
  const money = (group: CostGroup) => shownMoney(group.amount, unit, {signed: true});
  return metricRow([
    {label: "Paid in all", value: money(total), unit, signed: true, note: `${total.count} rows`},
    {
      label: "Of average value",
      value: shownNumber(total.bps, {digits: 1}),
      unit: "bps",
      definition:
        "What was paid over the average net asset value of the range, not per year; 100 are one percent."
    },
    ...(trading
      ? [{label: "Commissions", value: money(trading), unit, signed: true, note: bps(trading)}]
      : []),
    {
      label: "Conversion, estimated",
      value: money(conversion),
      unit,
      signed: true,
      note: `${conversion.count} trades, no cash`,
      definition: view.notes[1]
    },
    {label: "Average value", value: shownMoney(averageNav, unit), unit}
  ]);
}

const bps = ({bps: {value}}: CostGroup): string =>
  value === null ? "n/a" : `${formatNumber(value, {digits: 1})} bps`;

/** Returns a bar for each kind of cost. */
export function costKindsCard(watched: Watched<CostsView>): HTMLElement {
  return viewCard(watched, "Costs by kind", ({byKind, scope: {currency}, notes, rows}) => ({
    currency,
    finding: byKind.length
      ? `Most went for ${kindName(byKind[0].name).toLowerCase()}: ${formatAmount(byKind[0].amount.value, currency ?? "")}.`
      : "Nothing was paid.",
    definition: "Signed as cash: what was paid is negative, a refund positive.",
    constants: notes,
    rows: {
      columns: ["kind", "amount", "bps", "rows"],
      rows: byKind.map(({name, amount, bps: ratio, count}) => [name, amount.value, ratio.value, count])
    },
    content: (width) =>
      barList(
        byKind.map((group) => ({
          name: kindName(group.name),
          length: Number(group.amount.value ?? 0),
          text: formatAmount(group.amount.value, currency ?? ""),
          more: bps(group),
          secret: true,
          color: "var(--cost, var(--accent))"
        })),
        {width, label: "Costs by kind"}
      ),
    ...(rows.length === 0 && {state: {kind: "empty" as const, sentence: "Nothing was paid in the range."}})
  }));
}

/** Returns months by kind. */
export function costMonthsCard(watched: Watched<CostsView>): HTMLElement {
  return viewCard(watched, "Costs by month", ({byMonth, byKind, rows, scope: {currency}}) => {
    type Month = (typeof byMonth)[number];
    const amount = {kind: "amount", currency: () => currency, sum: true, signed: true} as const;
    const columns: Column<Month>[] = [
      {key: "month", label: "Month", kind: "text", cell: ({name}) => name},
      ...byKind.map(({name}): Column<Month> => ({
        ...amount,
        key: name,
        label: kindName(name),
        cell: ({kinds}) => kinds.find(({kind}) => kind === name)?.amount ?? null
      })),
      {...amount, key: "total", label: "Total", cell: (row) => row.amount},
      {key: "bps", label: "bps", kind: "number", digits: 1, cell: (row) => row.bps}
    ];
    return {
      currency,
      finding: `Costs of ${byMonth.length} months.`,
      definition: "Each row in the month that it was booked in; a month opens its rows.",
      content: () =>
        table(byMonth, {
          id: "cost-months",
          label: "Costs by month",
          columns,
          order: [{column: "month", descending: true}],
          height: 380,
          onOpen: ({name}) =>
            openRows(
              name,
              rows.filter(({day, kind}) => day.startsWith(name) && kind !== "conversion"),
              currency
            )
        })
    };
  });
}

/** Returns what each symbol, or each class, cost. */
export function costGroupsCard(watched: Watched<CostsView>, by: "symbol" | "class"): HTMLElement {
  const title = by === "symbol" ? "Costs by symbol" : "Costs by class";
  return viewCard(watched, title, ({bySymbol, byClass, rows, scope: {currency}}) => {
    const groups = by === "symbol" ? bySymbol : byClass;
    const nameOf = ({name}: CostGroup) => (by === "symbol" ? name : className(name)) || "The account itself";
    const columns: Column<CostGroup>[] = [
      {key: "name", label: by === "symbol" ? "Symbol" : "Class", kind: "text", cell: nameOf, most: 160},
      {
        key: "amount",
        label: "Amount",
        kind: "amount",
        currency: () => currency,
        sum: true,
        signed: true,
        cell: (row) => row.amount
      },
      {key: "bps", label: "bps", kind: "number", digits: 1, cell: (row) => row.bps},
      {key: "count", label: "Rows", kind: "number", digits: 0, cell: (row) => row.count}
    ];
    return {
      currency,
      finding: `Costs of ${groups.length} ${by === "symbol" ? "symbols" : "classes"}.`,
      definition: "A row opens what it is made of.",
      content: () =>
        table(groups, {
          label: title,
          columns,
          bare: true,
          height: 380,
          onOpen: (group) =>
            openRows(
              nameOf(group),
              rows.filter(
                ({symbol, assetCategory, kind}) =>
                  kind !== "conversion" && ((by === "symbol" ? symbol : assetCategory) ?? "") === group.name
              ),
              currency
            )
        })
    };
  });
}

/** Returns every cost, newest first. */
export function costRowsCard(watched: Watched<CostsView>): HTMLElement {
  return viewCard(watched, "Every cost", ({rows, scope: {currency}}) => ({
    currency,
    finding: `${rows.length} rows.`,
    content: () =>
      table(rows, {
        id: "cost-rows",
        label: "Every cost",
        columns: rowColumns(currency),
        height: 420,
        onOpen: openRow
      })
  }));
}

function openRows(title: string, rows: readonly CostRow[], currency: string | null): void {
  openDrawer(
    table(rows, {
      label: `Costs: ${title}`,
      columns: rowColumns(currency).filter(({key}) => key !== "account" && key !== "class"),
      bare: true,
      height: innerHeight - 140
    }),
    {
      title,
      subtitle: `${rows.length} rows`
    }
  );
}

function openRow({id, table: from, kind, day, description, account, amount, currency}: CostRow): void {
  openDrawer(
    h(
      "div",
      null,
      factList([
        ["Amount", `${formatAmount(amount, currency)} ${currency}`],
        ["Description", description]
      ]),
      h("h3", null, "The row it comes from"),
      rawRows([{label: "As IBKR printed it", table: from, id}])
    ),
    {title: COSTS[kind], subtitle: `${formatDay(day)} · ${account}`}
  );
}

function rowColumns(currency: string | null): Column<CostRow>[] {
  return [
    {key: "day", label: "Day", kind: "day", cell: (row) => row.day, narrow: true},
    {
      key: "kind",
      label: "Kind",
      kind: "text",
      cell: (row) => COSTS[row.kind],
      groups: true,
      narrow: true,
      most: 110
    },
    {
      key: "symbol",
      label: "Symbol",
      kind: "text",
      cell: (row) => row.symbol,
      print: symbolName,
      groups: true,
      most: 136
    },
    {key: "description", label: "Description", kind: "text", cell: (row) => row.description, most: 260},
    {
      key: "class",
      label: "Class",
      kind: "text",
      cell: (row) => row.assetCategory && className(row.assetCategory),
      groups: true
    },
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true},
    {
      key: "own",
      label: "Amount",
      kind: "amount",
      currency: (row) => row?.currency ?? null,
      signed: true,
      cell: (row) => row.amount
    },
    {
      key: "base",
      narrow: true,
      label: "Amount",
      unit: currency,
      kind: "amount",
      signed: true,
      cell: (row) => row.base,
      sum: (row) => (row.kind === "conversion" ? "0" : row.base.value),
      aside: (row) => (row.kind === "conversion" ? "estimated: no cash, in no total" : null)
    },
    {key: "account", label: "Account", kind: "text", cell: (row) => row.account, groups: true}
  ];
}
