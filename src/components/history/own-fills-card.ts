import {
  measuredSlippage,
  ownFillsLines,
  type LearnedCost,
  type OwnFillsBy,
  type OwnFillsLine,
  type OwnFillsView
} from "../../lib/ledger/costs/own-fills.js";
import {unavailable, type Figure} from "../../lib/returns/figure.js";
import {h} from "../dom.js";
import {openDrawer} from "../drawer.js";
import {formatNumber} from "../format.js";
import {symbolName} from "../labels.js";
import {table, type Column} from "../table.js";
import {tabs} from "../tabs.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

type Order = OwnFillsView["orders"][number];

const REFERENCES = {
  bar: "a price of the day's bar in the data lake",
  mark: "the closing price that the statement prints"
} as const;

const UNMEASURED = "no bar of the day and no closing price in the statement to measure against";

/** Returns what one's own orders cost, by symbol, hour or order type, each with how sure that is. */
export function ownFillsCard(watched: Watched<OwnFillsView>): HTMLElement {
  let by: OwnFillsBy = "symbol";
  const controls = h("span");
  const place = h("div");
  return viewCard(watched, "Own fills", (view) => {
    const {commission, slippage, orders, notes} = view;
    const {against, measured} = measuredSlippage(slippage);
    const unknown = orders.length - measured.all.orders;
    const draw = () => place.replaceChildren(listOf(view, by));
    controls.replaceChildren(
      tabs(
        [
          ["symbol", "Symbol"],
          ["hour", "Hour"],
          ["type", "Order type"]
        ],
        {
          label: "By",
          chosen: by,
          onChoose: (next) => {
            by = next;
            draw();
          }
        }
      )
    );
    return {
      unit: "bps of what was traded",
      finding: `${orders.length} orders: commission ${sure(commission.all)}; slippage ${sure(measured.all)}.`,
      definition:
        "What your own orders paid and by how much their price was worse than the market's; below zero was better. From and to hold the mean with 95 %. A backtest can take these means as its costs.",
      constants: [
        against
          ? `Slippage is against ${REFERENCES[against]}: ${measured.all.orders} orders; of ${unknown} it is not known.`
          : `Slippage is n/a: ${UNMEASURED}.`,
        ...notes
      ],
      controls,
      state: orders.length
        ? {kind: "ready" as const}
        : {kind: "empty" as const, sentence: "Nothing was traded in the range."},
      content: () => {
        draw();
        return h(
          "div",
          null,
          h(
            "p",
            {class: "muted small"},
            against
              ? `Slippage against ${REFERENCES[against]}, of ${measured.all.orders} of ${orders.length} orders.`
              : `Slippage is n/a: ${UNMEASURED}.`
          ),
          place
        );
      }
    };
  });
}

function sure({mean, low, high}: LearnedCost): string {
  if (mean.value === null) return `n/a (${mean.reason})`;
  const print = (value: number | null) => formatNumber(value, {digits: 1});
  const range = low.value === null ? "" : ` (${print(low.value)} to ${print(high.value)})`;
  return `${print(mean.value)} bps${range}`;
}

const HEADS: Readonly<Record<OwnFillsBy, string>> = {symbol: "Symbol", hour: "Hour", type: "Order type"};

function listOf(view: OwnFillsView, by: OwnFillsBy): HTMLElement {
  const {measured} = measuredSlippage(view.slippage);
  const total: OwnFillsLine = {name: "All", commission: view.commission.all, slippage: measured.all};
  const nameOf = ({name}: OwnFillsLine) =>
    name === "" ? "not said" : by === "hour" && name !== "All" ? `${name}:00` : name;
  const cost = (key: "commission" | "slippage", label: string): Column<OwnFillsLine>[] => {
    const of = (pick: (cost: LearnedCost) => Figure) => (line: OwnFillsLine) => {
      const known = line[key];
      return known ? pick(known) : unavailable(UNMEASURED);
    };
    const number = {kind: "number", digits: 1} as const;
    return [
      {...number, key, label, unit: "bps", narrow: true, cell: of(({mean}) => mean)},
      {...number, key: `${key}-low`, label: "from", cell: of(({low}) => low)},
      {...number, key: `${key}-high`, label: "to", cell: of(({high}) => high)},
      {
        ...number,
        key: `${key}-orders`,
        label: "Orders",
        digits: 0,
        narrow: key === "commission",
        cell: (line) => line[key]?.orders ?? 0
      }
    ];
  };
  return table([total, ...ownFillsLines(view, by)], {
    label: `Own fills by ${HEADS[by].toLowerCase()}`,
    columns: [
      {
        key: "name",
        label: HEADS[by],
        kind: "text",
        cell: nameOf,
        narrow: true,
        most: 160,
        ...(by === "symbol" && {print: symbolName})
      },
      ...cost("commission", "Commission"),
      ...cost("slippage", "Slippage")
    ],
    bare: true,
    height: 380,
    onOpen: (line) => openOrders(nameOf(line), ordersOf(view, by, line))
  });
}

function ordersOf({orders}: OwnFillsView, by: OwnFillsBy, {name}: OwnFillsLine): readonly Order[] {
  if (name === "All") return orders;
  const key = {symbol: "symbol", hour: "hour", type: "orderType"} as const;
  return orders.filter((order) => order[key[by]] === name);
}

function openOrders(title: string, orders: readonly Order[]): void {
  const columns: Column<Order>[] = [
    {key: "day", label: "Day", kind: "day", cell: (order) => order.day, narrow: true},
    {key: "symbol", label: "Symbol", kind: "text", cell: (order) => order.symbol, print: symbolName},
    {key: "side", label: "Side", kind: "text", cell: (order) => order.side},
    {key: "type", label: "Type", kind: "text", cell: (order) => order.orderType || "not said"},
    {key: "price", label: "Price", kind: "number", digits: 2, cell: (order) => order.price},
    {
      key: "commission",
      label: "Commission",
      unit: "bps",
      kind: "number",
      digits: 1,
      narrow: true,
      cell: (order) => order.commissionBps
    },
    {
      key: "slippage",
      label: "Slippage",
      unit: "bps",
      kind: "number",
      digits: 1,
      narrow: true,
      cell: (order) => order.slippageBps
    },
    {key: "against", label: "Against", kind: "text", cell: (order) => sourceOf(order)}
  ];
  openDrawer(table(orders, {label: `Orders: ${title}`, columns, bare: true, height: innerHeight - 140}), {
    title,
    subtitle: `${orders.length} orders`
  });
}

function sourceOf({reference, source}: Order): string | null {
  if (reference === null) return null;
  return reference === "mark" ? source : `${source}, ${reference}`;
}
