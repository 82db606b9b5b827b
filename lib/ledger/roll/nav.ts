import type {Amount} from "../../money/amount.js";
import {baseCurrencies} from "../base-currency.js";
import {isForDifference, isSettledDaily, worth} from "../exposure.js";
import {holdingsOf, type Holding} from "../movements/holdings.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import type {LedgerTables} from "../tables.js";
import {marksOf, type Mark} from "./marks.js";
import {rollOf, type AccountRoll} from "./roll.js";

/** Why an amount of ours is not known. */
export interface Unknown {
  kind: "opening" | "mark" | "rate" | "basis" | "base" | "currency";
  /** Symbol or currency. */
  item: string;
  /** One sentence: what is missing, and which box to tick. */
  reason: string;
}

/** A holding at the end of a day. */
export interface HeldValue {
  holding: Holding;
  quantity: Amount;
  mark: Mark | null;
  /** What it stands for in net asset value, in its currency and in base; null where that is not known. */
  value: Amount | null;
  inBase: Amount | null;
  unknown: Unknown | null;
}

/** Our net asset value of an account at the end of a day, in its base currency. */
export interface RolledNav {
  account: string;
  day: string;
  base: string | null;
  total: Amount | null;
  cash: Amount | null;
  dividends: Amount | null;
  interest: Amount | null;
  holdings: HeldValue[];
  /** What keeps the total, or the part named, from being known. */
  unknown: {of: "cash" | "dividends" | "interest" | "holdings"; why: Unknown}[];
}

/** Returns what gives an account's net asset value of a day: cash at the day's rates, holdings at its marks, accruals. */
export const rolledNavs = oncePerLedger((ledger) => {
  const rolls = rollOf(ledger);
  const value = valuer(ledger);
  return (account: string, day: string): RolledNav | null => {
    const roll = rolls.get(account);
    return roll ? value(roll, day) : null;
  };
});

function valuer(ledger: LedgerTables): (roll: AccountRoll, day: string) => RolledNav {
  const bases = baseCurrencies(ledger);
  const rates = ratesOf(ledger);
  const known = holdingsOf(ledger);
  const marks = marksOf(ledger);

  function convert(
    amount: Amount,
    currency: string | null,
    base: string | null,
    day: string
  ): Amount | Unknown {
    if (amount === 0n) return 0n;
    if (!base) return noBase;
    if (!currency) return {kind: "currency", item: "", reason: "a holding has no currency: tick Currency"};
    return rates.convert(amount, currency, base, day) ?? noRate(currency, base, day);
  }

  function held(
    roll: AccountRoll,
    key: string,
    quantity: Amount,
    day: string,
    base: string | null
  ): HeldValue {
    const holding = known.get(key)!; // a holding that was rolled was named by a row
    const own = valueOf(roll, holding, quantity, day);
    if ("kind" in own) return {holding, quantity, mark: null, value: null, inBase: null, unknown: own};
    const inBase = convert(own.value, holding.currency, base, day);
    return typeof inBase === "bigint"
      ? {holding, quantity, ...own, inBase, unknown: null}
      : {holding, quantity, ...own, inBase: null, unknown: inBase};
  }

  function valueOf(
    roll: AccountRoll,
    holding: Holding,
    quantity: Amount,
    day: string
  ): {value: Amount; mark: Mark | null} | Unknown {
    const item = holding.symbol ?? holding.key;
    const mark = marks.holding(holding.key, day);
    if (isSettledDaily(holding)) return {value: 0n, mark};
    const value = mark && worth(holding, quantity, mark.price);
    if (value === null) return noMark(item, day);
    if (!isForDifference(holding)) return {value, mark};
    if (!isBasisKnown(roll, holding.key, day)) {
      return {
        kind: "basis",
        item,
        reason: `the price at which ${item} was opened is before the first statement: import earlier ones`
      };
    }
    return {value: value - roll.basis.at(holding.key, day), mark};
  }

  return (roll, day) => {
    const base = bases(roll.account, day);
    const unknown: RolledNav["unknown"] = [];
    const sum = (of: "cash" | "dividends" | "interest", box: string): Amount | null => {
      if (!roll[of].openingOf(day)) {
        unknown.push({
          of,
          why: of === "interest" && roll[of].isUnknown(day) ? notTold(of, day) : noOpening(of, box)
        });
        return null;
      }
      let total: Amount | null = 0n;
      for (const [currency, series] of roll[of].series) {
        const amount = convert(series.at(day), currency, base, day);
        if (typeof amount === "bigint") total = total === null ? null : total + amount;
        else {
          unknown.push({of, why: amount});
          total = null;
        }
      }
      return total;
    };
    const cash = sum("cash", "Cash Report");
    const dividends = sum("dividends", "Open Dividend Accruals and Change in Dividend Accruals");
    const interest = sum("interest", "Interest Accruals");
    const holdings: HeldValue[] = [];
    let total = cash === null || dividends === null || interest === null ? null : cash + dividends + interest;
    if (!roll.holdings.openingOf(day)) {
      unknown.push({
        of: "holdings",
        why: noOpening("holdings", "Mark-to-Market Performance Summary in Base")
      });
      total = null;
    } else {
      for (const [key, series] of roll.holdings.series) {
        const quantity = series.at(day);
        if (!quantity) continue;
        const line = held(roll, key, quantity, day, base);
        holdings.push(line);
        if (line.unknown) unknown.push({of: "holdings", why: line.unknown});
        total = total === null || line.inBase === null ? null : total + line.inBase;
      }
    }
    return {account: roll.account, day, base, total, cash, dividends, interest, holdings, unknown};
  };
}

/** Whether what is open of a contract was opened by movements that we have. */
function isBasisKnown({holdings}: AccountRoll, key: string, day: string): boolean {
  const opened = holdings.openings[0]?.values.get(key) ?? 0n;
  if (opened === 0n) return true;
  const {days, values} = holdings.series.get(key)!; // it has an opening
  return days.some((closed, i) => closed <= day && values[i] === 0n);
}

const noBase: Unknown = {
  kind: "base",
  item: "",
  reason: "no statement says the base currency: tick Account Information (Currency) in the Flex query"
};

function noRate(currency: string, base: string, day: string): Unknown {
  return {
    kind: "rate",
    item: currency,
    reason: `no rate ${currency}/${base} on ${day}: tick Conversion Rates in the Flex query`
  };
}

function noMark(item: string, day: string): Unknown {
  return {
    kind: "mark",
    item,
    reason: `no price of ${item} on ${day}: tick Open Positions, with Breakout by Day, in the Flex query`
  };
}

function notTold(of: string, day: string): Unknown {
  return {
    kind: "opening",
    item: "",
    reason: `no statement tells the ${of} of ${day} alone, only longer ones that overlap: import the statements of the days`
  };
}

function noOpening(of: string, box: string): Unknown {
  return {
    kind: "opening",
    item: "",
    reason: `no statement says the ${of} that history begins with: tick ${box} in the Flex query`
  };
}
