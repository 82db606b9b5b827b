import type {Context} from "./context.js";
import {type Bracket, checkBracket, marketOrder, orderOf, type OrderRequest} from "./order.js";
import type {Desk} from "./strategy.js";

/** What a strategy does goes into the engine's queue; what it sees is the account as it is. */
export class QueueDesk implements Desk {
  readonly #x: Context;
  readonly #index: ReadonlyMap<string, number>;

  constructor(x: Context) {
    this.#x = x;
    this.#index = new Map(x.bars.map(({symbol}, k) => [symbol, k]));
  }

  get cash(): number {
    return this.#x.account.cash;
  }

  get equity(): number {
    return this.#x.account.equity();
  }

  position(symbol: string): number {
    return this.#x.account.units[this.#symbol(symbol)];
  }

  waiting(symbol: string): number {
    return this.#x.books[this.#symbol(symbol)].length;
  }

  signal(symbol: string, share: number, {bracket}: {bracket?: Bracket} = {}): void {
    if (!Number.isFinite(share)) throw new RangeError(`invalid share: ${share}`);
    const order = marketOrder(this.#x.lastOrder + 1, this.#symbol(symbol), 0, NaN);
    order.share = share;
    order.bracket = checkBracket(bracket);
    this.#x.queue.push({kind: "signal", order});
    ++this.#x.lastOrder;
  }

  order(request: OrderRequest): number {
    const k = this.#symbol(request.symbol);
    const order = orderOf(request, this.#x.lastOrder + 1, k, this.#x.account.mark[k]);
    this.#x.queue.push({kind: "order", order});
    return ++this.#x.lastOrder;
  }

  cancel(order: number): void {
    this.#x.queue.push({kind: "cancel", order});
  }

  #symbol(symbol: string): number {
    const k = this.#index.get(symbol);
    if (k === undefined)
      throw new RangeError(`no symbol ${symbol}: there are ${[...this.#index.keys()].join(", ")}`);
    return k;
  }
}
