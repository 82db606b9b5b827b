import {formatAmount} from "../money/amount.js";
import {addDays, daysBetween} from "../time/day.js";
import {lastNavDays} from "./exposure.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import type {Finding, Need, PositionRow} from "./views.js";

/** How far ahead the first screen looks. */
export const HORIZON_DAYS = 7;

/** How near to the money a short call is at risk on an ex-date, and an expiry worth a warning. */
const NEAR = 0.03;

/**
 * Returns what asks for attention from today (New York's) to seven days on: expiries with their moneyness, short
 * calls that may be assigned, ex-dates, and data that failed. What may cost money comes first, then what is sooner.
 */
export function needs(
  {ledger, series, today}: Study,
  positions: readonly PositionRow[],
  findings: readonly Finding[]
): Need[] {
  const last = addDays(today, HORIZON_DAYS);
  const soon = (day: string | null) => day !== null && day >= today && day <= last;
  const navDays = lastNavDays(ledger);
  const exDates = ledger.dividend_accruals.filter(
    ({account, day, exDate}) =>
      series.accounts.includes(account) && day === navDays.get(account) && soon(exDate)
  );
  const list = [
    ...positions.filter(({expiry}) => soon(expiry)).map((row) => ofExpiry(row)),
    ...positions.flatMap((row) => ofShortCall(row, exDates, soon(row.expiry), today)),
    ...[...Map.groupBy(exDates, ({conid, symbol, exDate}) => `${conid ?? symbol}/${exDate}`).values()].map(
      ofExDate
    ),
    ...findings.flatMap((finding) => ofFinding(finding, today))
  ];
  return list
    .map((need) => ({...need, daysLeft: daysBetween(today, need.day)}))
    .sort(
      (a, b) =>
        RANK[a.severity] - RANK[b.severity] ||
        a.daysLeft - b.daysLeft ||
        (a.title < b.title ? -1 : a.title > b.title ? 1 : 0)
    );
}

const RANK = {error: 0, warning: 1, info: 2};

type Undated = Omit<Need, "daysLeft">;
type Accrual = LedgerRow<"dividend_accruals">;

function ofExpiry({
  expiry,
  account,
  symbol,
  assetCategory,
  quantity,
  moneyness,
  putCall
}: PositionRow): Undated {
  const {value} = moneyness;
  const where =
    value === null
      ? putCall && `, moneyness unknown: ${moneyness.reason}`
      : `, ${percent(Math.abs(value))} ${value > 0 ? "in" : "out of"} the money`;
  const matures = assetCategory === "BILL" || assetCategory === "BOND";
  return {
    kind: "expiry",
    day: expiry as string, // it is within the horizon
    account,
    symbol,
    title: matures ? `${symbol} matures` : `${symbol} expires`,
    detail: `${forPeople(quantity)} ${matures ? "face value" : "contracts"}${where ?? ""}`,
    severity: matures || (value !== null ? value <= -NEAR : putCall !== null) ? "info" : "warning"
  };
}

/** A short call in the money may be assigned on any day; one near it, for the dividend on the day before the ex-date. */
function ofShortCall(
  row: PositionRow,
  exDates: readonly Accrual[],
  expires: boolean,
  today: string
): Undated[] {
  const {account, symbol, quantity, putCall, moneyness, underlyingConid, expiry} = row;
  if (putCall !== "C" || !quantity.startsWith("-")) return [];
  const dividend = exDates.find(({conid}) => conid !== null && conid === underlyingConid);
  const inside = moneyness.value ?? -Infinity;
  if (inside <= 0 && !(dividend && inside > -NEAR)) return [];
  const place = `${percent(Math.abs(inside))} ${inside > 0 ? "in" : "out of"} the money`;
  return [
    {
      kind: "short-call",
      day: dividend?.exDate ?? (expires && expiry ? expiry : today),
      account,
      symbol,
      title: `${symbol}: short call may be assigned`,
      detail: `${place}${dividend ? `, ex-dividend ${dividend.exDate}` : ""}; ${forPeople(quantity)} contracts`,
      severity: dividend || expires ? "warning" : "info"
    }
  ];
}

/** One ex-date, of all accounts that hold the share. */
function ofExDate(accruals: readonly Accrual[]): Undated {
  const {exDate, symbol, grossRate, currency} = accruals[0];
  const held = forPeople(formatAmount(accruals.reduce((sum, {quantity}) => sum + (quantity ?? 0n), 0n)));
  const accounts = new Set(accruals.map(({account}) => account));
  const rate = grossRate && `${formatAmount(grossRate)} ${currency ?? ""}`.trim();
  return {
    kind: "ex-dividend",
    day: exDate as string, // it is within the horizon
    account: accounts.size === 1 ? accruals[0].account : null,
    symbol,
    title: `${symbol ?? "A position"} goes ex-dividend`,
    detail: `${rate ? `${rate} a share on ${held}` : `${held} shares`}${accounts.size > 1 ? `, in ${accounts.size} accounts` : ""}`,
    severity: "info"
  };
}

/** Data that failed today, or is wrong on one of the last days. */
function ofFinding({severity, sentence, day, account}: Finding, today: string): Undated[] {
  if (severity === "info" || day === null || daysBetween(day, today) > HORIZON_DAYS) return [];
  return [{kind: "data", day: today, account, symbol: null, title: "Data", detail: sentence, severity}];
}

/** With a minus sign, not a hyphen. */
function forPeople(amount: string): string {
  return amount.replace("-", "\u2212");
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
