import type {OrderPreview} from "../../lib/orders/desk.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import {referencePrice, signedUnits, type Situation} from "../../lib/orders/risk/situation.js";
import type {BrokerWhatIf, ContractFacts} from "../broker/broker.js";
import {ratesOf, type SituationParts} from "./situation.js";

/** What tells which lots a closing order takes: the ledger's own, by the account's method; empty where it does not close. */
export type LotsTaken = (closing: {
  account: string;
  conId: number;
  /** Below zero for a sale. */
  units: number;
  price: number | null;
}) => Promise<OrderPreview["lots"]>;

/** Returns the account after an order that fills whole at its own limit, else at the market. */
export async function previewOf(
  intent: OrderIntent,
  facts: ContractFacts,
  situation: Situation,
  {
    parts,
    decision,
    whatIf,
    lotsTaken
  }: {
    parts: SituationParts;
    decision: Decision;
    whatIf: BrokerWhatIf | null;
    lotsTaken: LotsTaken;
  }
): Promise<OrderPreview> {
  const {account, contract} = intent;
  const figures = parts.broker.figures(account);
  const units = signedUnits(intent);
  const price = intent.limit ?? intent.stop ?? referencePrice(situation);
  const rate = ratesOf(account, parts)(contract.currency);
  const isHere = ({contract: {conId}}: {contract: {conId: number}}) => conId === contract.conId;
  const before = situation.positions.filter(isHere).reduce((sum, stake) => sum + stake.units, 0);
  const held = (of: number) => times(price, of * contract.multiplier, rate);
  const nav = figures?.netLiquidation ?? null;
  const gross = figures?.grossPosition ?? null;
  const [was, is] = [held(before), held(before + units)];
  const inCurrency = currencyValue(contract.currency, account, parts);
  const paid = times(price, isFuture(contract) ? 0 : units * contract.multiplier);
  const value = times(paid, rate);
  const cash = figures ? (figures.cashByCurrency[contract.currency] ?? 0) : null;
  const closes = before * units < 0;
  const closing = closes ? Math.sign(units) * Math.min(Math.abs(units), Math.abs(before)) : 0;
  const lots = closes ? await lotsTaken({account, conId: contract.conId, units: closing, price}) : [];
  const fee = whatIf?.commission ?? whatIf?.mostCommission ?? null;
  return {
    decision,
    label: facts.label,
    currency: contract.currency,
    units: {before, after: before + units},
    price,
    value: value === null ? null : Math.abs(value),
    commission: whatIf && {
      least: whatIf.leastCommission ?? whatIf.commission,
      most: whatIf.mostCommission ?? whatIf.commission,
      currency: whatIf.commissionCurrency ?? contract.currency
    },
    cash: {before: figures?.cash ?? null, after: plus(plus(figures?.cash ?? null, value, -1), fee ?? 0, -1)},
    grossExposure: {
      before: gross,
      after: was === null || is === null ? null : plus(gross, Math.abs(is) - Math.abs(was))
    },
    weight: {before: share(was, nav), after: share(is, nav)},
    currencyExposure: {before: share(inCurrency, nav), after: share(inCurrency, nav)},
    currencyCash: {before: cash, after: plus(cash, paid, -1)},
    margin:
      whatIf && parts.broker.hasMargin
        ? {
            initBefore: whatIf.initMarginBefore,
            initAfter: whatIf.initMarginAfter,
            equityAfter: whatIf.equityWithLoanAfter,
            excessAfter: plus(whatIf.equityWithLoanAfter, whatIf.maintMarginAfter, -1)
          }
        : null,
    lots,
    notes: notesOf(situation, facts, {whatIf, rate, price})
  };
}

function notesOf(
  {quote, isOpen}: Situation,
  {steps}: ContractFacts,
  {whatIf, rate, price}: {whatIf: BrokerWhatIf | null; rate: number | null; price: number | null}
): string[] {
  return [
    ...(quote && quote.kind !== "live" ? [`the quote is ${quote.kind}`] : []),
    ...(quote ? [] : ["there is no quote"]),
    ...(isOpen === false ? ["its market is closed now"] : []),
    ...(price === null ? ["there is no price to value it at"] : []),
    ...(rate === null ? ["the account's broker gives no rate of its currency"] : []),
    ...(steps.length ? [] : ["its price increments are not known"]),
    ...(whatIf?.warning ? [whatIf.warning] : [])
  ];
}

/** Value of what is held in a currency, cash and positions, in base; null where a part is not known. */
function currencyValue(currency: string, account: string, parts: SituationParts): number | null {
  const figures = parts.broker.figures(account);
  const rate = ratesOf(account, parts)(currency);
  if (!figures || rate === null) return null;
  const values = parts.broker
    .positions(account)
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

const plus = (a: number | null, b: number | null, sign = 1): number | null =>
  a === null || b === null ? null : a + sign * b;

const share = (part: number | null, of: number | null): number | null =>
  part === null || of === null || of === 0 ? null : part / of;
