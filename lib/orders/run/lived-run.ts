import {type Bars, sliceBars} from "../../backtest/bars.js";
import type {ExecutionRules} from "../../backtest/contract.js";
import {proportionalCosts} from "../../backtest/costs/costs.js";
import {type EventResult, runEvents} from "../../backtest/event/engine.js";
import type {Strategy} from "../../backtest/event/strategy.js";
import {type RunFill, type Shortfall, type ShortfallFill, shortfallOf} from "../shortfall.js";
import {Decider, type Happening} from "./decider.js";

/** What a run was begun with. Plain: JSON keeps it. */
export interface RunSettings {
  /** Name of the strategy, and values of its parameters. */
  strategy: string;
  parameters: Readonly<Record<string, number>>;
  account: string;
  symbols: readonly {symbol: string; currency: string; conId: number}[];
  /** With orders sized at their decision. */
  rules: ExecutionRules;
  /** Nothing was sent. */
  dryRun: boolean;
}

/** What was paid by order, see {@link livedThrough}. */
export type Commissions = ReadonlyMap<string, number>;

/** What a run has lived through. */
export interface LivedRun {
  /** Oldest first, with the decision that each is of. */
  fills: RunFill[];
  /** One a symbol. */
  bars: Bars[];
  /** What the account was worth at the first bar, in base currency; null before it. */
  cash: number | null;
}

/** Returns a happening as it was before JSON, which has no NaN: a volume that is not known was written as null. */
export function revivedHappening(happening: Happening): Happening {
  if (happening.kind !== "bars") return happening;
  return {
    ...happening,
    bars: happening.bars.map((bar) => bar && {...bar, volume: (bar.volume as number | null) ?? NaN}) // as JSON has it
  };
}

/**
 * Lets a strategy live through a run again, and returns the run's fills and bars.
 *
 * @param strategy made anew, of the run's name and parameters: what it decides is what the run decided
 * @param happenings oldest first, revived
 * @param commissions by the id that an order went out under, of all that it filled, in the symbol's currency: a broker
 *   tells them after the fills; where there is none, what was known at the fill
 * @returns no fills and bars of no length where nothing happened; fills of orders that were never decided are left out
 */
export function livedThrough(
  strategy: Strategy,
  {symbols, rules}: Pick<RunSettings, "symbols" | "rules">,
  happenings: readonly Happening[],
  commissions: Commissions = new Map()
): LivedRun {
  const filled = unitsById(happenings);
  const decider = new Decider(strategy, {symbols, rules});
  const decided = new Map<number, {symbol: number; decidedAt: number}>();
  const fills: RunFill[] = [];
  let view: Extract<Happening, {kind: "bars"}>["view"] | null = null;
  let cash: number | null = null;
  for (const happening of happenings) {
    if (happening.kind === "bars") {
      ({view} = happening);
      cash ??= view.equity;
    }
    if (happening.kind === "fill") {
      const {time, order, units, price, mid = null, id = ""} = happening;
      const decision = decided.get(order);
      if (decision && view) {
        const {symbol} = symbols[decision.symbol];
        const rate = view.rates[decision.symbol];
        const paid = commissions.get(id);
        const share = Math.abs(units) / (filled.get(id) ?? NaN);
        const commission = paid === undefined ? happening.commission : paid * share * rate;
        fills.push({symbol, decidedAt: decision.decidedAt, time, units, price, commission, rate, mid});
      }
    }
    const {orders} = decider.live(happening);
    if (happening.kind === "over") continue;
    for (const {id, symbol} of orders) decided.set(id, {symbol, decidedAt: happening.time});
  }
  return {fills, bars: decider.bars.map((bars) => sliceBars(bars, 0, bars.length)), cash};
}

/** Units that were filled, above zero, by the id that an order went out under. */
function unitsById(happenings: readonly Happening[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const each of happenings)
    if (each.kind === "fill" && each.id !== undefined)
      units.set(each.id, (units.get(each.id) ?? 0) + Math.abs(each.units));
  return units;
}

/**
 * Returns the backtest of a strategy on a run's bars by its rules, free of costs, and what the run's fills fall short of it.
 *
 * @param create makes the strategy anew
 * @param cash to begin with, in the currency of the bars
 */
export function againstBacktest(
  fills: readonly RunFill[],
  {
    bars,
    create,
    cash,
    rules
  }: {bars: readonly Bars[]; create: () => Strategy; cash: number; rules: ExecutionRules}
): {backtest: EventResult; shortfall: Shortfall} {
  const backtest = runEvents(create(), {bars, cash, rules, costs: proportionalCosts()});
  return {backtest, shortfall: shortfallOf(fills, fillsOf(backtest))};
}

/** Returns the fills of a backtest with the close that each was decided at; an exit is decided with its entry. */
export function fillsOf({journal}: EventResult): ShortfallFill[] {
  const decided = new Map<number, number>();
  for (const each of journal)
    if (each.kind === "order") decided.set(each.order, decided.get(each.parent ?? 0) ?? each.time);
  return journal.flatMap((each) => {
    if (each.kind !== "fill") return [];
    const {order, symbol, time, units, price, commission, rate} = each;
    return [{symbol, decidedAt: decided.get(order) ?? NaN, time, units, price, commission, rate}];
  });
}

/** What a run cost above the backtest, or why that cannot be said. */
export type RunShortfall =
  | {
      reason: null;
      shortfall: Shortfall;
      currency: string;
      /** Ends of the first and the last bar, milliseconds since 1970 UTC. */
      from: number;
      to: number;
    }
  | {reason: string};

/**
 * Returns the implementation shortfall of a run that was kept, against the backtest on the bars that it lived through.
 *
 * @param create makes the run's strategy anew
 * @param happenings oldest first, revived
 * @param commissions as of {@link livedThrough}
 */
export function shortfallOfRun(
  create: () => Strategy,
  settings: RunSettings,
  happenings: readonly Happening[],
  commissions: Commissions = new Map()
): RunShortfall {
  if (settings.dryRun) return {reason: "it was a dry run: nothing was sent"};
  const {fills, bars, cash} = livedThrough(create(), settings, happenings, commissions);
  if (cash === null) return {reason: "it has seen no bar yet"};
  const silent = bars.find(({time}) => time.length === 0);
  if (silent) return {reason: `it has seen no bar of ${silent.symbol}: the backtest needs one`};
  const [{currency}] = bars;
  if (bars.some((each) => each.currency !== currency))
    return {reason: "its symbols are in more than one currency: the backtest needs their rates"};
  const {shortfall} = againstBacktest(fills, {bars, create, cash, rules: settings.rules});
  const from = Math.min(...bars.map(({time}) => time[0]));
  const to = Math.max(...bars.map(({time}) => time[time.length - 1]));
  return {reason: null, shortfall, currency, from, to};
}
