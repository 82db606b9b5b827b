import type {FillRow, OrderRow} from "../../lib/orders/desk.js";
import {tag} from "../badges.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {formatNumber, formatPrice, formatQuantity} from "../format.js";
import {liveTable, type LiveTable} from "./live-table.js";
import {inOrder, isOpen, STATUS_WORDS, statusTone} from "./order-words.js";
import {pricesOf, TYPE_NAMES} from "./ticket-model.js";
import {clock} from "./times.js";

interface OrdersCard {
  node: HTMLElement;
  show(rows: readonly OrderRow[], mayChange: boolean): void;
}

/** Returns the orders, those that work first, with what cancels them; Delete does it too. */
export function ordersCard(cancel: (id: string) => Promise<void>): OrdersCard {
  const error = h("p", {class: "form-error", role: "alert"});
  async function end(id: string): Promise<void> {
    error.textContent = "";
    try {
      await cancel(id);
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
  }
  const table = liveTable<OrderRow & {mayChange: boolean}>({
    label: "Orders",
    heads: ["Order", "Status", "#Filled", "#Average", "Time", ""],
    keyOf: ({id}) => id,
    empty: "No order yet.",
    onDelete: (row) => {
      if (row.mayChange && isOpen(row)) void end(row.id);
    },
    cells: (row) => [
      h("span", null, h("b", null, sizeInWords(row)), h("small", {class: "muted"}, priceInWords(row))),
      h(
        "span",
        null,
        tag(STATUS_WORDS[row.status], statusTone(row.status)),
        row.problem !== null && h("small", {class: "live-text bad"}, row.problem)
      ),
      `${formatQuantity(String(row.filled))} of ${formatQuantity(String(row.quantity))}`,
      row.averagePrice === null ? "" : formatPrice(String(row.averagePrice)),
      clock(row.at),
      row.mayChange && isOpen(row)
        ? h(
            "button",
            {
              type: "button",
              class: "link-button",
              "aria-label": `Cancel ${sizeInWords(row)}`,
              onclick: () => void end(row.id)
            },
            "Cancel"
          )
        : null
    ]
  });
  const keys = h(
    "p",
    {class: "muted small"},
    h("kbd", null, "O"),
    " opens the ticket, ",
    h("kbd", null, "Delete"),
    " cancels the order that is chosen."
  );
  const node = chartCard(() => h("div", null, error, table.node, keys), {
    title: "Orders",
    finding: "Orders, those that work first.",
    definition:
      "An order that is being cancelled may still fill. One that is unknown may have arrived: its contract stays locked until it is settled."
  });
  return {
    node,
    show(rows, mayChange) {
      keys.hidden = !mayChange;
      table.show(inOrder(rows).map((row) => ({...row, mayChange})));
    }
  };
}

interface FillsCard {
  node: HTMLElement;
  show(rows: readonly FillRow[]): void;
}

/** Returns the fills, the latest first. */
export function fillsCard(title = "Fills"): FillsCard {
  const table: LiveTable<FillRow> = liveTable<FillRow>({
    label: title,
    heads: ["Fill", "#Price", "#Commission", "Account", "Time"],
    keyOf: ({execId}) => execId,
    empty: "No fill yet.",
    cells: ({
      side,
      shares,
      label,
      price,
      currency,
      commission,
      commissionCurrency,
      corrections,
      account,
      time
    }) => [
      h(
        "span",
        null,
        h("b", null, `${side === "BOT" ? "Bought" : "Sold"} ${formatQuantity(String(shares))} ${label}`),
        corrections > 0 && tag("corrected", "warning")
      ),
      h("span", null, formatPrice(String(price)), h("small", {class: "muted"}, currency)),
      commission === null
        ? "not told yet"
        : h("span", null, formatNumber(commission), h("small", {class: "muted"}, commissionCurrency)),
      h("span", {class: "secret"}, account),
      clock(time)
    ]
  });
  const node = chartCard(() => table.node, {
    title,
    finding: `${title}, the latest first.`,
    definition:
      "Each execution once, however often it is reported; a correction takes the place of what it corrects."
  });
  return {node, show: (rows) => table.show(rows)};
}

const sizeInWords = ({action, quantity, label}: OrderRow): string =>
  `${action === "BUY" ? "Buy" : "Sell"} ${formatQuantity(String(quantity))} ${label}`;

function priceInWords({type, limit, stop, tif}: OrderRow): string {
  const price = (name: string, value: number | null) =>
    value === null ? null : `${name} ${formatPrice(String(value))}`;
  const needs = pricesOf(type);
  return [
    needs.length && type !== "TRAIL" ? null : TYPE_NAMES[type],
    price("stop", stop),
    price("limit", limit),
    tif
  ]
    .filter((part) => part)
    .join(", ");
}
