import type {ExecutionRules} from "../../backtest/contract.js";
import {proportionalCosts} from "../../backtest/costs/costs.js";
import {Account} from "../../backtest/event/account.js";
import {type Context, isAlive, tidy} from "../../backtest/event/context.js";
import {cancelOrder, takeOrder, takeSignal} from "../../backtest/event/decide.js";
import {QueueDesk} from "../../backtest/event/desk.js";
import type {Order} from "../../backtest/event/order.js";
import {advance, type Past, Series} from "../../backtest/event/past.js";
import {Rates} from "../../backtest/event/rates.js";
import type {Strategy} from "../../backtest/event/strategy.js";
import {type Bar, GrowingBars} from "./growing-bars.js";

/** What a strategy sees of its account, columns by symbol. Plain: JSON keeps it. */
export interface AccountView {
  /** What the account is worth, in base currency. */
  equity: number;
  /** Units held, below zero when short. */
  units: readonly number[];
  /** Units of base for one of the symbol's currency. */
  rates: readonly number[];
}

/** What a run lives through, in order: the same happenings lead to the same decisions. Plain: JSON keeps it. */
export type Happening =
  /** Bars that ended at one time; null for a symbol without one. */
  | {kind: "bars"; time: number; bars: readonly (Bar | null)[]; view: AccountView}
  | {
      kind: "fill";
      time: number;
      order: number;
      units: number;
      price: number;
      /** In base currency. */
      commission: number;
      /** Between bid and ask when it came; null where nobody quoted. Decides nothing. */
      mid?: number | null;
      /** Id that the order went out under; decides nothing. */
      id?: string;
    }
  /** An order is over, without being filled whole. */
  | {kind: "over"; order: number};

/** What a strategy wants now. */
export interface Decision {
  /**
   * To be sent, in this order; `id` is their number in the run. A group has a name that no other of the run has: a
   * strategy may name one as it named another that is over.
   */
  orders: readonly Order[];
  /** Numbers of orders to be taken back. */
  cancels: readonly number[];
  /** Why something that it wanted is no order. */
  refusals: readonly string[];
}

/**
 * Asks a strategy of the backtest's on bars that come one by one: the same code, the same taking of signals and sizing of
 * orders as in the event engine, on an account that is somebody else's. Pure but for what it remembers: a run that lives
 * through the same again decides the same again.
 */
export class Decider {
  readonly bars: readonly GrowingBars[];
  readonly #x: Context;
  readonly #strategy: Strategy;
  readonly #desk: QueueDesk;
  readonly #past: Past & {now: number};
  /** Names of groups, by order. */
  readonly #groups = new Map<number, string>();

  /** @throws RangeError unless the rules size orders at the decision: units are what is sent */
  constructor(
    strategy: Strategy,
    {symbols, rules}: {symbols: readonly {symbol: string; currency: string}[]; rules: ExecutionRules}
  ) {
    if (rules.sizing !== "close") throw new RangeError("orders that are sent are sized at their decision");
    this.bars = symbols.map(({symbol, currency}) => new GrowingBars(symbol, currency));
    this.#strategy = strategy;
    this.#x = contextOf(this.bars, rules);
    this.#desk = new QueueDesk(this.#x);
    this.#past = {now: NaN, series: this.bars.map((bars) => new Series(bars))};
  }

