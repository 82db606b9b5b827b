import {setTimeout as sleep} from "node:timers/promises";
import {OrdersStore} from "../../bridge/execution/orders-store.js";
import type {OrderAsk} from "../../lib/orders/desk.js";
import type {JournalEntry} from "../../lib/orders/journal.js";
import type {Random} from "../../sim/account/market/random.js";
import {noFaults, type Entry, type Tws} from "../../sim/tws/service.js";
import type {DeskPool, DeskProcess} from "./desk-pool.js";
import {fault} from "./faults.js";
import {judge} from "./judge.js";

/** The account that orders are of. */
export const ACCOUNT = "DU7000001";
const SYMBOLS = ["VQTM", "LKMQ", "LDNQ"];

/** How long a run may take to come to rest after its faults were taken away. */
const REST_MS = 60_000;

/** What a run met, for the count of all. */
export type Met = Record<string, number>;

interface WorldOptions {
  seed: number;
  random: Random;
  tws: Tws;
  pool: DeskPool;
  start: {file: string; port: number; shift: number};
}

/** A desk, the stand-in that it talks to, and what the seed lets happen. */
export class World {
  readonly #o: WorldOptions;
  readonly #asked: OrderAsk[] = [];
  readonly #met: Met = {};
  /** Sequence numbers of the journal at which a desk was killed. */
  readonly #killedAt: number[] = [];
  readonly #answered = new Set<string>();
  readonly #failed: string[] = [];
  #unlocked = false;
  #reconciled = false;
  #differences: {account: string; conId: number; theirs: number}[] = [];
  desk: DeskProcess | undefined;

  constructor(options: WorldOptions) {
    this.#o = options;
  }

  /** Orders and faults, in an order that the seed decides. */
  async play(): Promise<void> {
    const {random} = this.#o;
    await this.#startDesk();
    await this.#until(() => this.#unlocked, "the first comparison");
    const steps = random.between(14, 26);
    for (let i = 0; i < steps; ++i) {
      const dice = random.next();
      if (dice < 0.5) await this.#order();
      else if (dice < 0.58) this.#again();
      else if (dice < 0.7) this.#cancel();
      else if (dice < 0.72) this.#killSwitch();
      else if (dice < 0.79) await this.#crash();
      else this.#meet(await fault(this.#o.tws, random));
      await sleep(random.between(0, 60));
    }
  }

