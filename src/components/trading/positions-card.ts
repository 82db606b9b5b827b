import type {LivePosition} from "../../lib/live/figures.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {formatNumber, formatPrice, formatQuantity} from "../format.js";
import {liveTable} from "./live-table.js";

interface PositionsCard {
  node: HTMLElement;
  show(rows: readonly LivePosition[]): void;
}

/** Returns what the accounts that orders go to hold now, as their broker tells it. */
export function positionsCard(title = "Positions"): PositionsCard {
  const money = (value: number | null, style = {}) => (value === null ? "n/a" : formatNumber(value, style));
  const price = (value: number | null) => (value === null ? "n/a" : formatPrice(String(value)));
  const table = liveTable<LivePosition>({
    label: title,
    heads: ["Position", "#Units", "#Cost of one", "#Price", "#Value", "#Unrealized"],
    keyOf: ({account, contract}) => `${account} ${contract.conId}`,
    empty: "Nothing is held.",
    cells: ({account, contract, label, units, averageCost, price: now, value, unrealized}) => [
      h("span", null, h("b", null, label), h("small", {class: "muted"}, `${account}, ${contract.currency}`)),
      h("span", {class: "secret"}, formatQuantity(String(units))),
      price(averageCost),
      price(now),
      h("span", {class: "secret"}, money(value)),
      h("span", {class: "secret"}, money(unrealized, {signed: true}))
    ]
  });
  const node = chartCard(() => table.node, {
    title,
    finding: "What the accounts that orders go to hold now.",
    definition:
      "As the broker tells it, each in its own currency: the paper broker in paper mode. What statements say stands on Positions and History."
  });
  return {node, show: (rows) => table.show(rows)};
}
