/** What an account is worth on a day, and what moved it there: figures of the second ledger. */
import {Fraction, sum} from "./fraction.js";
import {quantityOf} from "./lots.js";
import type {Market} from "./market.js";
import {isMargined, replay, type Holding, type Opening, type Outcome, type State} from "./replay.js";
import {number, type Row} from "./rows.js";

/** Components of net asset value by IBKR's names. */
export const COMPONENTS = [
  "cash",
  "stock",
  "options",
  "bonds",
  "funds",
  "crypto",
  "dividendAccruals",
  "interestAccruals",
  "cfdUnrealizedPl"
] as const;
export type Component = (typeof COMPONENTS)[number];

const COMPONENT_OF: Readonly<Record<string, Component | null>> = {
  STK: "stock",
  OPT: "options",
  BOND: "bonds",
  BILL: "bonds",
  FUND: "funds",
  CRYPTO: "crypto",
  CFD: "cfdUnrealizedPl",
  FUT: null
};

/** One account's books: what it did, what things were worth, in whose money. */
export interface Books {
  rows: readonly Row[];
  market: Market;
  base: string;
  opening: Opening;
}

/** The end of a day. */
export interface Close {
  state: State;
  /** By currency, with what futures and CFDs settled. */
  cash: Map<string, Fraction>;
  components: Record<Component, Fraction>;
  nav: Fraction;
}

export interface Flow {
  account: string;
  day: string;
  /** In base; positive comes in. */
  amount: Fraction;
  /** The other account of a transfer; empty for money from outside. */
  other: string;
}

/** @throws RangeError if a rate is missing: there is none to take in its place (R16) */
export function rateOf({market, base}: Books, currency: string, day: string): Fraction {
  const rate = currency === base ? Fraction.ONE : market.rateOn(currency, day);
  if (!rate) throw new RangeError(`no rate of ${currency} on ${day}`);
  return rate;
}

/** Quantity at the day's mark, in the holding's currency: notional of futures and CFDs. */
export function worthOf({market}: Books, {conid, multiplier, lots}: Holding, day: string): Fraction {
  const quantity = quantityOf(lots);
  if (!quantity.sign) return Fraction.ZERO;
  const mark = market.markOn(conid, day);
  if (!mark) throw new RangeError(`no mark of ${conid} on ${day}`);
  return quantity.times(mark).times(multiplier);
}

/** Quantity at the prices of opening, without commissions. */
export function openMoneyOf({lots, multiplier}: Holding): Fraction {
  return sum(lots.map(({quantity, price}) => quantity.times(price))).times(multiplier);
}

/** What a holding is in net asset value: a future nothing, a CFD its unrealized gain (R18). */
export function valueInNav(books: Books, holding: Holding, day: string): Fraction {
  if (holding.category === "FUT") return Fraction.ZERO;
  const worth = worthOf(books, holding, day);
  return holding.category === "CFD" ? worth.minus(openMoneyOf(holding)) : worth;
}

/** What the market made of a holding since it was opened, in its currency. */
export function madeBy(books: Books, holding: Holding | undefined, day: string): Fraction {
  return holding ? worthOf(books, holding, day).minus(holding.money) : Fraction.ZERO;
}

/** The account at the end of a day; empty before its first row. */
export function closeOf(books: Books, account: string, day: string): Close {
  const state = stateOf(books, account, day);
  const cash = new Map(state?.cash);
  const components = Object.fromEntries(
    COMPONENTS.map((name) => [name, Fraction.ZERO])
  ) as Close["components"];
  const add = (component: Component, currency: string, amount: Fraction) => {
    if (amount.sign)
      components[component] = components[component].plus(amount.times(rateOf(books, currency, day)));
  };
  for (const holding of state?.holdings.values() ?? []) {
    const {currency, category} = holding;
    if (isMargined(holding)) {
      const settled = madeBy(books, holding, day).minus(valueInNav(books, holding, day));
      cash.set(currency, (cash.get(currency) ?? Fraction.ZERO).plus(settled));
    }
    const component = COMPONENT_OF[category];
    if (component) add(component, currency, valueInNav(books, holding, day));
  }
  for (const [currency, amount] of cash) add("cash", currency, amount);
  for (const [currency, amount] of state?.dividends ?? []) add("dividendAccruals", currency, amount);
  for (const [currency, amount] of state?.interest ?? []) add("interestAccruals", currency, amount);
  return {
    state: state ?? {
      account,
      cash: new Map(),
      holdings: new Map(),
      dividends: new Map(),
      interest: new Map()
    },
    cash,
    components,
    nav: sum(Object.values(components))
  };
}

/** What the account holds at the end of a day, without a price of anything. */
export function stateOf({rows, opening}: Books, account: string, day: string): State | undefined {
  return replay(rows, day, opening).states.get(account);
}

