import {UNIT, divide, multiply, type Amount} from "../../money/amount.js";
import {accountsOf} from "../account-nav.js";
import {bridgesOf} from "../bridges.js";
import {flowsOf} from "./change-in-nav.js";
import type {CashKind} from "../movements/movement.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Reason} from "./check.js";
import type {Frame} from "./frame.js";
import type {Sheet} from "./sheet.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

type Figure = LedgerRow<"reported">;

/** Figures of PortfolioAnalyst's key statistics that are sums of our cash over the same days. */
const SUMS: Readonly<Record<string, readonly CashKind[]>> = {
  "Deposits & Withdrawals": ["deposit", "transfer"],
  Dividends: ["dividend", "payment-in-lieu"],
  Interest: ["interest", "bond-interest"]
};

/** Compares PortfolioAnalyst's key statistics with ours over the same period: both values, what flowed, and the return. */
export function checkPortfolioAnalyst(frame: Frame): void {
  for (const row of frame.rows.reported) {
    const {figure, fromDate, toDate, value, of} = row;
    if (of !== "Key Statistics" || value === null || !fromDate || !toDate || !figure) continue;
    const ours = oursOf(frame, figure, row, {from: fromDate, to: toDate});
    if (ours === undefined) continue;
    frame.compare(
      {what: "portfolio-analyst", period: `${fromDate}/${toDate}`},
      {
        day: toDate,
        item: figure,
        of: `PortfolioAnalyst, ${figure}`,
        ours: typeof ours === "object" ? null : ours,
        theirs: value,
        // A report has two decimals of each figure that it adds.
        tolerance: toleranceOf(finenessOf([value]), 2),
        rows: [row.id],
        ...(typeof ours === "object" && {lack: {status: "not-given" as const, reason: ours}})
      }
    );
  }
}

interface Days {
  from: string;
  to: string;
}

/** Ours of a figure; why not, where it is not known; undefined for what is not compared. */
function oursOf(
  frame: Frame,
  figure: string,
  {measure}: Figure,
  {from, to}: Days
): Amount | Reason | undefined {
  switch (figure) {
    case "BeginningNAV":
      return valueOn(frame, frame.dayBefore(from));
    case "EndingNAV":
      return valueOn(frame, to);
    case "ChangeInNAV": {
      const [then, now] = [valueOn(frame, frame.dayBefore(from)), valueOn(frame, to)];
      if (typeof then === "object") return then;
      return typeof now === "object" ? now : now - then;
    }
    case "CumulativeReturn":
      return measure === "MWR" ? undefined : linked(frame, {from, to});
    default:
      return SUMS[figure] && sumOf(frame, SUMS[figure], {from, to});
  }
}

function valueOn(frame: Frame, day: string): Amount | Reason {
  const {total, unknown} = frame.nav(day);
  return total ?? frame.lack(unknown[0].why).reason;
}

function sumOf(frame: Frame, kinds: readonly CashKind[], days: Days): Amount | Reason {
  let sum = 0n;
  for (const {id, day, cash} of frame.movementsIn(days)) {
    const row = frame.rowOf(id);
    for (const {currency, amount, kind} of cash) {
      if (!kinds.includes(kind)) continue;
      const inBase =
        row?.currency === currency ? frame.rowInBase(row, amount) : frame.inBase(amount, currency, day);
      if (inBase === null)
        return {
          code: "missing-rate",
          sentence: `no rate of ${currency} on ${day}: tick Conversion Rates in the Flex query`
        };
      sum += inBase;
    }
  }
  return sum;
}

/** Our time-weighted return in percent, by IBKR's convention, linked from statements of a day each. */
function linked(frame: Frame, {from, to}: Days): Amount | Reason {
  const days = frame.closings.filter((day) => day >= from && day <= to);
  const bridges = new Map(
    (bridgesOf(frame.ledger).get(frame.account) ?? []).map((one) => [`${one.from}/${one.to}`, one])
  );
  let product = UNIT;
  let before = valueOn(frame, frame.dayBefore(from));
  for (const day of days) {
    const now = valueOn(frame, day);
    const bridge = bridges.get(`${day}/${day}`);
    if (typeof before === "object") return before;
    if (typeof now === "object") return now;
    if (!bridge)
      return {
        code: "missing-section",
        sentence: `no Change in NAV of ${day} alone: tick Change in NAV, with Breakout by Day, in the Flex query`
      };
    if (before !== 0n) product = multiply(product, UNIT + divide(now - flowsOf(bridge) - before, before));
    before = now;
  }
  return 100n * (product - UNIT);
}

/** Says of accounts that only PortfolioAnalyst reports that there is nothing of ours to compare. */
export function reportedAlone(ledger: LedgerTables, sheet: Sheet): void {
  const known = new Set(accountsOf(ledger));
  for (const {account, fromDate: from, toDate: to} of ledger.reported) {
    if (known.has(account) || !from || !to) continue;
    known.add(account);
    const sentence = `no other statement of ${account} is here: import a Flex query or an Activity Statement of ${from} to ${to}, or see whether the report is of another account`;
    const place = {account, what: "portfolio-analyst" as const, period: `${from}/${to}`, from, to};
    sheet.lacks(place, {code: "missing-section", sentence});
  }
}
