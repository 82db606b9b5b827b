import {type Figure, figure, unavailable} from "../../returns/figure.js";
import type {Holding} from "./holding.js";
import {revalueOption} from "./revalue.js";
import type {Scenario, Shock, ShockKind} from "./scenario.js";

/** What a scenario does to one holding, in the account's base currency. */
export interface StressedHolding {
  symbol: string;
  /** Before. */
  value: number;
  /** After less before; null where the scenario does not say. */
  gain: Figure;
  /** Of the gain: by its own price, in its currency, at today's rate. */
  price: number | null;
  /** Of the gain: by the rate of its currency, on the value after the price moved. */
  currency: number | null;
  /** Volatility of an option before the shock. */
  volatility?: number | null;
  /** What moved it, and what is approximate; sentences. */
  notes: string[];
}

/** What a scenario does to an account. */
export interface StressResult {
  scenario: string;
  /** Value of all holdings before, in base currency. */
  value: number;
  /** Sum of the gains that are known; null when none is. */
  gain: Figure;
  /** The gain as a fraction of the value; null when the value is not above zero. */
  change: Figure;
  /** Size of the holdings for which nothing is known, over the size of all; 0 when all is known. */
  unknown: number;
  /** In the order given. */
  holdings: StressedHolding[];
}

/**
 * Returns what a scenario does to an account, at once and with nothing traded: each holding's price changes by the most
 * special shock that speaks of it, its symbol's, else those of the factors it states exposure to, else its class's; an
 * option is revalued with its underlying's; then the currency moves.
 *
 * The change of a currency against the base is (1 + its change against the dollar) / (1 + the base's) - 1.
 *
 * @param holdings positions, cash as class CASH; futures and contracts for difference by their notional
 * @param options.base ISO code of the account's currency, in which values stand
 * @throws RangeError if a value is not finite, a change is below -1, or an option's term is out of range
 */
export function stress(
  holdings: readonly Holding[],
  scenario: Scenario,
  {base}: {base: string}
): StressResult {
  check(holdings, scenario);
  const stressed = holdings.map((holding) => stressHolding(holding, scenario, base));
  const value = holdings.reduce((sum, holding) => sum + holding.value, 0);
  const size = holdings.reduce((sum, holding) => sum + Math.abs(holding.value), 0);
  const missing = stressed.filter(({gain}) => gain.value === null);
  const known = stressed.reduce((sum, {gain}) => sum + (gain.value ?? 0), 0);
  const none = missing.length === stressed.length;
  const gain = none ? unavailable("the scenario speaks of no holding") : figure(known);
  const unknown = missing.reduce((sum, holding) => sum + Math.abs(holding.value), 0);
  return {
    scenario: scenario.id,
    value,
    gain,
    change:
      gain.value === null ? gain : figure(value > 0 ? known / value : NaN, "the value is not above zero"),
    unknown: size ? unknown / size : 0,
    holdings: stressed
  };
}

function stressHolding(holding: Holding, scenario: Scenario, base: string): StressedHolding {
  const {symbol, value} = holding;
  const notes: string[] = [];
  const nothing = (gain: Figure, volatility?: number | null): StressedHolding => ({
    symbol,
    value,
    gain,
    price: null,
    currency: null,
    ...(volatility === undefined ? {} : {volatility}),
    notes
  });
  const own = priceChange(holding, scenario, notes);
  if (own.change.value === null) return nothing(own.change, own.volatility);
  const rate = currencyChange(holding.currency, base, scenario);
  if (rate.value === null) return nothing(rate, own.volatility);
  if (rate.value !== 0) notes.push(`${holding.currency} against ${base}`);
  const price = value * own.change.value;
  const currency = value * (1 + own.change.value) * rate.value;
  return {
    symbol,
    value,
    gain: figure(price + currency),
    price,
    currency,
    ...(own.volatility === undefined ? {} : {volatility: own.volatility}),
    notes
  };
}

