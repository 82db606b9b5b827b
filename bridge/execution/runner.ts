import {type Bars, sliceBars} from "../../lib/backtest/bars.js";
import type {ExecutionRules} from "../../lib/backtest/contract.js";
import type {Order} from "../../lib/backtest/event/order.js";
import type {Strategy} from "../../lib/backtest/event/strategy.js";
import type {OrderAsk, OrderRow} from "../../lib/orders/desk.js";
import {type AccountView, Decider, type Decision, type Happening} from "../../lib/orders/run/decider.js";
import type {Bar} from "../../lib/orders/run/growing-bars.js";
import type {RunFill} from "../../lib/orders/shortfall.js";
import {FINAL} from "../../lib/orders/state.js";
import {derivedId} from "./intents.js";
import {askOf, type RunSymbol} from "./run-asks.js";
import type {RunStore} from "./run-store.js";
import {ratesOf} from "./situation.js";
import type {Trading} from "./trading.js";

export interface RunnerOptions {
  /** Names the run: the same name goes on where it was, and never sends a decision twice. */
  run: string;
  trading: Trading;
  store: RunStore;
  /** Made anew for this run. */
  strategy: Strategy;
  /** Values of its parameters, to tell one run from another. */
  parameters: Readonly<Record<string, number>>;
  account: string;
  symbols: readonly RunSymbol[];
  /** With orders sized at their decision. */
  rules: ExecutionRules;
  /** Decides and says what it would send; nothing goes out. */
  dryRun: boolean;
  /** Decisions that are older when the run starts again are not sent any more, in milliseconds. */
  lateMs: number;
  now: () => number;
}

/** What a run tells, for a person or a file. */
export type RunNote =
  | {
      kind: "order";
      decidedAt: number;
      symbol: string;
      row: OrderRow | null;
      ask: OrderAsk;
      reason: string | null;
    }
  | {kind: "refused"; decidedAt: number; reason: string}
  | {kind: "fill"; row: OrderRow; units: number; price: number};

export interface Runner {
  /** Bars that have ended at one time; null for a symbol without one. Done when all that follows was handed on. */
  bars(time: number, bars: readonly (Bar | null)[]): Promise<void>;
  /** Done when all that was filled so far is taken in. */
  settled(): Promise<void>;
  subscribe(listener: (note: RunNote) => void): () => void;
  /** What was filled, oldest first, with the market at that moment where this process saw it. */
  fills(): RunFill[];
  /** The bars that it has lived through, one a symbol. */
  past(): Bars[];
  /** When the last bars ended that it has lived through; null before the first. */
  readonly lastBar: number | null;
  close(): void;
}

/** An order of the run that has not ended. */
interface Sent {
  number: number;
  symbol: number;
  filled: number;
  value: number;
  commission: number;
}

