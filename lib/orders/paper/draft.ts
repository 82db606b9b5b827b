import type {ExecutionRules} from "../../backtest/contract.js";
import type {Costs} from "../../backtest/costs/costs.js";
import type {OrderContract} from "../order.js";
import {DUST, type PaperAccount, type PaperPosition, type RateOf, type Seen} from "./account.js";
import {groupOf, type WorkingOrder} from "./working.js";

/** What orders are matched by. */
export interface PaperTerms {
  /** Of the execution contract, those that a broker has. */
  rules: Pick<ExecutionRules, "wholeUnits" | "volumeShare" | "margin">;
  /** Of a contract; null where nobody has said what it costs: its orders are rejected. */
  costsOf: (contract: OrderContract) => Costs | null;
  rateOf: RateOf;
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/** What has become of an order. `order` is as it is after that. */
export type PaperEvent =
  | {kind: "taken" | "changed"; order: WorkingOrder}
  /** It waits for something that a person should know. */
  | {kind: "waits"; order: WorkingOrder; reason: string}
  | {
      kind: "fill";
      order: WorkingOrder;
      at: number;
      units: number;
      price: number;
      /** In the contract's currency. */
      commission: number;
      /** Gains of what it closed, its commission taken off, in base currency. */
      realized: number;
    }
  /** Over before it was filled whole. */
  | {
      kind: "ended";
      order: WorkingOrder;
      as: "cancelled" | "rejected" | "expired";
      reason: string;
      code?: number;
    };

/** An account while something happens to it; the account that it was made of stays as it is. */
export class Draft {
  readonly terms: PaperTerms;
  readonly events: PaperEvent[] = [];
  readonly orders: WorkingOrder[];
  readonly seen: Map<number, Seen>;
  cash: PaperAccount["cash"];
  positions: ReadonlyMap<number, PaperPosition>;
  realized: number;
  readonly #before: PaperAccount;

  constructor(account: PaperAccount, terms: PaperTerms) {
    this.#before = account;
    this.terms = terms;
    this.orders = account.orders.map((order) => ({...order}));
    this.seen = new Map(account.seen);
    ({cash: this.cash, positions: this.positions, realized: this.realized} = account);
  }

  held({conId}: OrderContract): number {
    return this.positions.get(conId)?.units ?? 0;
  }

  mark(conId: number, price: number): void {
    const position = this.positions.get(conId);
    if (position) this.positions = new Map(this.positions).set(conId, {...position, mark: price});
  }

  tell(event: PaperEvent): void {
    this.events.push({...event, order: {...event.order}});
  }

  /** Says once what an order waits for. */
  waits(order: WorkingOrder, reason: string): void {
    if (order.problem === reason) return;
    order.problem = reason;
    this.tell({kind: "waits", order, reason});
  }

  /** Ends an order before it is filled whole, and with it the exits that it has not brought to life. */
  end(order: WorkingOrder, as: "cancelled" | "rejected" | "expired", reason: string, code?: number): void {
    order.units = 0;
    this.tell({kind: "ended", order, as, reason, ...(code !== undefined && {code})});
    this.settleExits(order);
  }

  /** Takes filled units off what is left; an order that has nothing left, and was not filled whole, has ended. */
  reduce(order: WorkingOrder, units: number, reason: string): void {
    takeOff(order, units);
    if (order.units === 0 && order.filled < order.intent.quantity * (1 - DUST))
      this.end(order, "cancelled", reason);
  }

  /** Takes what an order filled off the others of its group; those of other contracts go (rule 10). */
  shareOut(order: WorkingOrder, units: number): void {
    const group = groupOf(order);
    if (group === undefined) return;
    const reason = `order ${order.orderId} of its group filled`;
    for (const other of this.orders) {
      if (other === order || other.units === 0 || groupOf(other) !== group) continue;
      if (other.intent.contract.conId !== order.intent.contract.conId) this.end(other, "cancelled", reason);
      else this.reduce(other, units, reason);
    }
  }

  /** Brings the exits of an entry to life for what it opened; a trailing one begins at the market's price. */
  wakeExits({orderId}: WorkingOrder, opened: number, price: number): void {
    for (const exit of this.orders) {
      if (exit.parentId !== orderId || exit.units === 0 || !(opened > 0)) continue;
      if (!exit.woken) exit.best = price;
      exit.woken = (exit.woken ?? 0) + opened;
      this.tell({kind: "changed", order: exit});
    }
  }

  /** Once an entry is over, its exits are for what it opened, and those of nothing go. */
  settleExits({orderId, units}: WorkingOrder): void {
    if (units > 0) return;
    for (const exit of this.orders) {
      if (exit.parentId !== orderId || exit.units === 0) continue;
      const woken = exit.woken ?? 0;
      if (woken === 0) this.end(exit, "cancelled", "its entry is over");
      else exit.units = Math.min(exit.units, woken);
    }
  }

  /** Takes exits away that have nothing left to close; those of an entry that still works wait for what it opens next. */
  dropExits(contract: OrderContract): void {
    const held = this.held(contract);
    for (const exit of this.orders) {
      const isIdle = exit.parentId === 0 || exit.units === 0 || !exit.woken;
      if (isIdle || exit.intent.contract.conId !== contract.conId || exit.side * held < 0) continue;
      if (this.orders.some(({orderId, units}) => orderId === exit.parentId && units > 0))
        this.reduce(exit, exit.woken ?? 0, "nothing is held to close");
      else this.end(exit, "cancelled", "nothing is held to close");
    }
  }

  /** Returns the account as it is now. */
  done(): {account: PaperAccount; events: PaperEvent[]} {
    const {cash, positions, realized, seen} = this;
    const orders = this.orders.filter(({units}) => units > 0);
    return {account: {...this.#before, cash, positions, realized, seen, orders}, events: this.events};
  }
}

/** Takes units off what is left; an exit that has none awake any more begins anew with what its entry opens next. */
export function takeOff(order: WorkingOrder, units: number): void {
  const rest = (of: number) => (of - units <= DUST * units ? 0 : of - units);
  order.units = rest(order.units);
  if (order.woken === null) return;
  order.woken = rest(order.woken);
  if (order.woken === 0) order.elected = false;
}
