import {compareText} from "../../order.js";
import {formatAmount, multiply, type Amount} from "../../money/amount.js";
import {daysBetween} from "../../time/day.js";
import {latestPositions, multiplierOf, positionValue, RowConverter, type Position} from "../exposure.js";
import {moneyOr, noMoney} from "../money-view.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {moneyness} from "../position-day.js";
import type {Study} from "../study.js";
import {sumMoney} from "../sum-money.js";
import type {LedgerTables} from "../tables.js";
import {text} from "../trades-view.js";
import type {Figure, Money, Scope} from "../views.js";

/** An open option: where it stands and what its assignment or exercise would ask for. Money in its own currency. */
export interface OptionRow {
  id: string;
  account: string;
  symbol: string;
  underlying: string;
  underlyingConid: string | null;
  putCall: "P" | "C";
  strike: string;
  expiry: string;
  /** From today; negative once it has expired. */
  daysLeft: number;
  quantity: string;
  currency: string;
  price: string | null;
  asOf: string;
  underlyingPrice: string | null;
  /** Day of that price; null without one. */
  underlyingAsOf: string | null;
  moneyness: Figure;
  value: Money;
  valueBase: Money;
  /** Cash at the strike if all of it is exercised or assigned: positive comes in. */
  assignment: Money;
  /** Short puts: the cash that buys the shares. Null with a reason for what needs none. */
  collateral: Money;
  collateralBase: Money;
  /** Short calls: shares that are covered by shares held, and those that are not; null for the others. */
  covered: string | null;
  uncovered: string | null;
}

export interface OptionsView {
  scope: Scope;
  /** The next first. */
  expiries: {
    expiry: string;
    daysLeft: number;
    rows: OptionRow[];
    valueBase: Money;
    /** Cash for all short puts. */
    collateralBase: Money;
    /** Short calls without shares, in shares. */
    uncovered: string;
  }[];
  collateralBase: Money;
  notes: string[];
}

const OPTIONS = new Set(["OPT", "FOP", "FSFOP"]);

const NOTES = [
  "Shares cover the calls that expire first; long options are not counted as cover.",
  "An option on an index settles in cash: what its assignment would pay is the difference to the strike, not the amount shown.",
  "The price of the underlying is that of its own position or trade in the statements, on the day shown."
];

type Option = Position & {strike: Amount; expiry: string; putCall: string};

/** Returns the open options by expiry. */
export function optionsView(study: Study): OptionsView {
  const {ledger, series, scope, today} = study;
  const held = latestPositions(ledger, series.accounts);
  const converter = new RowConverter(ledger, series.currency);
  const options = held
    .filter(
      (row): row is Option =>
        OPTIONS.has(row.assetCategory ?? "") &&
        row.strike !== null &&
        row.expiry !== null &&
        row.putCall !== null
    )
    .sort(
      (a, b) =>
        compareText(a.expiry, b.expiry) ||
        compareText(a.symbol ?? "", b.symbol ?? "") ||
        compareText(a.id, b.id)
    );
  const shares = new Map<string, Amount>();
  for (const {account, conid, position} of held)
    if (conid && (position ?? 0n) > 0n) shares.set(`${account}/${conid}`, position ?? 0n);
  const rows = options.map((row) => optionRow(row, ledger, converter, shares, today));
  const expiries = [...Map.groupBy(rows, ({expiry}) => expiry)].map(([expiry, list]) => ({
    expiry,
    daysLeft: daysBetween(today, expiry),
    rows: list,
    valueBase: sumMoney(list.map(({valueBase}) => valueBase)),
    collateralBase: sumMoney(list.filter(isShortPut).map(({collateralBase}) => collateralBase)),
    uncovered: list.reduce((sum, {uncovered}) => addTexts(sum, uncovered), "0")
  }));
  return {
    scope,
    expiries,
    collateralBase: sumMoney(rows.filter(isShortPut).map(({collateralBase}) => collateralBase)),
    notes: NOTES
  };
}