/**
 * Starts a run of a strategy, or goes on with it: what it lived through is lived through again, without sending; what was
 * decided and not handed on is, under the same ids, unless it is late.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const {run, trading, store, strategy, parameters, account, symbols, rules, dryRun, lateMs, now} = options;
  const {broker, data} = trading;
  const decider = new Decider(strategy, {symbols, rules});
  const listeners = new Set<(note: RunNote) => void>();
  const sent = new Map<string, Sent>();
  /** Decisions by order, and what the market was at each fill, by order and units filled by then. */
  const decided = new Map<string, {symbol: number; decidedAt: number}>();
  const mids = new Map<string, number | null>();
  let work: Promise<void> = Promise.resolve();
  let lastBar: number | null = null;
  let failure: unknown = null;

  const tell = (note: RunNote): void => {
    for (const listener of listeners) listener(note);
  };
  /** Ids of the run's orders, by their numbers. */
  const ids = new Map<number, string>();
  /** The same run, time and number give the same id for ever. */
  const idOf = (number: number, decidedAt: number): string => {
    const id = ids.get(number) ?? derivedId("run", run, decidedAt, number);
    ids.set(number, id);
    return id;
  };

  /** Writes down what happens, lets it happen, hands on what follows. */
  async function happen(happening: Happening): Promise<void> {
    const seq = store.add(run, happening);
    await handOn(decider.live(happening), timeOf(happening));
    store.done(run, seq);
  }

  async function handOn({orders, cancels, refusals}: Decision, decidedAt: number): Promise<void> {
    for (const reason of refusals) tell({kind: "refused", decidedAt, reason});
    for (const number of cancels) {
      const row = trading.order(idOf(number, decidedAt));
      if (row && !FINAL.has(row.status)) await trading.cancel(row.id, `run ${run}`);
    }
    for (const order of orders) await send(order, decidedAt);
  }

  async function send(order: Order, decidedAt: number): Promise<void> {
    const own = symbols[order.symbol];
    const id = idOf(order.id, decidedAt);
    const ask = askOf(order, {id, run, account, strategy: strategy.name, symbol: own});
    const {symbol} = own;
    if (dryRun) {
      const {decision} = await trading.preview(ask);
      tell({kind: "order", decidedAt, symbol, row: null, ask, reason: decision.reason});
      return over(order.id);
    }
    follow(ask.id, order, decidedAt);
    const {order: row, children, decision} = await trading.submit(ask, `run ${run}`);
    for (const child of children) follow(child.id, order, decidedAt);
    tell({kind: "order", decidedAt, symbol, row, ask, reason: decision.reason ?? row.problem});
    for (const each of [row, ...children]) take(each);
  }

  function follow(id: string, {id: number, symbol}: Order, decidedAt: number): void {
    decided.set(id, {symbol, decidedAt});
    if (!sent.has(id)) sent.set(id, {number, symbol, filled: 0, value: 0, commission: 0});
  }

  function over(order: number): void {
    const happening: Happening = {kind: "over", order};
    store.done(run, store.add(run, happening));
    decider.live(happening);
  }

  /** Takes in what became of an order of the run, in turn. */
  function take(row: OrderRow): void {
    const order = sent.get(row.id);
    if (!order) return;
    const units = row.filled - order.filled;
    const value = row.filled * (row.averagePrice ?? 0);
    if (units > 0) {
      const side = row.action === "BUY" ? 1 : -1;
      const price = (value - order.value) / units;
      const commission = (row.commission ?? 0) - order.commission;
      const time = row.changedAt;
      Object.assign(order, {filled: row.filled, value, commission: order.commission + commission});
      const {currency, conId} = symbols[order.symbol];
      const rate = ratesOf(account, trading)(currency) ?? NaN;
      const mid = midOf(conId);
      mids.set(`${row.id} ${row.filled}`, mid);
      tell({kind: "fill", row, units: side * units, price});
      const happening: Happening = {
        kind: "fill",
        time,
        order: order.number,
        units: side * units,
        price,
        commission: commission * rate,
        mid,
        id: row.id
      };
      later(() => happen(happening));
    }
    if (!FINAL.has(row.status)) return;
    sent.delete(row.id);
    if (row.filled < row.quantity && row.id === ids.get(order.number))
      later(() => Promise.resolve(over(order.number)));
  }

  function midOf(conId: number): number | null {
    const quote = data.quote(conId);
    if (!quote || quote.bid === null || quote.ask === null) return null;
    return (quote.bid + quote.ask) / 2;
  }

  function queue(job: () => Promise<void>): Promise<void> {
    const done = work.then(job);
    work = done.catch(() => undefined); // told by the one who waits
    return done;
  }

  /** Does what nobody waits for, in turn; what goes wrong is told to the next one who waits. */
  function later(job: () => Promise<void>): void {
    queue(job).catch((error: unknown) => {
      failure ??= error;
    });
  }

  function view(): AccountView {
    const figures = broker.figures(account);
    const equity = figures?.netLiquidation ?? null;
    if (equity === null) throw new Error(`the value of ${account} is not known yet: nothing can be decided`);
    const held = new Map(broker.positions(account).map(({contract, units}) => [contract.conId, units]));
    const rates = symbols.map(({currency}) => {
      const rate = ratesOf(account, trading)(currency);
      if (rate === null) throw new Error(`there is no rate of ${currency}: nothing can be decided`);
      return rate;
    });
    return {equity, units: symbols.map(({conId}) => held.get(conId) ?? 0), rates};
  }

  const settings = {strategy: strategy.name, parameters, account, symbols, rules, dryRun};
  const before = store.begin(run, settings);
  for (const {seq, happening, isDone} of before) {
    if (happening.kind === "bars") lastBar = happening.time;
    const decision = decider.live(happening);
    const at = timeOf(happening);
    if (isDone || dryRun) {
      for (const order of decision.orders) follow(idOf(order.id, at), order, at);
      continue;
    }
    if (now() - at > lateMs) {
      for (const order of decision.orders) {
        if (trading.order(idOf(order.id, at))) follow(idOf(order.id, at), order, at);
        else over(order.id);
      }
      tell({kind: "refused", decidedAt: at, reason: "decided before a stop that was too long: not sent"});
    } else await handOn(decision, at);
    store.done(run, seq);
  }
  resume();
  const unsubscribe = trading.subscribe((what) => {
    if (what.kind === "order") take(what.row);
  });

  /** Brings what is known of the run's orders to where it stood when it stopped; what came since is taken in. */
  function resume(): void {
    const known = new Map<number, {filled: number; value: number; commission: number}>();
    for (const {happening} of before) {
      if (happening.kind !== "fill") continue;
      const sum = known.get(happening.order) ?? {filled: 0, value: 0, commission: 0};
      const units = Math.abs(happening.units);
      known.set(happening.order, {
        filled: sum.filled + units,
        value: sum.value + units * happening.price,
        commission: sum.commission + happening.commission
      });
    }
    for (const [id, order] of sent) {
      Object.assign(order, known.get(order.number));
      const row = trading.order(id);
      if (row) take(row);
      else sent.delete(id);
    }
  }

  return {
    bars: (time, bars) =>
      queue(async () => {
        if (failure !== null) throw failure;
        if (lastBar !== null && time <= lastBar) return; // lived through before
        lastBar = time;
        await happen({kind: "bars", time, bars, view: view()});
      }),
    async settled() {
      for (let before: Promise<void> | null = null; before !== work;) {
        before = work;
        await before;
      }
      if (failure !== null) throw failure;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fills() {
      const filled = new Map<string, number>();
      const rows = trading.fills({limit: 1_000_000}).toReversed();
      return rows.flatMap(({order, shares, side, price, commission, time}): RunFill[] => {
        const decision = order === null ? undefined : decided.get(order);
        if (order === null || !decision) return [];
        const sum = (filled.get(order) ?? 0) + shares;
        filled.set(order, sum);
        const {symbol, currency} = symbols[decision.symbol];
        const rate = ratesOf(account, trading)(currency) ?? NaN;
        const units = side === "BOT" ? shares : -shares;
        const mid = mids.get(`${order} ${sum}`) ?? null;
        const {decidedAt} = decision;
        return [{symbol, decidedAt, time, units, price, commission: (commission ?? 0) * rate, rate, mid}];
      });
    },
    past: () => decider.bars.map((bars) => sliceBars(bars, 0, bars.length)),
    get lastBar() {
      return lastBar;
    },
    close() {
      unsubscribe();
      listeners.clear();
    }
  };
}

function timeOf(happening: Happening): number {
  return happening.kind === "over" ? NaN : happening.time;
}
