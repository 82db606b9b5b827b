import type {AccountFigures, LivePosition} from "../live/figures.js";
import type {OrderPreview} from "./desk.js";
import type {OrderIntent} from "./order.js";
import type {Decision} from "./risk/gate.js";
import {referencePrice, signedUnits, type Situation, type WhatIf} from "./risk/situation.js";

/** What a broker says that an order would do, without placing it; numbers that it leaves out are null. */
export interface BrokerWhatIf extends WhatIf {
  initMarginBefore: number | null;
  maintMarginAfter: number | null;
  commission: number | null;
  leastCommission: number | null;
  mostCommission: number | null;
  commissionCurrency: string | null;
  warning: string | null;
}

/** What an order is looked at with, beside the situation that it was decided in. */
export interface PreviewParts {
  decision: Decision;
  /** Name of the contract to show. */
  label: string;
  /** Whether the venue's increments of the price are known. */
  hasSteps: boolean;
  /** Of the order's account; null where its broker has told none. */
  figures: AccountFigures | null;
  /** Of the order's account, as its broker tells them. */
  positions: readonly LivePosition[];
  /** Units of base for one of a currency; null where there is none. */
  rateOf: (currency: string) => number | null;
  whatIf: BrokerWhatIf | null;
  /** Lots that the order takes, see {@link closingOf}. */
  lots: OrderPreview["lots"];
}

/** What an order would close of what is held: units, below zero for a sale, and the price that it is valued at. */
export interface Closing {
  /** Zero where it closes nothing. */
  units: number;
  /** Its own limit or stop, else the market's; null where there is none. */
  price: number | null;
}

/** Returns what an order that fills whole would close of the position in its contract. */
export function closingOf(intent: OrderIntent, situation: Situation): Closing {
  const units = signedUnits(intent);
  const held = unitsHeld(intent, situation);
  const closes = held * units < 0;
  return {
    units: closes ? Math.sign(units) * Math.min(Math.abs(units), Math.abs(held)) : 0,
    price: priceOf(intent, situation)
  };
}

/**
 * Returns the account after an order that fills whole at its own limit or stop, else at the market: what is not known
 * before it is null after it. A future takes no cash and has no value of its own in its currency; commission is the most
 * that the broker says, and leaves the cash where its currency has a rate.
 */
export function orderPreview(
  intent: OrderIntent,
  situation: Situation,
  {decision, label, hasSteps, figures, positions, rateOf, whatIf, lots}: PreviewParts
): OrderPreview {
  const {contract} = intent;
  const {currency, multiplier} = contract;
  const units = signedUnits(intent);
  const price = priceOf(intent, situation);
  const rate = rateOf(currency);
  const before = unitsHeld(intent, situation);
  const nav = figures?.netLiquidation ?? null;
  const gross = figures?.grossPosition ?? null;
  const worth = (held: number) => times(price, held * multiplier, rate);
  const [was, is] = [worth(before), worth(before + units)];
  const paid = times(price, isFuture(contract) ? 0 : units * multiplier);
  const value = times(paid, rate);
  const inCurrency = currencyValue(currency, rate, {figures, positions});
  const exposure = share(inCurrency, nav);
  const cash = figures ? (figures.cashByCurrency[currency] ?? 0) : null;
  return {
    decision,
    label,
    currency,
    units: {before, after: before + units},
    price,
    value: value === null ? null : Math.abs(value),
    commission: whatIf && {
      least: whatIf.leastCommission ?? whatIf.commission,
      most: whatIf.mostCommission ?? whatIf.commission,
      currency: whatIf.commissionCurrency ?? currency
    },
    cash: {
      before: figures?.cash ?? null,
      after: less(less(figures?.cash ?? null, value), feeInBase(whatIf, currency, rateOf))
    },
    grossExposure: {
      before: gross,
      after: was === null || is === null || gross === null ? null : gross + Math.abs(is) - Math.abs(was)
    },
    weight: {before: share(was, nav), after: share(is, nav)},
    currencyExposure: {before: exposure, after: exposure},
    currencyCash: {before: cash, after: less(cash, paid)},
    margin:
      whatIf && situation.hasMargin
        ? {
            initBefore: whatIf.initMarginBefore,
            initAfter: whatIf.initMarginAfter,
            equityAfter: whatIf.equityWithLoanAfter,
            excessAfter: less(whatIf.equityWithLoanAfter, whatIf.maintMarginAfter)
          }
        : null,
    lots,
    notes: notesOf(situation, {hasSteps, warning: whatIf?.warning ?? null, rate, price})
  };
}

function notesOf(
  {quote, isOpen}: Situation,
  {
    hasSteps,
    warning,
    rate,
    price
  }: {hasSteps: boolean; warning: string | null; rate: number | null; price: number | null}
): string[] {
  return [
    ...(quote && quote.kind !== "live" ? [`the quote is ${quote.kind}`] : []),
    ...(quote ? [] : ["there is no quote"]),
    ...(isOpen === false ? ["its market is closed now"] : []),
    ...(price === null ? ["there is no price to value it at"] : []),
    ...(rate === null ? ["the account's broker gives no rate of its currency"] : []),
    ...(hasSteps ? [] : ["its price increments are not known"]),
    ...(warning ? [warning] : [])
  ];
}

const priceOf = ({limit, stop}: OrderIntent, situation: Situation): number | null =>
  limit ?? stop ?? referencePrice(situation);

const unitsHeld = ({contract: {conId}}: OrderIntent, {positions}: Situation): number =>
  positions.filter(({contract}) => contract.conId === conId).reduce((sum, {units}) => sum + units, 0);

/** Zero where the broker tells no commission. */
function feeInBase(
  whatIf: BrokerWhatIf | null,
  currency: string,
  rateOf: PreviewParts["rateOf"]
): number | null {
  const fee = whatIf?.mostCommission ?? whatIf?.commission ?? null;
  return fee === null ? 0 : times(fee, rateOf(whatIf?.commissionCurrency ?? currency));
}

/** Value of what is held in a currency, cash and positions, in base; null where a part is not known. */
function currencyValue(
  currency: string,
  rate: number | null,
  {figures, positions}: Pick<PreviewParts, "figures" | "positions">
): number | null {
  if (!figures || rate === null) return null;
  const values = positions
    .filter(({contract}) => contract.currency === currency && !isFuture(contract)) // whose gains are in cash each day
    .map(({value}) => value);
  if (values.includes(null)) return null;
  const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return (sum + (figures.cashByCurrency[currency] ?? 0)) * rate;
}

const isFuture = ({secType}: {secType: string}): boolean => secType === "FUT";

/** Product of numbers; null where one is missing. */
function times(...factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>(
    (product, factor) => (product === null || factor === null ? null : product * factor),
    1
  );
}

const less = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);

const share = (part: number | null, of: number | null): number | null =>
  part === null || of === null || of === 0 ? null : part / of;
