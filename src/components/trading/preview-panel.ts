import type {OrderPreview} from "../../lib/orders/desk.js";
import {h} from "../dom.js";
import {formatNumber, formatPercent, formatPrice, formatQuantity, NOT_AVAILABLE} from "../format.js";
import {plainTable} from "../plain-table.js";

const money = (value: number | null): string => formatNumber(value);
const share = (value: number | null): string => formatPercent(value);

/** Returns the account as it would be after an order, and what each rule of the risk gate says of it. */
export function previewPanel(preview: OrderPreview, base: string): HTMLElement {
  const {decision, units, cash, grossExposure, weight, currencyExposure, currencyCash, margin, lots, notes} =
    preview;
  const lines: readonly (readonly [label: string, before: string, after: string])[] = [
    ["Units", formatQuantity(String(units.before)), formatQuantity(String(units.after))],
    [`Cash, ${base}`, money(cash.before), money(cash.after)],
    ...(preview.currency === base
      ? []
      : ([[`Cash, ${preview.currency}`, money(currencyCash.before), money(currencyCash.after)]] as const)),
    [`Gross exposure, ${base}`, money(grossExposure.before), money(grossExposure.after)],
    [`Weight of ${preview.label}`, share(weight.before), share(weight.after)],
    [`Held in ${preview.currency}`, share(currencyExposure.before), share(currencyExposure.after)],
    ...(margin
      ? ([
          [`Initial margin, ${base}`, money(margin.initBefore), money(margin.initAfter)],
          [`Excess liquidity, ${base}`, "", money(margin.excessAfter)]
        ] as const)
      : [])
  ];
  const failed = decision.rules.filter(({passed}) => !passed);
  const passed = decision.rules.filter((rule) => rule.passed);
  return h(
    "div",
    {class: "order-preview"},
    h(
      "p",
      {class: decision.allowed ? "good" : "bad", role: "status"},
      decision.allowed ? "The risk gate lets it out." : `The risk gate refuses it: ${decision.reason ?? ""}`
    ),
    plainTable(
      ["Account", "Before", "After"],
      lines.map(([label, before, after]) =>
        h(
          "tr",
          null,
          h("th", {scope: "row"}, label),
          h("td", {class: "number secret"}, before),
          h("td", {class: "number secret"}, after)
        )
      )
    ),
    h("p", {class: "small muted"}, costOf(preview, base)),
    lots.length > 0 && lotsTable(preview),
    notes.map((note) => h("p", {class: "notice"}, note)),
    failed.length > 0 && rulesList(failed),
    h(
      "details",
      null,
      h("summary", null, `${passed.length} of ${decision.rules.length} rules pass`),
      rulesList(passed)
    )
  );
}

function costOf({price, value, commission}: OrderPreview, base: string): string {
  const at = price === null ? "There is no price to value it at" : `Valued at ${formatPrice(String(price))}`;
  const sum = value === null ? "" : `, ${money(value)} ${base}`;
  return `${at}${sum}. Commission ${commissionInWords(commission)}.`;
}

function commissionInWords(commission: OrderPreview["commission"]): string {
  if (!commission) return NOT_AVAILABLE;
  const {least, most, currency} = commission;
  if (least === null && most === null) return NOT_AVAILABLE;
  if (least === null || most === null || least === most) return `${money(most ?? least)} ${currency}`;
  return `${money(least)} to ${money(most)} ${currency}`;
}

/** The lots that a closing order takes, in the order in which it takes them. */
function lotsTable({lots, currency}: OrderPreview): HTMLElement {
  return plainTable(
    ["Lot opened", "Units", `Cost, ${currency}`, `Gain, ${currency}`, "Term"],
    lots.map(({opened, units, cost, gain, isLongTerm}) =>
      h(
        "tr",
        null,
        h("td", null, opened ?? "not told"),
        h("td", {class: "number"}, formatQuantity(String(units))),
        h("td", {class: "number secret"}, money(cost)),
        h("td", {class: "number secret"}, formatNumber(gain, {signed: true})),
        h("td", {class: "number"}, opened === null ? "n/a" : isLongTerm ? "long" : "short")
      )
    )
  );
}

function rulesList(rules: OrderPreview["decision"]["rules"]): HTMLElement {
  return h(
    "ul",
    {class: "rule-list"},
    rules.map(({rule, passed, reason}) =>
      h(
        "li",
        {class: passed ? null : "bad"},
        h("span", {"aria-hidden": "true"}, passed ? "✓" : "✗"),
        h("span", null, h("b", null, rule.replaceAll("-", " ")), passed ? " passes: " : " refuses: ", reason)
      )
    )
  );
}
