import type {IncomeSum, IncomeView, PaymentRow} from "../../lib/ledger/income/income.js";
import type {ComingPayment} from "../../lib/ledger/income/expected.js";
import type {IncomeKind} from "../../lib/ledger/income/payments.js";
import {sumMoney} from "../../lib/ledger/sum-money.js";
import type {Money} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {factList, openDrawer} from "../drawer.js";
import {figure, shownMoney} from "../figure.js";
import {formatAmount, formatDay} from "../format.js";
import {metricRow} from "../metric.js";
import {rawRows} from "../raw-row.js";
import {rowFacts, table, type Column} from "../table.js";
import {tabs} from "../tabs.js";
import {noMetrics, viewCard, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

export const KINDS: Readonly<Record<IncomeKind, string>> = {
  dividend: "Dividend",
  "payment-in-lieu": "In lieu",
  "bond-interest": "Bond interest",
  interest: "Interest"
};

/** Returns what came, what was withheld, what is left and what is to come. */
export function incomeMetrics(watched: Watched<IncomeView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return noMetrics(watched);
  const {total, expectedNet, forecastNet, expected, forecast, scope} = view;
  const money = (value: Money, signed = false) => shownMoney(value, scope.currency, {signed});
  const unit = scope.currency;
  return metricRow([
    {
      label: "Received, gross",
      value: money(total.gross),
      unit,
      definition: "Dividends, payments in lieu and interest of the range, each at its own day's rate."
    },
    {label: "Withheld", value: money(total.withheld, true), unit, signed: true, note: "withholding tax"},
    {label: "Received, net", value: money(total.net), unit},
    {
      label: "Expected",
      value: money(expectedNet),
      unit,
      note: `${expected.length} payments accrued by IBKR`,
      definition: "Net amounts of the open dividend accruals of the last statement."
    },
    {
      label: "Forecast",
      value: money(forecastNet),
      unit,
      note: `${forecast.length} payments, nobody has declared them`,
      definition:
        "Last year's dividends on what is held now, over the next twelve months; accrued ones left out."
    }
  ]);
}

type GridRow = IncomeView["grid"]["rows"][number];
type Side = keyof IncomeSum;

/** Months beyond which the grid stands by year at first. */
const MOST_MONTHS = 15;

/** What the person chose, kept while the page is open. */
const chosen: {side: Side; by: "month" | "year" | null} = {side: "net", by: null};

/** Returns securities by month or year: gross, withheld or net. */
export function incomeGrid(watched: Watched<IncomeView>): HTMLElement {
  return viewCard(watched, "Income by security", ({grid, scope: {currency}}) => {
    const node = h("div");
    const draw = () => {
      const by = chosen.by ?? (grid.months.length > MOST_MONTHS ? "year" : "month");
      node.replaceChildren(
        table(grid.rows, {
          label: `Income by security and ${by}`,
          note: `${chosen.side}, in ${currency ?? "base currency"}`,
          columns: gridColumns(grid, by, currency),
          height: 420
        })
      );
    };
    draw();
    const by = chosen.by ?? (grid.months.length > MOST_MONTHS ? "year" : "month");
    return {
      currency,
      finding: `${grid.rows.length} sources of income in ${grid.months.length} months.`,
      definition:
        "Each row of cash in the month that it was booked in; a reversal is negative. Payments in lieu stand apart from dividends.",
      controls: h(
        "span",
        null,
        tabs(
          [
            ["gross", "Gross"],
            ["withheld", "Withheld"],
            ["net", "Net"]
          ],
          {label: "Amounts", chosen: chosen.side, onChoose: (side) => ((chosen.side = side), draw())}
        ),
        tabs(
          [
            ["month", "Months"],
            ["year", "Years"]
          ],
          {label: "Columns", chosen: by, onChoose: (value) => ((chosen.by = value), draw())}
        )
      ),
      content: () => node
    };
  });
}

function gridColumns(
  {months}: IncomeView["grid"],
  by: "month" | "year",
  currency: string | null
): Column<GridRow>[] {
  const {side} = chosen;
  const periods = by === "month" ? months : [...new Set(months.map((month) => month.slice(0, 4)))];
  const amount = {kind: "amount", currency: () => currency, signed: side === "withheld"} as const;
  const within = ({cells}: GridRow, period: string): Money =>
    sumMoney(cells.filter(({month}) => month.startsWith(period)).map((cell) => cell[side]));
  return [
    {key: "name", label: "Security", kind: "text", cell: (row) => row.name, most: 120},
    {key: "kind", label: "Kind", kind: "text", cell: (row) => KINDS[row.kind], groups: true},
    ...periods.map((period): Column<GridRow> => ({
      ...amount,
      key: period,
      label: by === "year" ? period : monthName(period),
      cell: (row) => (row.cells.some(({month}) => month.startsWith(period)) ? within(row, period) : null),
      sum: (row) => within(row, period).value
    })),
    {...amount, key: "total", label: "Total", cell: ({total}) => total[side], sum: true}
  ];
}

/** "2026-01" as "Jan 26". */
function monthName(month: string): string {
  return formatDay(`${month}-01`).replace(/^1 /, "").replace(/ \d\d/, " ");
}

const FIRST_SHOWN = 12;

/** Returns what is to come, the next first: accrued by IBKR, and our forecast, told apart. */
export function comingCard(watched: Watched<IncomeView>): HTMLElement {
  return viewCard(watched, "To come", ({expected, forecast, scope: {currency}}) => {
    const coming = [...expected, ...forecast].sort((a, b) =>
      a.payDate < b.payDate ? -1 : a.payDate > b.payDate ? 1 : 0
    );
    return {
      currency,
      finding: `${expected.length} payments are accrued, ${forecast.length} are forecast.`,
      definition:
        "Expected: accrued by IBKR, with its ex-date and pay date. Forecast: last year's dividend a share on what is held now, one year later; nobody has declared it.",
      rows: {
        columns: ["pay date", "ex-date", "symbol", "status", "net", "currency", "basis"],
        rows: coming.map((row) => [
          row.payDate,
          row.exDate,
          row.symbol,
          row.status,
          row.net,
          row.currency,
          row.basis
        ])
      },
      content: () =>
        coming.length
          ? comingList(coming, currency)
          : h(
              "p",
              {class: "muted"},
              "Nothing is accrued, and no dividend of the last year is on what is held now."
            )
    };
  });
}

function comingList(coming: readonly ComingPayment[], currency: string | null): HTMLElement {
  const body = h("tbody", null, coming.slice(0, FIRST_SHOWN).map(comingRow));
  const rest = coming.slice(FIRST_SHOWN);
  const more = h(
    "button",
    {
      type: "button",
      class: "link-button",
      onclick: () => (body.append(...rest.map(comingRow)), more.remove())
    },
    `${rest.length} more`
  );
  return h(
    "div",
    null,
    wideFrame(
      "To come",
      plainTable(["Pays", "Ex", "Symbol", "Status", `Net, ${currency ?? ""}`], body, {numbersFrom: 4})
    ),
    rest.length > 0 && more
  );

  function comingRow({payDate, exDate, symbol, status, netBase, basis}: ComingPayment): HTMLElement {
    return h(
      "tr",
      null,
      h("td", null, formatDay(payDate)),
      h("td", null, exDate ? formatDay(exDate, {year: false}) : ""),
      h("th", {scope: "row"}, symbol),
      h(
        "td",
        null,
        h("span", {class: status === "expected" ? "tag tag-info" : "tag", "data-tip": basis}, status)
      ),
      h("td", {class: "number"}, figure(shownMoney(netBase, currency)))
    );
  }
}

/** Returns every payment with its withholding; a row opens what it is made of. */
export function paymentsCard(watched: Watched<IncomeView>): HTMLElement {
  return viewCard(watched, "Payments", ({payments, unmatched, scope: {currency}, notes}) => {
    const columns = paymentColumns(currency);
    return {
      currency,
      finding: `${payments.length} payments, ${payments.filter(({reversed}) => reversed).length} with a reversal, ${unmatched.length} withholdings without a payment.`,
      definition: "A payment with its reversals and what was withheld of it.",
      constants: notes,
      ...(unmatched.length && {
        state: {
          kind: "partial" as const,
          missing: `${unmatched.length} withholdings match no payment: ${unmatched
            .slice(0, 3)
            .map(
              (row) =>
                `${row.symbol || "cash"} ${row.day} ${formatAmount(row.amount, row.currency)}: ${row.reason}`
            )
            .join("; ")}`
        }
      }),
      content: () =>
        table(payments, {
          id: "payments",
          label: "Payments",
          columns,
          height: 420,
          onOpen: (row) =>
            openDrawer(
              h(
                "div",
                null,
                factList(rowFacts(row, columns)),
                h("h3", null, "The rows it comes from"),
                rawRows(row.rows.map((id) => ({label: "As IBKR printed it", table: "cash", id})))
              ),
              {
                title: row.symbol || KINDS[row.kind],
                subtitle: `${KINDS[row.kind]} · ${formatDay(row.payDate)} · ${row.account}`
              }
            )
        })
    };
  });
}

function paymentColumns(currency: string | null): Column<PaymentRow>[] {
  const own = {kind: "amount", currency: (row: PaymentRow | null) => row?.currency ?? null} as const;
  return [
    {key: "pay", label: "Paid", kind: "day", cell: (row) => row.payDate, narrow: true},
    {key: "ex", label: "Ex-date", kind: "day", cell: (row) => row.exDate},
    {key: "symbol", label: "Symbol", kind: "text", cell: (row) => row.symbol, groups: true, narrow: true},
    {key: "kind", label: "Kind", kind: "text", cell: (row) => KINDS[row.kind], groups: true, narrow: true},
    {
      key: "note",
      label: "Reversal",
      kind: "text",
      cell: (row) => (row.reversed ? "in part taken back" : null)
    },
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true},
    {...own, key: "gross", label: "Gross", cell: (row) => row.gross},
    {...own, key: "withheld", label: "Withheld", cell: (row) => row.withheld, signed: true},
    {...own, key: "net", label: "Net", cell: (row) => row.net},
    {
      key: "base",
      label: "Net",
      unit: currency,
      kind: "amount",
      cell: (row) => row.base.net,
      sum: true,
      narrow: true
    },
    {key: "account", label: "Account", kind: "text", cell: (row) => row.account, groups: true}
  ];
}