function isShortPut({putCall, quantity}: OptionRow): boolean {
  return putCall === "P" && quantity.startsWith("-");
}

function optionRow(
  row: Option,
  ledger: LedgerTables,
  converter: RowConverter,
  shares: Map<string, Amount>,
  today: string
): OptionRow {
  const isPut = row.putCall.startsWith("P");
  const quantity = row.position ?? 0n;
  const units = multiply(quantity, multiplierOf(row));
  const atStrike = multiply(units, row.strike);
  const value = positionValue(row);
  const inBase = (amount: Amount | null, reason: string): Money =>
    amount === null ? noMoney(reason) : moneyOr(converter.convert(row, amount), converter.reason(row));
  const under = row.underlyingConid ? closeOf(ledger, row.underlyingConid, row.day) : null;
  const collateral = isPut && quantity < 0n && row.assetCategory === "OPT" ? -atStrike : null;
  const none = noCollateral(row, isPut);
  const cover = !isPut && quantity < 0n ? coverBy(shares, row, -units) : null;
  return {
    id: row.id,
    account: row.account,
    symbol: row.symbol ?? "",
    underlying: row.underlyingSymbol ?? "",
    underlyingConid: row.underlyingConid,
    putCall: isPut ? "P" : "C",
    strike: formatAmount(row.strike),
    expiry: row.expiry,
    daysLeft: daysBetween(today, row.expiry),
    quantity: formatAmount(quantity),
    currency: row.currency ?? "",
    price: text(row.markPrice),
    asOf: row.day,
    underlyingPrice: under && formatAmount(under.price),
    underlyingAsOf: under && under.day,
    moneyness: moneyness(row, under && under.price),
    value: moneyOr(value, NO_MARK),
    valueBase: inBase(value, NO_MARK),
    assignment: {value: formatAmount(isPut ? atStrike : -atStrike)},
    collateral: moneyOr(collateral, none),
    collateralBase: inBase(collateral, none),
    covered: cover && formatAmount(cover.covered),
    uncovered: cover && formatAmount(cover.uncovered)
  };
}

const NO_MARK = "no mark: tick Mark Price in Open Positions";

function noCollateral({assetCategory, position}: Option, isPut: boolean): string {
  if ((position ?? 0n) > 0n) return "a long option needs none";
  return isPut || assetCategory !== "OPT"
    ? "an option on a future is margined"
    : "a short call is covered by shares";
}

/** Takes shares for a short call out of those that no other call has taken. */
function coverBy(shares: Map<string, Amount>, {account, underlyingConid}: Option, wanted: Amount) {
  const key = `${account}/${underlyingConid}`;
  const there = shares.get(key) ?? 0n;
  const covered = there < wanted ? there : wanted;
  shares.set(key, there - covered);
  return {covered, uncovered: wanted - covered};
}

interface Close {
  day: string;
  price: Amount;
}

/** Returns the last price of an instrument on a day or before it that a statement has; null without one. */
function closeOf(ledger: LedgerTables, conid: string, day: string): Close | null {
  return (
    closes(ledger)
      .get(conid)
      ?.findLast((close) => close.day <= day) ?? null
  );
}

/** Marks of positions, and closing prices that stand beside trades; oldest first. */
const closes = oncePerLedger(({positions, trades}): ReadonlyMap<string, Close[]> => {
  const byConid = new Map<string, Close[]>();
  const add = (conid: string | null, day: string, price: Amount | null) => {
    if (!conid || !price) return;
    const own = byConid.get(conid);
    if (own) own.push({day, price});
    else byConid.set(conid, [{day, price}]);
  };
  for (const {conid, day, closePrice} of trades) add(conid, day, closePrice);
  for (const {conid, day, markPrice} of positions) add(conid, day, markPrice);
  for (const own of byConid.values()) own.sort((a, b) => compareText(a.day, b.day));
  return byConid;
});

function addTexts(a: string, b: string | null): string {
  return sumMoney([{value: a}, {value: b ?? "0"}]).value ?? a;
}
