import {parseAmount, toNumber} from "../../money/amount.js";
import {type Figure, figure, unavailable} from "../../returns/figure.js";
import {NO_BASE} from "../base-currency.js";
import {cashByCurrency, totalCash} from "../cash.js";
import {isNotional, latestPositions, type Position, positionValue, RowConverter} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {Study} from "../study.js";
import {OPTION_CLASSES, optionTerms} from "./option-terms.js";
import {commonDays, pastPrices, type PastPrices, pastRates} from "./past-prices.js";
import type {HeldAsset, HeldOption, HoldingsView, LeftOut} from "./view.js";

/** Returns that an asset needs before figures are made of them. */
const FEWEST_RETURNS = 30;

/** Rows of one instrument, over all accounts. */
interface Held {
  row: Position;
  quantity: number;
  value: number;
}

/**
 * Returns what the accounts hold on their last position day, and each asset's past prices in the reporting currency, on
 * the same days: of the lake where it has the symbol, else of the statements. Nothing is carried from one day to
 * another; what has too short a past is left out, with the reason. Options have no past of their own: they are valued
 * with their underlying.
 */
export function holdingsView({ledger, series, scope, query, context, nav}: Study): HoldingsView {
  const {currency} = series;
  const lake = context.lake?.holdings;
  const leftOut: LeftOut[] = [];
  const rows = latestPositions(ledger, series.accounts);
  const asOf = rows.reduce<string | null>((last, {day}) => (last && last > day ? last : day), scope.asOf);
  const held = heldOf(rows, new RowConverter(ledger, currency), leftOut);
  const nameOf = names(held);

  const options: HeldOption[] = [];
  const past: {one: Held; prices: PastPrices}[] = [];
  const pricesOf = pastPrices(ledger, lake);
  for (const one of held) {
    const {row, value, quantity} = one;
    const name = nameOf(row);
    const kind = row.assetCategory ?? "";
    const told = {name, class: classOf(row), ...(row.currency && {currency: row.currency}), value};
    if (OPTION_CLASSES.has(kind)) {
      const found = optionTerms(row, {ledger, lake, riskFree: context.riskFree});
      if (found) options.push({...described(row, name), class: kind, quantity, value, ...found});
      else leftOut.push({...told, reason: "its right, strike or expiry is not stated"});
      continue;
    }
    const prices = pricesOf(row);
    if (prices?.prices.size) past.push({one, prices});
    else leftOut.push({...told, reason: "no price of it is known but its value"});
  }

  const to = asOf ?? "";
  const from = query.from;
  const own = past.map(({prices}) => prices.prices);
  const days = commonDays(own.length ? own : [new Map(series.days.map((day) => [day, 1]))], {from, to});
  const assets: HeldAsset[] = [];
  const take = (asset: HeldAsset) => {
    const {name, class: kind, currency: code, value, history} = asset;
    if (history.returns >= FEWEST_RETURNS) assets.push(asset);
    else
      leftOut.push({
        name,
        class: kind,
        currency: code,
        value,
        reason: `${history.returns} returns since ${history.from ?? "ever"}: ${FEWEST_RETURNS} are needed`
      });
  };
  for (const {one, prices} of past)
    take({
      ...described(one.row, nameOf(one.row)),
      class: classOf(one.row),
      quantity: one.quantity,
      value: one.value,
      isNotional: isNotional(one.row),
      ...converted(
        prices,
        days,
        currency === null ? null : pastRates(ledger, lake, {from: one.row.currency ?? "", to: currency})
      )
    });

  const cash = cashByCurrency(ledger, series.accounts, currency);
  for (const {currency: code, amount, base} of cash) {
    if (code === currency || currency === null) continue;
    const name = `${code} cash`;
    if (base.value === null) {
      leftOut.push({name, class: "CASH", currency: code, value: null, reason: base.reason ?? "no rate"});
      continue;
    }
    const one: PastPrices = {
      source: "rates",
      kind: "price return",
      prices: new Map(days.map((day) => [day, 1])),
      notes: []
    };
    take({
      name,
      symbol: code,
      description: `money in ${code}`,
      conid: null,
      class: "CASH",
      currency: code,
      quantity: toNumber(parseAmount(amount)),
      value: toNumber(parseAmount(base.value)),
      isNotional: false,
      ...converted(one, days, pastRates(ledger, lake, {from: code, to: currency}))
    });
  }

  return {
    scope,
    currency,
    asOf,
    days,
    assets: assets.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
    options,
    cash: ownCash(),
    nav: figure(nav.at(-1) ?? NaN, currency === null ? NO_BASE : "no net asset value"),
    leftOut
  };

  function ownCash(): Figure {
    if (currency === null) return unavailable(NO_BASE);
    const own = cash.find(({currency: code}) => code === currency)?.base ?? {value: "0"};
    const {value, reason = "no cash"} = cash.length
      ? own
      : totalCash(ledger, series.accounts, currency, cash);
    return value === null ? unavailable(reason) : figure(toNumber(parseAmount(value)));
  }
}

