import type {Figure, Money} from "../lib/ledger/views.js";
import {h, spoken} from "./dom.js";
import {direction, formatAmount, formatNumber, formatPercent, NOT_AVAILABLE} from "./format.js";
import {icon} from "./icons.js";

/** A figure ready to show: its print, or why there is none. */
export interface Shown {
  text: string;
  reason?: string | undefined;
  /** Amounts are blurred when the person wants privacy; shares of the whole are not. */
  secret?: boolean;
}

export function shownMoney(
  {value, reason}: Money,
  currency: string | null,
  style?: {signed?: boolean}
): Shown {
  return {text: formatAmount(value, currency ?? "", style), reason, secret: true};
}

export function shownPercent({value, reason}: Figure, style?: {signed?: boolean; digits?: number}): Shown {
  return {text: formatPercent(value, style), reason};
}

export function shownNumber({value, reason}: Figure, style?: {signed?: boolean; digits?: number}): Shown {
  return {text: formatNumber(value, style), reason};
}

/** Returns the print; n/a says why on hover, on focus, and to a screen reader. */
export function figure({text, reason, secret = false}: Shown): HTMLElement {
  if (text !== NOT_AVAILABLE) return h("span", {class: secret ? "figure secret" : "figure"}, text);
  const why = reason ?? "no reason was given";
  return h("span", {class: "figure missing", tabindex: 0, "data-tip": why}, text, spoken(`: ${why}`));
}

/** Returns the print with arrow and colour of its sign. */
export function change(shown: Shown): HTMLElement {
  const sign = direction(shown.text);
  const node = figure(shown);
  if (shown.text === NOT_AVAILABLE || sign === 0) return node;
  node.classList.add(sign > 0 ? "gain" : "loss");
  node.prepend(icon(sign > 0 ? "up" : "down", 8));
  return node;
}