  /** Lets something happen, and returns what the strategy wants then. */
  live(happening: Happening): Decision {
    switch (happening.kind) {
      case "bars":
        return this.#decided(() => this.#moment(happening));
      case "fill":
        return this.#decided(() => this.#fill(happening));
      case "over":
        for (const book of this.#x.books)
          for (const order of book) if (order.id === happening.order) order.units = 0;
        for (const k of this.bars.keys()) tidy(this.#x, k);
        return {orders: [], cancels: [], refusals: []};
    }
  }

  #moment({time, bars, view}: Extract<Happening, {kind: "bars"}>): void {
    const x = this.#x;
    x.time = this.#past.now = time;
    let cash = view.equity;
    for (const [k, bar] of bars.entries()) {
      if (bar) {
        this.bars[k].add(bar);
        x.bar[k] = this.bars[k].length - 1;
        x.account.mark[k] = bar.close;
      }
      advance(this.#past.series[k], this.bars[k].length);
      x.account.units[k] = view.units[k];
      x.account.rate[k] = view.rates[k];
      if (view.units[k] !== 0) cash -= view.units[k] * x.account.mark[k] * view.rates[k];
    }
    x.account.cash = cash;
    this.#strategy.decide(this.#past, this.#desk);
  }

  #fill({time, order: id, units, price, commission}: Extract<Happening, {kind: "fill"}>): void {
    const x = this.#x;
    const order = x.books.flat().find((each) => each.id === id);
    if (!order) return;
    const k = order.symbol;
    const rate = x.account.rate[k];
    x.account.units[k] += units;
    x.account.cash -= units * price * rate + commission;
    x.share[k] = order.share;
    takeOff(order, Math.abs(units));
    for (const other of x.books[k]) if (this.#isOfOne(order, other)) takeOff(other, Math.abs(units));
    tidy(x, k);
    const {symbol} = this.bars[k];
    this.#strategy.filled?.(
      {kind: "fill", time, order: id, symbol, units, price, commission, rate},
      this.#past,
      this.#desk
    );
  }

  /** Tells whether a fill of one is taken off the other (rule 10): they are of one group, whose name none had before. */
  #isOfOne(one: Order, other: Order): boolean {
    const group = this.#groups.get(one.id);
    return group !== undefined && other !== one && this.#groups.get(other.id) === group;
  }

  /** Returns the name of an order's group: that of one which still waits, else a new one. */
  #groupOf({id, symbol, oco}: Order): string {
    const others = this.#x.books[symbol].filter((other) => other.oco === oco && isAlive(other));
    const known = others.map((other) => this.#groups.get(other.id)).find((name) => name !== undefined);
    const group = known ?? `${oco} ${id}`;
    this.#groups.set(id, group);
    return group;
  }

  /** Runs what may want something, takes what it wants, and tells what came of it. */
  #decided(run: () => void): Decision {
    const x = this.#x;
    const [last, told] = [x.lastOrder, x.journal.length];
    run();
    for (let i = 0; i < x.queue.length; ++i) {
      const event = x.queue[i];
      if (event.kind === "signal") takeSignal(x, event.order);
      else if (event.kind === "order") takeOrder(x, event.order);
      else if (event.kind === "cancel") cancelOrder(x, event.order);
    }
    x.queue.length = 0;
    const news = x.journal.slice(told);
    x.journal.length = 0;
    const orders = x.books
      .flat()
      .filter((order) => order.id > last && isAlive(order))
      .sort(
        (a, b) =>
          Number(a.side * x.account.units[a.symbol] >= 0) - Number(b.side * x.account.units[b.symbol] >= 0) ||
          a.id - b.id
      )
      .map((order) => (order.oco === undefined ? {...order} : {...order, oco: this.#groupOf(order)}));
    return {
      orders,
      cancels: news.flatMap((each) => (each.kind === "cancelled" && each.order <= last ? [each.order] : [])),
      refusals: news.flatMap((each) => (each.kind === "rejected" ? [`${each.symbol}: ${each.reason}`] : []))
    };
  }
}

/** Rests of units that float differences leave. */
const DUST = 1e-9;

function takeOff(order: Order, units: number): void {
  const left = order.units - units;
  order.units = left < DUST ? 0 : left;
}

function contextOf(bars: readonly GrowingBars[], rules: ExecutionRules): Context {
  const n = bars.length;
  return {
    bars,
    rules,
    costs: proportionalCosts(),
    account: new Account(
      0,
      bars.map(({symbol}) => symbol)
    ),
    rates: new Rates([], "", []),
    sessionOf: (time) => Math.floor(time / 86_400_000),
    books: bars.map(() => []),
    journal: [],
    queue: [],
    time: NaN,
    bar: new Int32Array(n).fill(-1),
    capacity: new Float64Array(n),
    share: new Float64Array(n).fill(NaN),
    halted: new Uint8Array(n),
    delisted: new Uint8Array(n),
    lastOrder: 0
  };
}
