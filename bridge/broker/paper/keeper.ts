import {orderRefOf} from "../../../lib/orders/order.js";
import type {CommissionReport, Execution} from "../../../lib/orders/executions.js";
import type {AccountFigures, LivePosition} from "../../../lib/live/figures.js";
import {openAccount, type PaperAccount, rolled} from "../../../lib/orders/paper/account.js";
import type {PaperEvent, PaperTerms} from "../../../lib/orders/paper/draft.js";
import {expireOrders, matchTicks, tellOrders} from "../../../lib/orders/paper/match.js";
import {markOf, type Tick} from "../../../lib/orders/paper/tick.js";
import type {BrokerEvent} from "../broker.js";
import type {PaperMarket} from "./market.js";
import {CLIENT_ID, eventsOf, figuresOf, listedOf, positionOf} from "./report.js";
import type {PaperStore} from "./store.js";

/** How often at most figures are told because prices moved. */
const FIGURES_MS = 250;

/** What happens to an account: the account after it, and what is to be told. */
export type Step = (
  account: PaperAccount,
  terms: PaperTerms
) => {account: PaperAccount; events: readonly PaperEvent[]};

interface KeeperOptions {
  store: PaperStore;
  market: PaperMarket;
  terms: () => PaperTerms;
  emit: (event: BrokerEvent) => void;
}

/** Keeps the account: what happens to it is on the disk, in one piece, before it is told. */
export class Keeper {
  #account: PaperAccount;
  readonly #options: KeeperOptions;
  readonly #last = new Map<number, Tick>();
  #figuresAt = -Infinity;

  /** @param opened the account as it begins, where the store has none */
  constructor(opened: PaperAccount, options: KeeperOptions) {
    const {store} = options;
    this.#options = options;
    const kept = store.load(opened);
    this.#account = kept ?? opened;
    if (!kept) store.save({account: opened});
    this.#watch();
  }

  get account(): PaperAccount {
    return this.#account;
  }

  figures(): AccountFigures {
    return figuresOf(this.#account, this.#options.terms());
  }

  positions(): LivePosition[] {
    return [...this.#account.positions.keys()].map((conId) => this.#position(conId)!); // each is held
  }

  /** Lets something happen. */
  step(step: Step): void {
    const {account, events} = step(this.#account, this.#options.terms());
    this.#settle(account, events);
  }

  /** Works the orders at prices of one moment. */
  hear(ticks: readonly Tick[]): void {
    for (const tick of ticks) this.#last.set(tick.conId, tick);
    this.#roll();
    this.step((account, terms) => matchTicks(account, ticks, terms));
    const moved = ticks.filter(({conId}) => this.#account.positions.has(conId));
    if (moved.length && this.#options.terms().now - this.#figuresAt >= FIGURES_MS)
      this.#tell(moved.map(({conId}) => conId));
  }

  /** Does what is to be done where no tick comes: closes of sessions that are over, and orders whose time is. */
  strike(): void {
    this.#roll();
    const {now} = this.#options.terms();
    const waiting = new Set(this.#account.orders.map(({intent}) => intent.contract.conId));
    const closing = [...this.#last.values()]
      .filter(
        (tick) =>
          waiting.has(tick.conId) && tick.moment !== "close" && !!tick.session && tick.session.to <= now
      )
      .map((tick): Tick => ({...tick, moment: "close", traded: null}));
    if (closing.length) this.hear(closing);
    this.step(expireOrders);
  }

  /** Says of a contract that is gone that what waits for it waits in vain, and that what is held stays as it is. */
  lose(conId: number): void {
    this.step((account, terms) =>
      tellOrders(account, terms, {conId, reason: "its contract is not listed any more: nobody quotes it"})
    );
    if (this.#account.positions.has(conId)) this.#tell([conId]);
  }

  /** What is the matter with what is held, a sentence each. */
  problems(): string[] {
    return [...this.#account.positions.values()]
      .filter(({contract: {conId}}) => this.#options.market.gone.has(conId))
      .map(({contract: {symbol}}) => `${symbol} is not listed any more: it stays at its last price`);
  }

  /** Begins anew with cash alone. */
  reset(cash: number): void {
    const {id, base, positions} = this.#account;
    this.#account = openAccount(id, base, cash);
    this.#options.store.save({account: this.#account});
    this.#watch();
    this.#tell(positions.keys());
  }

  #roll(): void {
    const {rateOf, now} = this.#options.terms();
    const account = rolled(this.#account, rateOf, now);
    if (account === this.#account) return;
    this.#options.store.save({account});
    this.#account = account;
  }

  #settle(account: PaperAccount, events: readonly PaperEvent[]): void {
    const {store, emit, terms} = this.#options;
    if (!events.length) {
      this.#account = account;
      return;
    }
    const fills = new Map(
      events.flatMap((event) => (event.kind === "fill" ? [[event as PaperEvent, this.#executed(event)]] : []))
    );
    store.save({
      account,
      orders: events.map((event) => listedOf(event, account.id)),
      executions: [...fills.values()]
    });
    this.#account = account;
    const at = terms().now;
    for (const event of events) {
      const fill = fills.get(event);
      if (fill) emit({kind: "execution", execution: fill.execution});
      for (const told of eventsOf(event, at)) emit(told);
      if (fill) emit({kind: "commission", report: fill.report});
    }
    this.#watch();
    if (fills.size) this.#tell(new Set([...fills.keys()].map(({order}) => order.intent.contract.conId)));
  }

  #executed({order, units, price, at, commission}: Extract<PaperEvent, {kind: "fill"}>): {
    execution: Execution;
    report: CommissionReport;
  } {
    const {intent, permId, orderId, side} = order;
    const {conId, currency} = intent.contract;
    const number = this.#options.store.next("execution").toString(16).padStart(8, "0");
    const execId = `paper.${number}.01.01`;
    const who = {
      account: this.#account.id,
      permId,
      clientId: CLIENT_ID,
      orderId,
      orderRef: orderRefOf(intent)
    };
    const what = {conId, side: side > 0 ? "BOT" : "SLD", shares: units, price, time: at} as const;
    return {execution: {execId, ...who, ...what}, report: {execId, commission, currency}};
  }

  /** Holds lines open for what is held and what waits. */
  #watch(): void {
    const {positions, orders} = this.#account;
    this.#options.market.watch(
      new Set([...positions.keys(), ...orders.map(({intent}) => intent.contract.conId)])
    );
  }

  #tell(conIds: Iterable<number>): void {
    const {emit, terms} = this.#options;
    this.#figuresAt = terms().now;
    for (const conId of conIds) {
      const position = this.#position(conId);
      if (position) emit({kind: "position", position});
    }
    emit({kind: "account", figures: this.figures()});
  }

  /** Returns what is held of a contract, or that nothing is; null for one that is not known. */
  #position(conId: number): LivePosition | null {
    const held = this.#account.positions.get(conId);
    const facts = this.#options.market.known(conId);
    const contract = held?.contract ?? facts?.contract;
    if (!contract) return null;
    const tick = this.#last.get(conId);
    const mark = (tick && markOf(tick)) ?? NaN;
    const told = positionOf(
      this.#account.id,
      held ?? {contract, units: 0, price: mark, mark, settled: mark},
      {
        label:
          facts?.label ??
          `${contract.symbol}${this.#options.market.gone.has(conId) ? ", not listed any more" : ""}`,
        markedAt: tick?.at ?? null
      }
    );
    return held ? told : {...told, averageCost: null, price: null, value: 0, unrealized: 0};
  }
}
