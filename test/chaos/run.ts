/** One run: a desk, a stand-in for TWS, a schedule of orders and of faults that the desk does not know. */
import {rmSync, mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {OrdersStore} from "../../bridge/execution/orders-store.js";
import type {OrderAsk} from "../../lib/orders/desk.js";
import {checkJournal, type JournalEntry} from "../../lib/orders/journal.js";
import {positionsAfter} from "../../lib/orders/reconcile.js";
import {FINAL, stateOf, type OrderEvent, type OrderState} from "../../lib/orders/state.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {DEFAULT_LIMITS} from "../../lib/orders/risk/limits.js";
import {stream, type Random} from "../../sim/account/market/random.js";
import {noFaults, startTws, type Entry, type Tws} from "../../sim/tws/service.js";
import type {DeskPool, DeskProcess} from "./desk-pool.js";

/** A Friday noon in New York: no session ends while a run goes on. */
const NOON = Date.UTC(2026, 10, 20, 17);
const ACCOUNT = "DU7000001";
const SYMBOLS = ["VQTM", "LKMQ", "LDNQ"];

/** How long a run may take to come to rest after its faults were taken away. */
const REST_MS = 60_000;

/** What a run met, for the count of all. */
export type Met = Record<string, number>;

export interface Finding {
  seed: number;
  problems: string[];
  met: Met;
}

/** Plays a run and returns what is wrong after it. */
export async function play(seed: number, pool: DeskPool): Promise<Finding> {
  const random = stream(seed, "chaos");
  const folder = mkdtempSync(join(tmpdir(), "chaos-"));
  const file = join(folder, "orders.db");
  const shift = NOON - Date.now();
  const tws = await startTws({
    version: random.next() < 0.5 ? 176 : 193,
    seed,
    clock: () => new Date(Date.now() + shift),
    everyMs: 5
  });
  prepare(file, NOON);
  const before = tws.positions();
  const world = new World({seed, random, tws, pool, start: {file, port: tws.port, shift}});
  try {
    await world.play();
    await world.rest();
    return {seed, ...world.judge(before, await tws.ledger())};
  } catch (error) {
    return {
      seed,
      problems: [`the run failed: ${error instanceof Error ? error.message : String(error)}`],
      met: {}
    };
  } finally {
    await world.desk?.kill();
    await tws.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Limits that let the strategy trade: what is tested here is what happens on the way. */
function prepare(file: string, at: number): void {
  const store = new OrdersStore(file);
  const limits = {
    ...DEFAULT_LIMITS,
    positionNotional: null,
    grossNotional: null,
    orderValue: null,
    dailyLoss: null,
    ordersPerMinute: null,
    duplicateSeconds: 0,
    priceCollar: null,
    regularHoursOnly: false
  };
  store.append(at, [
    {kind: "control", by: "the chaos", control: {what: "limits", account: ACCOUNT, limits, strategies: {}}}
  ]);
  store.close();
}

interface WorldOptions {
  seed: number;
  random: Random;
  tws: Tws;
  pool: DeskPool;
  start: {file: string; port: number; shift: number};
}

class World {
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
      else await this.#fault();
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
    if (random.next() < 0.6) this.#submit(); // so that it dies with one on its way
    await sleep(random.between(0, 12));
    await this.desk?.kill();
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

  async #fault(): Promise<void> {
    const {random, tws} = this.#o;
    const {faults, controls} = tws;
    const kind = FAULTS[random.between(0, FAULTS.length - 1)];
    this.#meet(kind);
    switch (kind) {
      case "a drop":
        controls.drop();
        break;
      case "silence":
        faults.silent = true;
        await sleep(random.between(20, 1000));
        faults.silent = false;
        break;
      case "link lost, data lost":
      case "link lost, data kept":
        controls.loseLink();
        await sleep(random.between(5, 60));
        controls.restoreLink(kind === "link lost, data lost" ? "lost" : "kept");
        break;
      case "everything twice":
        faults.twice = !faults.twice;
        break;
      case "reversed":
        faults.reversed = !faults.reversed;
        break;
      case "late":
        faults.lateSteps = faults.lateSteps ? 0 : random.between(1, 8);
        break;
      case "split frames":
        faults.split = !faults.split;
        break;
      case "slow cancels":
        faults.cancelSteps = faults.cancelSteps ? 0 : random.between(1, 10);
        break;
      case "a reject":
        faults.rejects.push({code: 201, message: "Order rejected - reason:chaos"});
        break;
      case "a correction": {
        const fills = (await tws.ledger()).flatMap((entry) => (entry.kind === "fill" ? [entry] : []));
        const fill = fills.at(-1);
        if (fill && fill.execId.endsWith(".01.01")) controls.correct(fill.execId, {price: fill.price + 0.01});
        break;
      }
      case "an order by hand": {
        const listing = tws.catalogue.all.find(({localSymbol}) => localSymbol === "VQTM")!; // it is listed
        controls.byHand(listing.conId, "BUY", 3, 1000);
        break;
      }
      case "the nightly reset":
        controls.nightlyReset();
        await sleep(random.between(10, 80));
        faults.down = false;
        controls.restoreLink("lost");
    }
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
    const {tws} = this.#o;
    const {entries} = this.#lines();
    const problems: string[] = [];
    const check = checkJournal(entries);
    if (check.problem) problems.push(`the journal does not verify: ${check.problem.sentence}`);
    if (tws.broken.length) problems.push(`the stand-in could not read ${tws.broken.length} messages`);
    const {states, strangers} = replay(entries);

    const placed = new Map<string, number>();
    for (const entry of ledger)
      if (entry.kind === "order" && entry.order.orderRef)
        placed.set(entry.order.orderRef, (placed.get(entry.order.orderRef) ?? 0) + 1);
    for (const [ref, times] of placed) if (times > 1) problems.push(`${ref} was sent ${times} times`);

    const lastStatus = new Map<string, string>();
    const refs = new Map<number, string>();
    for (const entry of ledger) {
      if (entry.kind === "order") refs.set(entry.permId, entry.order.orderRef);
      if (entry.kind === "status") lastStatus.set(refs.get(entry.permId) ?? "", entry.status);
    }
    for (const {state} of states.values()) {
      const ref = `app:${state.intent.id}`;
      const theirs = lastStatus.get(ref);
      const fits = FITS[state.status];
      if (fits === undefined || !fits.includes(theirs ?? "never"))
        problems.push(`${ref} is ${state.status} here and ${theirs ?? "never"} there`);
    }
    for (const ref of placed.keys())
      if (ref.startsWith("app:") && !states.has(ref.slice(4))) problems.push(`${ref} is not in the journal`);

    const sum = (rows: readonly {account: string; conId: number; units: number}[]) =>
      Object.fromEntries(rows.map(({account, conId, units}) => [`${account} ${conId}`, units]));
    const own = positionsAfter(
      before.map(({account, conId, quantity}) => ({account, conId, units: quantity})),
      [...[...states.values()].flatMap(({state}) => state.fills), ...strangers]
    );
    const [ours, theirs] = [
      sum(own),
      sum(tws.positions().map(({account, conId, quantity}) => ({account, conId, units: quantity})))
    ];
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
      if (Math.abs((ours[key] ?? 0) - (theirs[key] ?? 0)) > 1e-9)
        problems.push(`position ${key}: ${ours[key] ?? 0} here, ${theirs[key] ?? 0} there`);
    problems.push(...leftBesideAFill(states.values()));
    this.#count(states);
    return {problems, met: this.#met};
  }

  /** Counts what orders went through. */
  #count(states: ReadonlyMap<string, Seen>): void {
    for (const {state, events} of states.values()) {
      const kinds = events.map(({event}) => event.kind);
      const at = (kind: OrderEvent["kind"]) => kinds.indexOf(kind);
      const sent = events.find(({event}) => event.kind === "sending");
      const next = sent && events[events.indexOf(sent) + 1];
      const crossed = sent && next && this.#killedAt.some((seq) => sent.seq <= seq && seq < next.seq);
      if (crossed) {
        const isSettled = next.event.kind === "settled";
        this.#meet(isSettled ? "on its way at a kill, never arrived" : "on its way at a kill, found again");
      }
      if (state.status === "filled") this.#meet("filled");
      if (state.status === "not-sent") this.#meet("not sent");
      if (state.status === "rejected") this.#meet("refused");
      if (state.status === "cancelled") this.#meet("cancelled");
      if (at("execution") >= 0 && !kinds.slice(0, at("execution")).includes("status"))
        this.#meet("a fill before any status");
      if (at("cancelling") >= 0 && kinds.lastIndexOf("execution") > at("cancelling"))
        this.#meet("a fill after a cancel");
      if (state.fills.some(({corrects}) => corrects.length)) this.#meet("an execution corrected");
      if (state.fills.length > 1) this.#meet("filled in parts");
    }
  }
}

const FAULTS = [
  "a drop",
  "silence",
  "link lost, data lost",
  "link lost, data kept",
  "everything twice",
  "reversed",
  "late",
  "split frames",
  "slow cancels",
  "a reject",
  "a correction",
  "an order by hand",
  "the nightly reset"
] as const;

/** What the stand-in may say of an order that we say this of; `never` when it never had it. */
const FITS: Partial<Record<OrderState["status"], readonly string[]>> = {
  held: ["PreSubmitted"],
  working: ["Submitted"],
  "partly-filled": ["Submitted", "PreSubmitted"],
  blocked: ["Inactive"],
  filled: ["Filled"],
  cancelled: ["Cancelled", "ApiCancelled"],
  rejected: ["never", "Inactive", "Cancelled"],
  "not-sent": ["never"]
};

/** Orders that still work though another of their group has filled. */
function leftBesideAFill(all: Iterable<Seen>): string[] {
  const groups = new Map<string, OrderState[]>();
  for (const {state} of all) {
    const {oca, parent} = state.intent;
    if (oca !== undefined && parent === undefined) groups.set(oca, [...(groups.get(oca) ?? []), state]);
  }
  return [...groups].flatMap(([group, states]) =>
    states
      .filter(
        (state) => !FINAL.has(state.status) && states.some((other) => other !== state && other.filled > 0)
      )
      .map(({intent, status}) => `app:${intent.id} is ${status} though another of ${group} has filled`)
  );
}

interface Seen {
  state: OrderState;
  events: {seq: number; event: OrderEvent}[];
}

/** Where orders stand by the journal alone, and what others traded; each execution once, as it was last told. */
function replay(entries: readonly JournalEntry[]): {
  states: Map<string, Seen>;
  strangers: {account: string; conId: number; side: "BOT" | "SLD"; shares: number}[];
} {
  const intents = new Map<string, OrderIntent>();
  const events = new Map<string, Seen["events"]>();
  const strangers = new Map<string, {account: string; conId: number; side: "BOT" | "SLD"; shares: number}>();
  for (const {seq, body} of entries) {
    if (body.kind === "intent") intents.set(body.intent.id, body.intent);
    if (body.kind === "event")
      events.set(body.intent, [...(events.get(body.intent) ?? []), {seq, event: body.event}]);
    if (body.kind === "stranger" && body.event.kind === "execution") {
      const {execution} = body.event;
      strangers.set(execution.execId.slice(0, execution.execId.lastIndexOf(".")), execution);
    }
  }
  const states = new Map(
    [...intents].map(([id, intent]): [string, Seen] => {
      const own = events.get(id) ?? [];
      return [
        id,
        {
          state: stateOf(
            intent,
            own.map(({event}) => event)
          ),
          events: own
        }
      ];
    })
  );
  return {states, strangers: [...strangers.values()]};
}