interface PriceChange {
  change: Figure;
  volatility?: number | null;
}

function priceChange(holding: Holding, scenario: Scenario, notes: string[]): PriceChange {
  const {option} = holding;
  if (!option) return {change: spotChange(holding, scenario, notes)};
  const underlying = spotChange(
    {...holding, symbol: option.underlying, class: option.underlyingClass},
    scenario,
    notes
  );
  if (underlying.value === null) return {change: underlying};
  const {
    change,
    volatility,
    notes: more
  } = revalueOption(option, {
    underlying: underlying.value,
    volatility: volatilityChange(scenario, option.years),
    rate: shockOf(scenario, "factor", "rates")?.change ?? 0
  });
  if (!scenario.volatility) notes.push("volatility unchanged: the scenario says nothing of it");
  notes.push(...more);
  return {change, volatility};
}

/** Price of a holding that is no option, or of an option's underlying. */
function spotChange(
  {symbol, class: kind, exposures = {}}: Holding,
  scenario: Scenario,
  notes: string[]
): Figure {
  const bySymbol = shockOf(scenario, "symbol", symbol);
  if (bySymbol) return said(bySymbol, notes);
  const factors = Object.entries(exposures).flatMap(([key, exposure]) => {
    const shock = shockOf(scenario, "factor", key);
    return shock ? [{key, gain: exposure * shock.change}] : [];
  });
  if (factors.length) {
    notes.push(`factor ${factors.map(({key}) => key).join(", ")}`);
    return figure(
      Math.max(
        -1,
        factors.reduce((sum, {gain}) => sum + gain, 0)
      )
    );
  }
  const byClass = shockOf(scenario, "class", kind);
  if (byClass) return said(byClass, notes);
  if (kind === "CASH" || scenario.rest === "unchanged") return figure(0);
  return unavailable(
    kind === "BOND" || kind === "BILL"
      ? `${scenario.name} says nothing of ${symbol}: state its exposure to rates, minus its duration`
      : `${scenario.name} says nothing of ${symbol} (${kind}): add a shock, or its exposure to a factor`
  );
}

function said(shock: Shock, notes: string[]): Figure {
  notes.push(`${shock.kind} ${shock.key}`);
  return figure(shock.change);
}

/** Change of a currency against the base, by both changes against the dollar. */
function currencyChange(currency: string, base: string, scenario: Scenario): Figure {
  if (currency === base) return figure(0);
  const against = [currency, base].map((code) =>
    code === "USD" ? 0 : shockOf(scenario, "currency", code)?.change
  );
  const [own, bases] = scenario.rest === "unchanged" ? against.map((change) => change ?? 0) : against;
  if (own === undefined || bases === undefined) {
    return unavailable(
      `${scenario.name} says nothing of ${own === undefined ? currency : base} against the dollar`
    );
  }
  return figure((1 + own) / (1 + bases) - 1, `${base} is worth nothing after the shock`);
}

/** Points that the volatility of an option with so many years moves by. */
function volatilityChange({volatility}: Scenario, years: number): number {
  if (!volatility) return 0;
  const {change, days} = volatility;
  return days === undefined ? change : change * Math.min(1, Math.sqrt(days / 365 / years));
}

function shockOf({shocks}: Scenario, kind: ShockKind, key: string): Shock | undefined {
  return shocks.find((shock) => shock.kind === kind && shock.key === key);
}

function check(holdings: readonly Holding[], {shocks}: Scenario): void {
  for (const {symbol, value} of holdings) {
    if (!Number.isFinite(value)) throw new RangeError(`invalid value of ${symbol}: ${value}`);
  }
  for (const {kind, key, change} of shocks) {
    const least = kind === "factor" ? -Infinity : -1;
    if (!(change >= least && change < Infinity))
      throw new RangeError(`invalid change of ${kind} ${key}: ${change}`);
  }
}
