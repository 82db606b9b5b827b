import {rateOf} from "./rates.js";
import type {RebalancePosition, RebalanceRequest} from "./request.js";

/** A budget exceeded by this share of it is not. */
const ROUNDING = 1e-12;

/** An account while it is traded, on paper; all in base currency. */
export class Account {
  readonly positions: readonly RebalancePosition[];
  /** Of one unit of each position. */
  readonly worth: number[];
  readonly changes: number[];
  readonly reasons: string[];
  readonly costs: number[];
  readonly #request: RebalanceRequest;
  readonly #cash: number;

  constructor(request: RebalanceRequest) {
    const {positions, cash} = request;
    this.#request = request;
    this.positions = positions;
    this.worth = positions.map(({price, currency}) => price * rateOf(currency, request));
    this.changes = positions.map(() => 0);
    this.reasons = positions.map(() => "");
    this.costs = positions.map(() => 0);
    this.#cash = Object.entries(cash).reduce(
      (sum, [name, amount]) => sum + amount * rateOf(name, request),
      0
    );
  }

  get cost(): number {
    return this.costs.reduce((sum, cost) => sum + cost, 0);
  }

  get cash(): number {
    return this.#cash - this.changes.reduce((sum, change, i) => sum + change * this.worth[i], 0) - this.cost;
  }

  get value(): number {
    return this.cash + this.worth.reduce((sum, worth, i) => sum + worth * this.held(i), 0);
  }

  held(i: number): number {
    return this.positions[i].quantity + this.changes[i];
  }

  /** Returns what of a position must be sold, beyond what is planned, so that cash is `need`: `most` where less is not enough. */
  saleFor(i: number, need: number, most: number): number {
    const {lot = 1} = this.positions[i];
    let sold = 0;
    for (
      let short = need - this.cash;
      short > 0 && sold < most;
      short = need - this.cashWith(i, this.changes[i] - sold)
    )
      sold = Math.min(most, sold + Math.max(1, Math.ceil(short / this.worth[i] / lot - 1e-9)) * lot);
    return sold;
  }

  /** Returns as much of a purchase, in lots, as a budget pays with its cost. */
  affordable(i: number, wanted: number, budget: number): number {
    const {lot = 1} = this.positions[i];
    const spent = (quantity: number) => this.cash - this.cashWith(i, this.changes[i] + quantity);
    const paid = (quantity: number) => spent(quantity) <= budget + ROUNDING * Math.abs(budget);
    if (paid(wanted)) return wanted;
    let [least, most] = [0, Math.floor(wanted / lot + 1e-9)];
    while (most - least > 1) {
      const middle = Math.floor((least + most) / 2);
      if (paid(middle * lot)) least = middle;
      else most = middle;
    }
    return least * lot;
  }

  /** Cost of a change of a position, in base currency. */
  costOf(i: number, quantity: number): number {
    if (!quantity) return 0;
    const {asset, price, currency} = this.positions[i];
    const cost = this.#request.rules?.costs?.({asset, quantity, price, currency}) ?? 0;
    if (!(cost >= 0 && cost < Infinity)) throw new RangeError(`invalid cost of trading ${asset}: ${cost}`);
    return cost * rateOf(currency, this.#request);
  }

  /** What a change leaves of the cash, its cost paid; the change takes the place of any before. */
  cashWith(i: number, change: number): number {
    return this.cash + (this.changes[i] - change) * this.worth[i] + this.costs[i] - this.costOf(i, change);
  }

  change(i: number, quantity: number, reason: string): void {
    const {quantity: held, lot = 1} = this.positions[i];
    this.changes[i] = Math.abs(held + quantity) < lot * 1e-6 ? -held : quantity;
    this.costs[i] = this.costOf(i, this.changes[i]);
    this.reasons[i] = reason;
  }
}
