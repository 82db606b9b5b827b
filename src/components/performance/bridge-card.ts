import type {NavBridgeView} from "../../lib/ledger/bridge-range/nav-bridge-view.js";
import {formatAmount, formatDay} from "../format.js";
import {attributeName} from "../labels.js";
import {viewCard} from "../view-card.js";
import {waterfall} from "../waterfall.js";
import type {Watched} from "../watch-view.js";
import {lineName} from "./line-names.js";

const DEFINITION =
  "IBKR's Change in NAV of each period in the range, one after the other, line by line. What the lines do not explain of " +
  "the two values stands as residual; it may be half a unit of the last printed decimal for each figure.";

/** Returns the way from the value at the range's start to that at its end, with what nothing explains. */
export function bridgeCard(watched: Watched<NavBridgeView>): HTMLElement {
  return viewCard(watched, "NAV bridge", (view) => {
    const {start, end, total, lines, residual, tolerance, closes, segments, notes, scope} = view;
    const code = scope.currency ?? "";
    if (start.value === null || end.value === null) {
      const sentence = start.reason ?? "there is no net asset value in the range";
      return {
        content: () => document.createTextNode(""),
        finding: sentence,
        state: {kind: "empty", sentence}
      };
    }
    const detail = ({names}: NavBridgeView["lines"][number]) =>
      names
        .map(({name, amount}) => `${attributeName(name)} ${formatAmount(amount, code, {signed: true})}`)
        .join(", ");
    const shown = lines.filter(({amount}) => amount.value !== "0");
    const verdict = closes
      ? "The bridge closes."
      : `The residual is more than rounding, ${tolerance} ${code}.`;
    return {
      currency: scope.currency,
      definition: DEFINITION,
      constants: [
        `Residual ${residual.value} ${code}, tolerance ${tolerance} ${code}. ${verdict}`,
        ...segments.map(
          ({account, from, to, source}) =>
            `${account}, ${from} to ${to}: ${source === "rows" ? "from rows" : "Change in NAV"}.`
        )
      ],
      finding: `From ${formatDay(scope.from)} to ${formatDay(scope.to)} net asset value changed by ${formatAmount(total.value, code, {signed: true})} ${code}. ${verdict}`,
      state: notes.length ? {kind: "partial", missing: notes.join(" ")} : {kind: "ready"},
      rows: {
        columns: ["line", "amount", "of"],
        rows: [
          [`net asset value ${scope.from}`, start.value, ""],
          ...lines.map((line) => [line.label, line.amount.value, detail(line)]),
          ["residual", residual.value, ""],
          [`net asset value ${scope.to}`, end.value, ""]
        ]
      },
      content: (width) =>
        waterfall(
          {
            start: {name: formatDay(scope.from), amount: start.value ?? "0"},
            end: {name: formatDay(scope.to), amount: end.value ?? "0"},
            parts: [
              ...shown.map((line) => ({
                name: lineName(line),
                amount: line.amount.value,
                detail: detail(line)
              })),
              {name: "Residual", amount: residual.value, detail: verdict}
            ]
          },
          {width, currency: code}
        )
    };
  });
}
