import type {BarAction} from "../bars.js";
import {happen} from "./actions.js";
import type {Context, Event} from "./context.js";
import {carry} from "./carry.js";
import {cancelOrder, takeOrder, takeSignal} from "./decide.js";
import {QueueDesk} from "./desk.js";
import {finish} from "./end.js";
import {workBars, workSameClose} from "./exchange.js";
import type {Filled} from "./journal.js";
import {advance, type Past, Series} from "./past.js";
import type {Strategy} from "./strategy.js";

/** A price or a rate that was carried on because no other came. */
export interface Carried {
  /** Symbol that was held, or currency. */
  of: string;
  /** The longest time, and when it was that old. */
  ageMs: number;
  time: number;
}

const DAY_MS = 86_400_000;

/** What a strategy did that ends its run. */
class Fault extends Error {}

/** The queue of events, moment by moment: market, then fills, then what the strategy wants, then the fills of that. */
export class Loop {
  readonly #x: Context;
  readonly #strategy: Strategy;
  readonly #actions: readonly (readonly BarAction[])[];
  readonly #eventsAtOnce: number;
  readonly #desk: QueueDesk;
  readonly #past: Past & {now: number};
  readonly #all: readonly number[];
  /** Symbols that have actions. */
  readonly #acting: readonly number[];
  /** Actions of each symbol that have happened. */
  readonly #happened: Int32Array;
  readonly #carried = new Map<number, Carried>();
  readonly #market: Event = {kind: "market"};
  #fresh: readonly number[] = [];
  #events = 0;

  constructor(
    x: Context,
    strategy: Strategy,
    {actions, eventsAtOnce}: {actions: readonly (readonly BarAction[])[]; eventsAtOnce: number}
  ) {
    this.#x = x;
    this.#strategy = strategy;
    this.#actions = actions;
    this.#eventsAtOnce = eventsAtOnce;
    this.#desk = new QueueDesk(x);
    this.#past = {now: NaN, series: x.bars.map((bars) => new Series(bars))};
    this.#all = x.bars.map((_, k) => k);
    this.#acting = this.#all.filter((k) => actions[k].length);
    this.#happened = new Int32Array(x.bars.length);
  }

  /**
   * Lets a moment pass.
   * @param n how many came before
   * @returns why the strategy was stopped, if it was
   */
  moment(n: number, time: number): {strategy: string; time: number; reason: string} | undefined {
    const x = this.#x;
    const days = (time - x.time) / DAY_MS;
    x.time = this.#past.now = time;
    if (n > 0) carry(x, days);
    this.#fresh = this.#freshAt(time);
    this.#events = 0;
    try {
      this.#handle(this.#market);
      this.#drain();
      if (n >= x.rules.firstDecision) this.#ask();
      this.#drain();
      return undefined;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const stopped = {strategy: this.#strategy.name, time, reason: error.message};
      x.journal.push({kind: "stopped", ...stopped});
      return stopped;
    } finally {
      if (this.#fresh !== this.#all) this.#age(time);
    }
  }

  /** Does what is to be done after the last moment. */
  end(): void {
    this.#act((k, bar) => this.#isAfterLast(k, bar));
    finish(this.#x, this.#fresh);
    this.#x.queue.length = 0;
  }

  carried(): Carried[] {
    return [...this.#carried.values(), ...this.#x.rates.carried()];
  }

  /** Returns the symbols that have a bar now. */
  #freshAt(time: number): readonly number[] {
    const {bars, bar} = this.#x;
    let count = 0;
    for (const k of this.#all) {
      if (bars[k].time[bar[k] + 1] !== time) continue;
      ++bar[k];
      ++count;
    }
    return count === this.#all.length ? this.#all : this.#all.filter((k) => bars[k].time[bar[k]] === time);
  }

  #drain(): void {
    const {queue} = this.#x;
    while (queue.length) this.#handle(queue.shift()!); // there is one
  }

  #handle(event: Event): void {
    const x = this.#x;
    if (++this.#events > this.#eventsAtOnce)
      throw new Fault(`more than ${this.#eventsAtOnce} events at one moment`);
    this.#do(event);
    if (!x.queue.length && x.rules.fill === "same-close") workSameClose(x, this.#fresh);
  }

  #do(event: Event): void {
    const x = this.#x;
    switch (event.kind) {
      case "market":
        return this.#work();
      case "signal":
        return takeSignal(x, event.order);
      case "order":
        return takeOrder(x, event.order);
      case "cancel":
        return cancelOrder(x, event.order);
      case "fill":
        if (this.#strategy.filled) this.#ask(event.fill);
    }
  }

  #work(): void {
    const x = this.#x;
    const fresh = this.#fresh;
    x.rates.set(x.account.rate, x.time, "before");
    if (this.#acting.length)
      this.#act((k, bar) => bar <= x.bar[k] || (!fresh.includes(k) && this.#isAfterLast(k, bar)));
    workBars(x, fresh);
    for (const k of this.#all) advance(this.#past.series[k], x.bar[k] + 1);
  }

  /** Lets the actions happen that are due. */
  #act(isDue: (symbol: number, bar: number) => boolean): void {
    const {bars, bar, account} = this.#x;
    for (const k of this.#acting) {
      for (let done = this.#happened[k]; done < this.#actions[k].length; ++done) {
        const action = this.#actions[k][done];
        if (!isDue(k, action.bar)) break;
        happen(this.#x, k, action, action.bar === bar[k] ? bars[k].open[bar[k]] : account.mark[k]);
        this.#happened[k] = done + 1;
      }
    }
  }

  /** Tells whether an action comes right after a symbol's last bar, which is over. */
  #isAfterLast(symbol: number, bar: number): boolean {
    return bar === this.#x.bars[symbol].time.length && this.#x.bar[symbol] === bar - 1;
  }

  #age(time: number): void {
    const {account, bars, bar} = this.#x;
    for (const k of this.#all) {
      if (account.units[k] === 0) continue;
      const ageMs = time - bars[k].time[bar[k]];
      if (ageMs > (this.#carried.get(k)?.ageMs ?? 0)) this.#carried.set(k, {of: bars[k].symbol, ageMs, time});
    }
  }

  /** Asks the strategy, or tells it of a fill. */
  #ask(fill?: Filled): void {
    try {
      if (fill) this.#strategy.filled?.(fill, this.#past, this.#desk);
      else this.#strategy.decide(this.#past, this.#desk);
    } catch (error) {
      throw new Fault(error instanceof Error ? error.message : String(error), {cause: error});
    }
  }
}
