import type {LotMethod} from "../lots/lot.js";
import type {GainsView} from "./gains-view.js";

const METHODS: Readonly<Record<LotMethod, string>> = {
  booked: "lots as IBKR booked them (its CLOSED_LOT rows; first in first out where they are missing)",
  fifo: "first in, first out",
  lifo: "last in, first out",
  hifo: "highest cost in, first out",
  average: "average cost of all open lots, dated by the oldest",
  specific: "the lots that were named (first in first out where none were)"
};

/** Returns the name of a method, as a sentence says it. */
function methodName(method: LotMethod): string {
  return METHODS[method];
}

type Asked = Pick<GainsView, "scope" | "year" | "method" | "methods"> & {currency: string | null};

/** Returns how the figures are made, a sentence each. */
export function notesOf({scope, year, method, methods, currency}: Asked): string[] {
  const others = Object.entries(methods).filter(([, other]) => other !== method);
  const source =
    scope.source === "demo" ? "the demo account's Flex statements" : "Flex and other IBKR statements";
  return [
    `source: ${source} of ${scope.accounts.join(", ") || "no account"}, up to ${scope.asOf ?? "no day"}`,
    `${year === null ? `closed from ${scope.from ?? "the first day"} to ${scope.to ?? "the last"}` : `tax year ${year}`}: trades by their trade date, corporate actions by their report date`,
    `lots: ${[methodName(method), ...others.map(([account, other]) => `${account}: ${methodName(other)}`)].join("; ")}`,
    `currency: ${currency ?? "n/a"}; what came in at the rate of its day, what was paid at the rate of its day: the row's own rate to base, else IBKR's conversion rate of that day; without a rate n/a`,
    "of futures and contracts for difference nothing is paid when they are opened: both are at the closing day's rate",
    "price part = gain in the instrument's currency at the opening day's rate; currency part = the rest, the change of the rate on the closing value; both sum to the gain exactly",
    "long term: held for more than a year; commissions and taxes are in cost and proceeds; an exercised or assigned option's premium is in its shares",
    "losses that IBKR disallowed (wash sales) stand beside the gain and are not taken out of it",
    "not tax advice"
  ];
}
