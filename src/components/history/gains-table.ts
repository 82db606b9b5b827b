import {gainsCsv} from "../../lib/ledger/gains/gains-csv.js";
import type {GainRow, GainsView} from "../../lib/ledger/gains/gains-view.js";
import {h} from "../dom.js";
import {waitingTable} from "../view-card.js";
import {download} from "../export.js";
import {createStore} from "../store.js";
import {table, type Column} from "../table.js";
import {symbolColumn} from "../common-columns.js";
import {className} from "../labels.js";
import type {Further, Watched} from "../watch-view.js";
import {openGain} from "./gain-drawer.js";
import {methodQuery, methodSelect, subscribeMethods} from "./lot-method.js";

const ABOVE = 204;
const LEAST = 320;

const year = createStore<number | null>(null);

/** What the page of gains asks beside accounts and currency: a tax year, each account's method. */
export const gainsQuestion: Further = {
  query: () => ({
    ...methodQuery(),
    range: "ALL",
    from: undefined,
    to: undefined,
    ...(year.get() !== null && {year: year.get()})
  }),
  subscribe(listener) {
    const ends = [year.subscribe(listener), subscribeMethods(listener)];
    return () => {
      for (const end of ends) end();
    };
  }
};

/** Returns the choice of year and method, and what takes the gains along. */
export function gainsQuestionBar(watched: Watched<GainsView>): HTMLElement {
  if (watched.kind !== "ready") return h("div", {class: "gains-bar"});
  const {view} = watched;
  return h(
    "div",
    {class: "gains-bar"},
    h("label", null, h("span", null, "Tax year"), yearSelect(view)),
    h("label", null, h("span", null, "Lots"), methodSelect(view.scope.accounts)),
    h("span", {class: "space"}),
    h("button", {type: "button", class: "button", onclick: () => save(view)}, "Download CSV")
  );
}

/** Returns the realized gains of a tax year, lot by lot; a row opens its lot and the rows of the files. */
export function gainsTable(watched: Watched<GainsView>): HTMLElement {
  if (watched.kind !== "ready") return waitingTable(watched, "gains");
  const {view} = watched;
  const {currency} = view.scope;
  return h(
    "div",
    null,
    table(view.rows, {
      id: "gains",
      label: "Realized gains",
      note: `amounts in ${currency ?? "base currency"} · not tax advice`,
      columns: gainColumns(currency),
      order: [{column: "closed", descending: true}],
      totals: {
        proceeds: view.totals.all.proceedsBase,
        cost: view.totals.all.costBase,
        gain: view.totals.all.gainBase,
        price: view.totals.all.priceBase,
        fx: view.totals.all.fxBase
      },
      height: Math.max(LEAST, innerHeight - ABOVE),
      onOpen: (row) => openGain(row, currency)
    })
  );
}

function yearSelect({year: shown, years}: GainsView): HTMLElement {
  const all = shown === null || years.includes(shown) ? years : [shown, ...years];
  const select = h(
    "select",
    {"aria-label": "Tax year", onchange: () => year.set(Number(select.value))},
    all.length
      ? all.map((one) => h("option", {value: String(one), selected: one === shown}, String(one)))
      : h("option", null, "none yet")
  ) as HTMLSelectElement; // by its tag
  return select;
}

function save(view: GainsView): void {
  download(`gains-${view.year ?? "none"}.csv`, new Blob([gainsCsv(view)], {type: "text/csv"}));
}

function gainColumns(currency: string | null): Column<GainRow>[] {
  const base = {kind: "amount", unit: null, currency: () => currency, sum: true} as const;
  const own = {
    kind: "amount",
    currency: (row: GainRow | null) => row?.currency ?? null,
    hidden: true
  } as const;
  return [
    {...symbolColumn(), groups: true, narrow: true},
    {key: "closed", label: "Closed", kind: "day", cell: (row) => row.taxDay, narrow: true},
    {key: "opened", label: "Opened", kind: "day", cell: (row) => row.opened},
    {key: "term", label: "Term", kind: "text", cell: (row) => row.term ?? "not known", groups: true},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {...base, key: "proceeds", label: "Proceeds", cell: (row) => row.proceedsBase},
    {...base, key: "cost", label: "Cost", cell: (row) => row.costBase},
    {...base, key: "gain", label: "Gain", cell: (row) => row.gainBase, signed: true, narrow: true},
    {...base, key: "price", label: "of it price", cell: (row) => row.priceBase, signed: true},
    {...base, key: "fx", label: "of it currency", cell: (row) => row.fxBase, signed: true},
    {key: "class", label: "Class", kind: "text", cell: (row) => className(row.assetCategory), groups: true},
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true},
    {...own, key: "gainOwn", label: "Gain, own cur.", cell: (row) => row.gain, signed: true},
    {...own, key: "washSale", label: "Disallowed by IBKR", cell: (row) => row.washSale},
    {...own, key: "premium", label: "Option premium", cell: (row) => row.premium, signed: true},
    {key: "by", label: "Chosen by", kind: "text", cell: (row) => row.by, groups: true, hidden: true},
    {key: "basis", label: "Cost from", kind: "text", cell: (row) => row.basis, groups: true, hidden: true},
    {key: "account", label: "Account", kind: "text", cell: (row) => row.account, groups: true}
  ];
}