/** What each row of a day did to lots. */
export function outcomesOn({rows, opening}: Books, account: string, day: string): Outcome[] {
  return replay(rows, day, opening).outcomes.filter((one) => one.account === account && one.row.day === day);
}

/** What came into an account and left it, by row (R7). */
export function flowsOf(books: Books, account: string, day: string): Flow[] {
  return books.rows.flatMap((row): Flow[] => {
    if (row.account !== account || row.day !== day) return [];
    const rate = () => rateOf(books, row.fields["currency"], day);
    if (
      row.element === "CashTransaction" &&
      isDetail(row) &&
      row.fields["type"] === "Deposits & Withdrawals"
    ) {
      return [{account, day, amount: number(row, "amount").times(rate()), other: ""}];
    }
    if (row.element === "Transfer") {
      const amount = number(row, "positionAmount").plus(number(row, "cashTransfer")).times(rate());
      return [{account, day, amount, other: row.fields["account"] ?? ""}];
    }
    return [];
  });
}

export const isDetail = ({level}: Row): boolean => level === "" || level === "DETAIL";

/** IBKR's part of ChangeInNAV that a type of cash transaction is booked in. */
const PART_OF: Readonly<Record<string, string>> = {
  "Deposits & Withdrawals": "depositsWithdrawals",
  Dividends: "dividends",
  "Payment In Lieu Of Dividends": "dividends",
  "Withholding Tax": "withholdingTax",
  "Broker Interest Paid": "interest",
  "Broker Interest Received": "interest",
  "Bond Interest Paid": "interest",
  "Bond Interest Received": "interest",
  "Other Fees": "otherFees",
  "Advisor Fees": "advisorFees",
  "Commission Adjustments": "commissions"
};

/** What moved an account from the end of one day to that of another, in base, by IBKR's names; without zeros (R14). */
export function partsOf(books: Books, account: string, before: string, day: string): Map<string, Fraction> {
  const parts = new Map<string, Fraction>();
  const rate = (currency: string) => rateOf(books, currency, day);
  const add = (part: string, currency: string, amount: Fraction) => {
    if (amount.sign) parts.set(part, (parts.get(part) ?? Fraction.ZERO).plus(amount.times(rate(currency))));
  };
  const [start, end] = [closeOf(books, account, before), closeOf(books, account, day)];
  const translate = (currency: string, amount: Fraction) => {
    if (!amount.sign) return;
    const change = rate(currency).minus(rateOf(books, currency, before));
    const translated = (parts.get("fxTranslation") ?? Fraction.ZERO).plus(amount.times(change));
    parts.set("fxTranslation", translated);
  };
  for (const balances of [start.cash, start.state.dividends, start.state.interest]) {
    for (const [currency, amount] of balances) translate(currency, amount);
  }
  for (const holding of start.state.holdings.values()) {
    translate(holding.currency, valueInNav(books, holding, before));
  }
  for (const holding of end.state.holdings.values()) {
    const was = start.state.holdings.get(holding.conid);
    add("mtm", holding.currency, madeBy(books, holding, day).minus(madeBy(books, was, before)));
  }
  for (const row of books.rows) {
    if (row.account !== account || row.day <= before || row.day > day) continue;
    const {currency, type = "", assetCategory, symbol} = row.fields;
    switch (row.element) {
      case "Trade":
        if (row.level !== "EXECUTION" && row.level !== "") break;
        add("commissions", row.fields["ibCommissionCurrency"] ?? currency, number(row, "ibCommission"));
        if (assetCategory !== "CASH") add("transactionTax", currency, number(row, "taxes"));
        else {
          add("netFxTrading", symbol.split(".")[0], number(row, "quantity"));
          add("netFxTrading", currency, number(row, "proceeds"));
        }
        break;
      case "CashTransaction":
        if (isDetail(row)) add(PART_OF[type] ?? "other", currency, number(row, "amount"));
        break;
      case "CorporateAction":
        if (!number(row, "quantity").sign) add("corporateActionProceeds", currency, number(row, "proceeds"));
        break;
      case "Transfer":
        add("assetTransfers", currency, number(row, "positionAmount"));
        add(
          type === "INTERNAL" ? "internalCashTransfers" : "depositsWithdrawals",
          currency,
          number(row, "cashTransfer")
        );
        break;
      case "ChangeInDividendAccrual":
        add("changeInDividendAccruals", currency, number(row, "netAmount"));
        break;
      case "InterestAccrualsCurrency":
        if (currency === "BASE_SUMMARY") break;
        add(
          "changeInInterestAccruals",
          currency,
          number(row, "interestAccrued").plus(number(row, "accrualReversal"))
        );
    }
  }
  return new Map([...parts].filter(([, amount]) => amount.sign));
}
