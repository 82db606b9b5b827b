import {h} from "../components/dom.js";
import {factList, openDrawer} from "../components/drawer.js";
import {formatAmount} from "../components/format.js";
import {frameInfo} from "../components/frame-info.js";
import {sparkline} from "../components/sparkline.js";
import type {CardState} from "../components/states.js";
import {rowFacts, table, type Column} from "../components/table.js";
import {card} from "./charts.js";
import {holdings, nav, type Holding} from "./fixtures.js";

/** Fills the frame as a source would. */
export function showFrame(): void {
  frameInfo.set({
    mode: "DEMO",
    imports: true,
    accounts: [
      {account: "U0000001", base: "USD"},
      {account: "U0000002", base: "EUR"}
    ],
    currencies: ["USD", "EUR", "GBP", "JPY"],
    freshness: [
      {
        source: "Flex",
        asOf: "2026-11-20",
        state: "fresh",
        detail: "Next pull on 24 Nov 2026, 06:30 New York."
      }
    ],
    symbols: holdings(40).map(({symbol, name}) => ({symbol, description: name}))
  });
}

const spark = nav.slice(-60);

export const metrics = [
  {
    label: "Net asset value",
    value: {text: formatAmount("412875.13", "USD"), secret: true},
    unit: "USD",
    changes: [{shown: {text: "+0.92%"}, word: "1 day"}],
    spark,
    href: "#charts"
  },
  {
    label: "Gain",
    value: {text: formatAmount("31250.4", "USD", {signed: true}), secret: true},
    unit: "USD",
    signed: true,
    changes: [{shown: {text: "+8.19%"}, word: "1 year"}]
  },
  {
    label: "Loss",
    value: {text: formatAmount("-842.19", "USD", {signed: true}), secret: true},
    unit: "USD",
    signed: true,
    changes: [{shown: {text: "−0.20%"}, word: "1 week"}]
  },
  {label: "Leverage", value: {text: "1.08"}, unit: "x"},
  {
    label: "Return, money-weighted",
    value: {text: "n/a", reason: "flows have several solutions"},
    definition: "The rate at which flows and value balance (XIRR)."
  },
  {label: "Cash", value: {text: formatAmount("-8211.42", "USD"), secret: true}, unit: "USD"}
];

const STATES: [string, CardState][] = [
  ["Loading", {kind: "loading"}],
  [
    "Empty",
    {
      kind: "empty",
      sentence: "No statement yet. A Flex file fills this page.",
      action: {label: "Import a statement", href: "#states"}
    }
  ],
  [
    "Error",
    {
      kind: "error",
      what: "The rows did not come.",
      why: "The bridge on port 8765 does not answer: start it with npm start.",
      retry: () => undefined
    }
  ],
  ["Stale", {kind: "stale", sentence: "From before the last import."}]
];

export function stateCards(): HTMLElement[] {
  return STATES.map(([title, state]) =>
    h(
      "div",
      {class: "c3"},
      card(title, () => h("p", null, "412,875.13"), {state, finding: `A card whose state is ${state.kind}.`})
    )
  );
}

const columns: Column<Holding>[] = [
  {key: "symbol", label: "Symbol", kind: "text", cell: (row) => row.symbol},
  {key: "name", label: "Name", kind: "text", cell: (row) => row.name},
  {key: "class", label: "Class", kind: "text", cell: (row) => row.group, groups: true},
  {key: "currency", label: "Currency", kind: "text", cell: (row) => row.currency, groups: true},
  {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
  {key: "price", label: "Price", kind: "price", cell: (row) => row.price},
  {
    key: "spark",
    label: "30 days",
    kind: "number",
    cell: (row) => row.spark[29] / row.spark[0] - 1,
    draw: (row) => sparkline(row.spark)
  },
  {
    key: "value",
    label: "Value",
    unit: "USD",
    kind: "amount",
    cell: ({value}) => (value === null ? {value, reason: "no rate for JPY on 20 Nov 2026"} : value),
    sum: true
  },
  {
    key: "gain",
    label: "Unrealized",
    unit: "USD",
    kind: "amount",
    signed: true,
    cell: ({gain}) => (gain === null ? {value: null, reason: "no rate for JPY on 20 Nov 2026"} : gain),
    sum: true
  },
  {key: "weight", label: "Weight", kind: "percent", cell: (row) => row.weight},
  {key: "since", label: "Since", kind: "day", cell: (row) => row.since}
];

export function holdingTable(count: number, label = "Holdings"): HTMLElement {
  return table(holdings(count), {
    label,
    columns,
    height: 420,
    order: [{column: "value", descending: true}],
    group: count < 1000 ? "class" : null,
    onOpen: (row) => openDrawer(factList(rowFacts(row, columns)), {title: row.symbol, subtitle: row.name})
  });
}

/** Returns a button that makes the longest table in its own place. */
export function manyHoldings(): HTMLElement {
  const fill = () => node.replaceChildren(holdingTable(100_000, "Many holdings"));
  const node = h("div", null, h("button", {type: "button", class: "button", onclick: fill}, "Make them"));
  return node;
}