/** Positions by instrument, in the reporting currency; what has no value there is left out. */
function heldOf(rows: readonly Position[], converter: RowConverter, leftOut: LeftOut[]): Held[] {
  const groups = Map.groupBy(rows, (row) => holdingKey(row) ?? row.id);
  return [...groups.values()].flatMap((group): Held[] => {
    const [row] = group;
    const values = group.map((one) => {
      const value = positionValue(one);
      return value === null ? null : converter.convert(one, value);
    });
    const lacking = values.indexOf(null);
    if (lacking >= 0) {
      const hasValue = positionValue(group[lacking]) !== null;
      const reason = hasValue
        ? converter.reason(group[lacking])
        : "no mark: tick Mark Price in Open Positions";
      leftOut.push({
        name: row.symbol ?? row.id,
        class: classOf(row),
        ...(row.currency && {currency: row.currency}),
        value: null,
        reason
      });
      return [];
    }
    const quantity = group.reduce((sum, {position}) => sum + toNumber(position ?? 0n), 0);
    const value = values.reduce<number>((sum, amount) => sum + toNumber(amount ?? 0n), 0);
    return quantity === 0 && value === 0 ? [] : [{row, quantity, value}];
  });
}

/** A holding's symbol; with its currency, then its conid, where others have the same. */
function names(held: readonly Held[]): (row: Position) => string {
  const plain = ({symbol, conid, id}: Position) => symbol ?? conid ?? id;
  const longer = (row: Position) => `${plain(row)} (${row.currency})`;
  const count = (nameOf: (row: Position) => string) => Map.groupBy(held, ({row}) => nameOf(row));
  const [once, twice] = [count(plain), count(longer)];
  return (row) => {
    if (once.get(plain(row))?.length === 1) return plain(row);
    return twice.get(longer(row))?.length === 1 ? longer(row) : `${longer(row)} ${row.conid ?? row.id}`;
  };
}

function described({symbol, description, conid, currency}: Position, name: string) {
  return {name, symbol: symbol ?? name, description: description ?? "", conid, currency: currency ?? ""};
}

/** A fund of an exchange is a stock to the scenarios. */
function classOf({assetCategory}: Position): string {
  return assetCategory === "ETF" ? "STK" : (assetCategory ?? "");
}

function converted(
  {source, kind, prices: own, notes}: PastPrices,
  days: readonly string[],
  rates: ReturnType<typeof pastRates> | null
): Pick<HeldAsset, "prices" | "history"> {
  const prices = days.map((day) => {
    const price = own.get(day);
    const rate = price === undefined ? null : (rates?.at(day) ?? null);
    return price === undefined || rate === null ? null : price * rate;
  });
  const known = days.filter((_, t) => prices[t] !== null);
  const returns = prices.filter((price, t) => t > 0 && price !== null && prices[t - 1] !== null).length;
  return {
    prices,
    history: {
      source,
      kind,
      from: known[0] ?? null,
      to: known.at(-1) ?? null,
      returns,
      notes: [...notes, ...(rates?.notes() ?? [])]
    }
  };
}
