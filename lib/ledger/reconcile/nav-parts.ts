import type {Amount} from "../../money/amount.js";
import type {Bridge} from "../bridges.js";
import type {CashKind, Movement} from "../movements/movement.js";
import {earned, rateList} from "./earned.js";
import type {Frame} from "./frame.js";
import {finenessOf, toleranceOf} from "./tolerance.js";

/** What a part of ChangeInNAV should be, by our rows. */
interface Part {
  /** IBKR's names; what they say is added. */
  names: readonly string[];
  ours: Amount;
  rows: readonly Movement[];
  /** Beside the rows: how many figures more are added. */
  figures?: number;
  /** What rounding IBKR's values to the cent may move. */
  rounding?: Amount;
}

/** Parts that are sums of cash of some kinds, by the name that they have here. */
const CASH_PARTS: readonly {
  names: readonly string[];
  kinds: readonly CashKind[];
  of?: (movement: Movement) => boolean;
}[] = [
  {names: ["depositsWithdrawals"], kinds: ["deposit"], of: ({table}) => table === "cash"},
  {names: ["dividends"], kinds: ["dividend", "payment-in-lieu"]},
  {names: ["withholdingTax", "withholding871m", "withholdingTaxCollected"], kinds: ["withholding"]},
  {names: ["interest", "bondInterest"], kinds: ["interest", "bond-interest"]},
  {names: ["commissions", "forexCommissions"], kinds: ["commission"]},
  {names: ["transactionTax"], kinds: ["tax"], of: ({table}) => table === "trades"},
  {names: ["salesTax"], kinds: ["tax"], of: ({id}) => id.startsWith("SalesTax")},
  {names: ["otherFees", "brokerFees", "advisorFees"], kinds: ["fee"], of: ({table}) => table === "cash"},
  {names: ["debitCardActivity"], kinds: ["deposit"], of: ({id}) => id.startsWith("DebitCardActivity")}
];

/** Compares the parts of a ChangeInNAV that our rows add up to; of a day alone also what prices and rates made. */
export function checkParts(frame: Frame, bridge: Bridge): void {
  const {from, to, parts, rows, start, end} = bridge;
  const moved = frame.movementsIn({from, to});
  const fineness = finenessOf([start, end, ...parts.values()]);
  const place = {what: "change-in-nav" as const, period: frame.periodOf(from, to)};
  const own = [...ofCash(frame, moved), ...(from === to ? ofDay(frame, bridge, moved) : [])];
  for (const {names, ours, rows: movements, figures = 0, rounding = 0n} of own) {
    const theirs = names.reduce((sum, name) => sum + (parts.get(name) ?? 0n), 0n);
    if (ours === 0n && theirs === 0n) continue;
    const ids = movements.map(({id}) => id);
    const tolerance = toleranceOf(fineness, movements.length + names.length + figures) + rounding;
    const rates = [...new Set(movements.flatMap(({currency}) => rateList(frame, currency, to)))];
    const item = names.filter((name) => parts.has(name)).join(" + ") || names[0];
    frame.compare(place, {
      day: to,
      item,
      of: `ChangeInNAV.${item}`,
      ours,
      theirs,
      tolerance,
      rows: [...ids, ...rows.filter((id) => names.some((name) => id.endsWith(`/${name}`)))],
      explain: (_, step) => frame.changes.explain(ids, step, tolerance, rates)
    });
  }
}

function* ofCash(frame: Frame, moved: readonly Movement[]): Generator<Part> {
  for (const {names, kinds, of = () => true} of CASH_PARTS) {
    const rows = moved.filter((one) => of(one) && one.cash.some(({kind}) => kinds.includes(kind)));
    const ours = sumInBase(frame, rows, kinds);
    if (ours !== null) yield {names, ours, rows};
  }
}

/** Cash of some kinds in base: in its row's currency by the row's own rate, else by the day's; null without one. */
function sumInBase(frame: Frame, movements: readonly Movement[], kinds: readonly CashKind[]): Amount | null {
  let sum = 0n;
  for (const {id, day, cash} of movements) {
    const row = frame.rowOf(id);
    for (const {currency, amount, kind} of cash) {
      if (!kinds.includes(kind)) continue;
      const inBase =
        row?.currency === currency ? frame.rowInBase(row, amount) : frame.inBase(amount, currency, day);
      if (inBase === null) return null;
      sum += inBase;
    }
  }
  return sum;
}

