import type {BarAction, Bars} from "../bars.js";
import {badgesOf, type ExecutionRules, PROFILES} from "../contract.js";
import {type Costs, proportionalCosts} from "../costs/costs.js";
import type {BacktestResult} from "../result.js";
import {Account} from "./account.js";
import {inOrder} from "./actions.js";
import type {Context} from "./context.js";
import {ruin} from "./end.js";
import type {JournalRecord} from "./journal.js";
import {type Carried, Loop} from "./loop.js";
import {checkBars, momentsOf} from "./moments.js";
import {Rates, type RateSeries} from "./rates.js";
import type {Strategy} from "./strategy.js";

/** What a strategy is run on, and by which rules. */
export interface EventOptions {
  /** One a symbol. */
  bars: readonly Bars[];
  /** By symbol. */
  actions?: ReadonlyMap<string, readonly BarAction[]>;
  /** Rates of each currency that is not the base. */
  rates?: readonly RateSeries[];
  /** Base currency; that of the first bars when not given. */
  base?: string;
  /** In base currency. */
  cash?: number;
  rules?: ExecutionRules;
  costs?: Costs;
  /** Session that a time is in; the UTC day when not given. */
  sessionOf?: (time: number) => number;
  /** Most events at one moment; a strategy that makes more is stopped. */
  eventsAtOnce?: number;
}

export interface EventResult extends BacktestResult {
  /** Base currency that is not invested, at each moment; shape as `equity`. */
  uninvested: Float64Array;
  journal: JournalRecord[];
  /** Symbols that were valued at an old close while they were held, and currencies at an old rate. */
  carried: Carried[];
  /** Whether the equity was gone; columns then go on with what was left. */
  isRuined: boolean;
  /** Why the strategy was stopped, if it was; columns then end there. */
  stopped?: {strategy: string; time: number; reason: string};
}

const DAY_MS = 86_400_000;

/**
 * Runs a strategy over bars, event by event, by the execution contract. Equal arguments give an equal result.
 *
 * @throws RangeError if the bars, actions, rates, cash or rules make no sense; what a strategy throws stops the run and is
 * told in `stopped`
 */
export function runEvents(strategy: Strategy, options: EventOptions): EventResult {
  const {bars, actions, eventsAtOnce = 100_000} = options;
  const x = contextOf(options);
  const loop = new Loop(x, strategy, {
    actions: bars.map(({symbol, time}) => inOrder(actions?.get(symbol) ?? [], time.length)),
    eventsAtOnce
  });
  return {
    ...live(x, loop, momentsOf(bars)),
    trades: x.account.trades,
    traded: x.journal.reduce((sum, each) => sum + valueOf(each), 0),
    badges: badgesOf(x.rules),
    journal: x.journal,
    carried: loop.carried()
  };
}

/** Lets all moments pass, and tells what the account was at each. */
function live(
  x: Context,
  loop: Loop,
  time: Float64Array
): Pick<EventResult, "time" | "equity" | "uninvested" | "held" | "isRuined" | "stopped"> {
  const {account} = x;
  const equity = new Float64Array(time.length);
  const uninvested = new Float64Array(time.length);
  const held = new Uint8Array(time.length);
  let [n, stopped, isRuined]: [number, EventResult["stopped"], boolean] = [0, undefined, false];
  for (; n < time.length && !stopped; ++n) {
    if (!isRuined) {
      const {length} = account.trades;
      stopped = loop.moment(n, time[n]);
      held[n] = account.isInvested() || account.trades.length > length ? 1 : 0;
      isRuined = !stopped && ruin(x);
    }
    if (n === time.length - 1 && !stopped && !isRuined) loop.end();
    equity[n] = account.equity();
    uninvested[n] = account.cash;
  }
  return {
    time: time.subarray(0, n),
    equity: equity.subarray(0, n),
    uninvested: uninvested.subarray(0, n),
    held: held.subarray(0, n),
    isRuined,
    ...(stopped ? {stopped} : {})
  };
}

/** Returns the value of what changed hands, in base currency. */
function valueOf(record: JournalRecord): number {
  return record.kind === "fill" ? Math.abs(record.units) * record.price * record.rate : 0;
}

function contextOf({
  bars,
  actions,
  rates = [],
  base = bars[0]?.currency,
  cash = 10_000,
  rules = PROFILES.default,
  costs = proportionalCosts(),
  sessionOf = (time) => Math.floor(time / DAY_MS)
}: EventOptions): Context {
  checkBars(bars);
  checkRules(rules, bars);
  if (!(cash > 0 && cash < Infinity)) throw new RangeError(`invalid cash: ${cash}`);
  const symbols = bars.map(({symbol}) => symbol);
  const stranger = [...(actions?.keys() ?? [])].find((symbol) => !symbols.includes(symbol));
  if (stranger !== undefined) throw new RangeError(`actions of ${stranger}, which has no bars`);
  return {
    bars,
    rules,
    costs,
    account: new Account(cash, symbols),
    rates: new Rates(bars, base, rates),
    sessionOf,
    books: bars.map(() => []),
    journal: [],
    queue: [],
    time: NaN,
    bar: new Int32Array(bars.length).fill(-1),
    capacity: new Float64Array(bars.length),
    share: new Float64Array(bars.length).fill(NaN),
    halted: new Uint8Array(bars.length),
    delisted: new Uint8Array(bars.length),
    lastOrder: 0
  };
}

function checkRules(rules: ExecutionRules, bars: readonly Bars[]): void {
  const {margin, volumeShare, wholeEquity, firstDecision} = rules;
  if (!(margin > 0 && margin <= 1)) throw new RangeError(`invalid margin: ${margin}: above 0, at most 1`);
  if (!(wholeEquity > 0 && wholeEquity < Infinity))
    throw new RangeError(`invalid wholeEquity: ${wholeEquity}`);
  if (!(Number.isInteger(firstDecision) && firstDecision >= 0))
    throw new RangeError(`invalid firstDecision: ${firstDecision}`);
  if (rules.exclusive && rules.sizing === "close")
    throw new RangeError("exclusive orders are sized at the fill: they close what is held first");
  if (volumeShare === null) return;
  if (!(volumeShare > 0 && volumeShare <= 1))
    throw new RangeError(`invalid volumeShare: ${volumeShare}: above 0, at most 1`);
  for (const {symbol, volume} of bars) {
    const i = volume.findIndex((units) => Number.isNaN(units));
    if (i >= 0) throw new RangeError(`a share of the volume needs volumes: ${symbol} has none at bar ${i}`);
  }
}