  /** Takes the faults away and waits until desk and stand-in have nothing more to say. */
  async rest(): Promise<void> {
    const {tws} = this.#o;
    Object.assign(tws.faults, noFaults());
    tws.controls.restoreLink("kept");
    if (!this.desk?.isAlive) await this.#startDesk();
    await this.#until(() => {
      this.#acknowledge();
      return this.#unlocked;
    }, "the last comparison");
    this.#reconciled = false;
    this.desk?.say({reconcile: true}); // trades of others that nobody told of
    await this.#until(() => this.#reconciled, "the reconciliation asked for");
    const end = Date.now() + REST_MS;
    for (let calm = 0, last = -1; calm < 8;) {
      if (Date.now() > end) throw new Error(`rest did not come: ${this.#tail()}`);
      await sleep(25);
      this.#acknowledge();
      const {seq} = this.#lines();
      calm = seq === last && this.#unlocked ? calm + 1 : 0;
      last = seq;
    }
  }

  /** The journal's last lines and where the desk stands, for a run that does not end. */
  #tail(): string {
    const lines = this.#lines().entries.slice(-12);
    return JSON.stringify({
      isUnlocked: this.#unlocked,
      isAlive: this.desk?.isAlive,
      failed: this.#failed,
      differences: this.#differences,
      lines
    });
  }

  /** As the person does who looks at a difference and takes it as it is. */
  #acknowledge(): void {
    for (const {account, conId, theirs} of this.#differences.splice(0)) {
      this.#meet("a difference of positions");
      this.desk?.say({acknowledge: {account, conId, units: theirs}});
    }
  }

  async #startDesk(): Promise<void> {
    this.#unlocked = false;
    const desk = await this.#o.pool.start(this.#o.start);
    this.desk = desk;
    desk.onTold(({unlocked, differences, answered, reconciled, failed}) => {
      if (failed !== undefined) this.#failed.push(failed);
      if (reconciled) this.#reconciled = true;
      if (answered) this.#answered.add(answered.id);
      if (unlocked !== undefined) this.#unlocked = unlocked;
      if (differences) this.#differences = differences;
    });
  }

  /** Mostly waits for the desk's answer, so that there is something at work when the next thing happens. */
  async #order(): Promise<void> {
    const id = this.#submit();
    if (this.#o.random.next() < 0.7) await this.#until(() => this.#answered.has(id), "an answer", 1500);
  }

  async #crash(): Promise<void> {
    const {random} = this.#o;
    this.#meet("kill -9");
    const {faults} = this.#o.tws;
    const dice = random.next();
    if (dice < 0.3) {
      await this.#until(() => this.#unlocked, "a desk that sends", 1500);
      faults.nextOrder = dice < 0.15 ? "lost" : "unheard";
    }
    if (dice < 0.6) this.#submit(); // so that it dies with one on its way
    if (dice < 0.3) await this.#until(() => faults.nextOrder === undefined, "an order that leaves", 300);
    else await sleep(random.between(0, 12));
    await this.desk?.kill();
    faults.silent = false;
    this.#killedAt.push(this.#lines().seq);
    if (random.next() < 0.3) await sleep(random.between(20, 120)); // orders fill while nobody looks
    await this.#startDesk();
    if (random.next() < 0.7)
      await this.#until(() => this.#unlocked || this.#differences.length > 0, "a comparison", 1500);
  }

  #submit(): string {
    const {random, tws, seed} = this.#o;
    const symbol = SYMBOLS[random.between(0, SYMBOLS.length - 1)];
    const listing = tws.catalogue.all.find(({localSymbol}) => localSymbol === symbol)!; // each is listed
    const {last} = tws.market.quote(listing, new Date(Date.now() + this.#o.start.shift));
    const action = random.next() < 0.5 ? "BUY" : "SELL";
    const away = (random.next() - 0.4) * 0.02 * (action === "BUY" ? -1 : 1);
    const price = (of: number) => Math.round(of * 100) / 100;
    const isMarket = random.next() < 0.3;
    const sign = action === "BUY" ? 1 : -1;
    const id = `00000000-0000-4000-8000-${(seed * 1000 + this.#asked.length).toString(16).padStart(12, "0")}`;
    const ask: OrderAsk = {
      id,
      account: ACCOUNT,
      conId: listing.conId,
      action,
      quantity: random.next() < 0.2 ? random.between(400, 900) : random.between(1, 40), // some beyond what is quoted
      ...(isMarket ? {type: "MKT"} : {type: "LMT", limit: price(last * (1 + away))}),
      tif: random.next() < 0.1 ? "IOC" : "DAY",
      ...(!isMarket &&
        random.next() < 0.25 && {
          bracket: {takeProfit: price(last * (1 + sign * 0.03)), stopLoss: price(last * (1 - sign * 0.03))}
        })
    };
    if (ask.bracket) this.#meet("a bracket");
    if (!ask.bracket && random.next() < 0.25) {
      ask.oca = `group ${seed} ${Math.floor(this.#asked.length / 3)}`;
      this.#meet("a group");
    }
    this.#asked.push(ask);
    this.desk?.say({submit: ask});
    return id;
  }

  /** The second click: the same order, asked again. */
  #again(): void {
    const ask = this.#pick();
    if (!ask) return;
    this.#meet("a second click");
    this.desk?.say({submit: ask});
  }

  #cancel(): void {
    const ask = this.#o.random.next() < 0.6 ? this.#asked.at(-1) : this.#pick();
    if (!ask) return;
    this.#meet("a cancel");
    this.desk?.say({cancel: ask.id});
  }

  #killSwitch(): void {
    this.#meet("the kill switch");
    this.desk?.say({kill: {on: true, reason: "chaos", cancel: "opening"}});
    this.desk?.say({kill: {on: false, reason: "chaos", cancel: "opening"}});
  }

  #pick(): OrderAsk | undefined {
    return this.#asked[this.#o.random.between(0, Math.max(this.#asked.length - 1, 0))];
  }

  #meet(what: string): void {
    this.#met[what] = (this.#met[what] ?? 0) + 1;
  }

  async #until(holds: () => boolean, what: string, withinMs = REST_MS): Promise<void> {
    const end = Date.now() + withinMs;
    while (!holds()) {
      if (Date.now() > end) {
        if (withinMs < REST_MS) return; // a fault stands in its way
        throw new Error(`${what} did not come: ${this.#tail()}`);
      }
      await sleep(5);
    }
  }

  #lines(): {seq: number; entries: JournalEntry[]} {
    const store = new OrdersStore(this.#o.start.file);
    const entries = [...store.all()];
    store.close();
    return {seq: entries.at(-1)?.seq ?? 0, entries};
  }

  /** Holds the journal against the stand-in's own ledger. */
  judge(before: ReturnType<Tws["positions"]>, ledger: readonly Entry[]): {problems: string[]; met: Met} {
    const {entries} = this.#lines();
    const {problems, met} = judge(entries, {tws: this.#o.tws, before, ledger, killedAt: this.#killedAt});
    for (const what of met) this.#meet(what);
    return {problems, met: this.#met};
  }
}