/** What needs the state of the day before and the day's prices and rates. */
function* ofDay(frame: Frame, {to}: Bridge, moved: readonly Movement[]): Generator<Part> {
  const before = frame.nav(frame.dayBefore(to));
  const after = frame.nav(to);
  if (before.total === null || after.total === null) return;
  const forex = moved.filter(
    ({table, holding, kind}) => table === "trades" && holding === null && kind === "trade"
  );
  const traded = sumInBase(frame, forex, ["proceeds"]);
  if (traded !== null) yield {names: ["netFxTrading"], ours: traded, rows: forex, figures: forex.length};

  const transfers = moved.filter(({kind}) => kind === "transfer");
  const accrued = (["dividends", "interest"] as const).map((of) => changeOf(frame, of, to));
  const inKind = transfers.reduce<Amount | null>((sum, {proceeds, currency}) => {
    const value = proceeds === null ? null : frame.inBase(-proceeds, currency, to);
    return sum === null || value === null ? null : sum + value;
  }, 0n);
  const cash = sumInBase(frame, transfers, ["transfer"]);
  const [dividends, interest] = accrued;
  if (dividends !== null && interest !== null && inKind !== null && cash !== null) {
    const names = ["changeInDividendAccruals", "changeInInterestAccruals"];
    if (transfers.length) {
      // A transfer may take accruals along, which no row of it says.
      const all = [...names, "assetTransfers", "internalCashTransfers"];
      yield {names: all, ours: dividends + interest + inKind + cash, rows: transfers, figures: 4};
    } else {
      yield {names: [names[0]], ours: dividends, rows: [], figures: 2};
      yield {names: [names[1]], ours: interest, rows: [], figures: 4};
    }
  }

  const keys = new Set([...before.holdings, ...after.holdings].map(({holding}) => holding.key));
  for (const {holding, quantity} of moved) if (holding !== null && quantity) keys.add(holding);
  let gain = 0n;
  for (const key of keys) {
    const own = moved.filter(({holding}) => holding === key);
    const one = earned(frame, key, to, to, own);
    if ("kind" in one) return;
    gain += one.mtm;
  }
  const translated = translation(frame, to);
  if (translated === null) return;
  // How a holding's gain in another currency is parted between price and rate is IBKR's choice: the sum is sure.
  yield {
    names: ["mtm", "corporateActionProceeds", "fxTranslation"],
    ours: gain + translated,
    rows: moved.filter(({holding}) => holding !== null),
    figures: 3 * keys.size + 2 * frame.roll.cash.series.size,
    rounding: frame.rounding(before.holdings, before.day) + frame.rounding(after.holdings, to)
  };
}

/** What accrued in a day, at its rates; null where one is missing. */
function changeOf(frame: Frame, of: "dividends" | "interest", day: string): Amount | null {
  const before = frame.dayBefore(day);
  let sum = 0n;
  for (const [currency, series] of frame.roll[of].series) {
    const inBase = frame.inBase(series.at(day) - series.at(before), currency, day);
    if (inBase === null) return null;
    sum += inBase;
  }
  return sum;
}

/** What the day's rates made of the state of the day before (R15): of cash, accruals and holdings. */
function translation(frame: Frame, day: string): Amount | null {
  const before = frame.dayBefore(day);
  const local = new Map<string, Amount>();
  const add = (currency: string | null, amount: Amount) => {
    if (currency && amount) local.set(currency, (local.get(currency) ?? 0n) + amount);
  };
  const {cash, dividends, interest} = frame.roll;
  for (const {series} of [cash, dividends, interest]) {
    for (const [currency, own] of series) add(currency, own.at(before));
  }
  for (const {holding, value} of frame.nav(before).holdings) add(holding.currency, value ?? 0n);
  let sum = 0n;
  for (const [currency, amount] of local) {
    const [then, now] = [frame.inBase(amount, currency, before), frame.inBase(amount, currency, day)];
    if (then === null || now === null) return null;
    sum += now - then;
  }
  return sum;
}
