import type {ChangePart, SummaryView} from "../../lib/ledger/views.js";
import {formatAmount, formatDay} from "../format.js";
import {attributeName} from "../labels.js";
import {viewCard} from "../view-card.js";
import {waterfall} from "../waterfall.js";
import type {Watched} from "../watch-view.js";

const NAMES: Record<ChangePart["part"], string> = {
  price: "Price",
  fx: "Currency",
  income: "Income",
  cost: "Costs",
  flows: "Paid in and out",
  other: "Other",
  residual: "Unexplained"
};

const DEFINITION =
  "IBKR's Change in NAV of the last statement period, its lines grouped. Price is mark-to-market and corporate " +
  "actions, currency is translation, income is dividends and interest with their taxes and accruals, costs are " +
  "commissions, fees and transaction taxes. What the parts do not explain of the two values stands as unexplained.";

/** Returns the way from the statement before to the last one, to the cent. */
export function changeCard(watched: Watched<SummaryView>): HTMLElement {
  const card = viewCard(watched, "What changed", ({change, scope: {currency}}) => {
    const {from, to, start, end, total, parts, source} = change;
    const code = currency ?? "";
    const name = ({part}: ChangePart) => NAMES[part];
    const lines = ({lines: all}: ChangePart) =>
      all
        .map((line) => `${attributeName(line.name)} ${formatAmount(line.amount, code, {signed: true})}`)
        .join(", ");
    if (start.value === null || end.value === null) {
      const sentence = total.reason ?? start.reason ?? "the statement does not say";
      return {
        content: () => document.createTextNode(""),
        finding: sentence,
        state: {kind: "empty", sentence}
      };
    }
    const ends = {
      start: {name: formatDay(from), amount: start.value},
      end: {name: formatDay(to), amount: end.value}
    };
    return {
      currency,
      definition: DEFINITION,
      constants: [source],
      finding: `From ${formatDay(from)} to ${formatDay(to)} net asset value changed by ${formatAmount(total.value, code, {signed: true})} ${code}.`,
      rows: {
        columns: ["part", "amount", "lines"],
        rows: [
          [`net asset value ${from}`, start.value, ""],
          ...parts.map((part) => [name(part), part.amount.value, lines(part)]),
          [`net asset value ${to}`, end.value, ""]
        ]
      },
      content: (width) =>
        waterfall(
          {
            ...ends,
            parts: parts.map((part) => ({
              name: name(part),
              amount: part.amount.value,
              reason: part.amount.reason,
              detail: lines(part)
            }))
          },
          {width, currency: code}
        )
    };
  });
  card.id = "what-changed";
  return card;
}
