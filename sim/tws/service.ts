/**
 * A stand-in for Trader Workstation (or IB Gateway) on loopback: it speaks TWS's socket protocol, with a reader and a
 * writer of its own, to any client of versions up to 193.
 *
 * It is for tests and for the demo. Layouts come from what public clients read, and those of which others published
 * recordings are held against them (test/sim/tws/recorded.ts); the rest proves that a client agrees with other
 * clients, not that it agrees with a real TWS. The accounts, prices and contracts are the demo's. What it simplifies:
 * one set of hours for all venues; an order trades first at the step after it came, against that step's quote sizes;
 * margin by rules of thumb (margin.ts); children wait until their parent is filled; prices of a contract with a
 * magnifier are on the wire in the small unit wherever a venue's price stands (ticks, bars, orders, executions) and in
 * the contract's currency in accounts, minTick and market rules.
 */

import {createServer, type AddressInfo, type Socket} from "node:net";
import {stream as randomStream} from "../account/market/random.js";
import {answer, isOrderRequest, order as orderAnswer, type OrderRequest} from "./answer.js";
import {tellAccount, tellProfit} from "./answer-account.js";
import {tellBars, tellRealTime} from "./answer-bars.js";
import {messagesOf, ownerOf} from "./answer-orders.js";
import {tellQuotes} from "./answer-quotes.js";
import {type Catalogue, listings} from "./catalogue.js";
import {makeControls, type TwsControls} from "./controls.js";
import type {Desk, TwsCall} from "./desk.js";
import {type Happening, makeExchange} from "./exchange.js";
import {noFaults, NOTES, type TwsFaults} from "./faults.js";
import {HistoricalPacing} from "./historical-pacing.js";
import {makeHouse} from "./house.js";
import {type Entry, memoryLedger, openLedger} from "./ledger.js";
import type {Listing} from "./listing.js";
import {makeMarket, type Market} from "./market.js";
import {type Opening, paperAccounts} from "./opening.js";
import {farms, Session} from "./session.js";
import {managedAccounts, nextValidId} from "./wire/encode-status.js";
import type {Message} from "./wire/frames.js";

export type {Entry} from "./ledger.js";
export type {TwsCall} from "./desk.js";
export {noFaults, type TwsFaults} from "./faults.js";

export interface TwsOptions {
  /** Server version to announce: 176, or 193 as a TWS of today does to @stoqey/ib. */
  version?: number;
  port?: number;
  seed?: number;
  clock?: () => Date;
  /** When listings have the prices that they are listed with; at the start, when not told. */
  origin?: Date;
  /** Whether the venues are open; always, when not told. */
  hours?: (now: Date) => boolean;
  /** Milliseconds from one step to the next; without it, steps come by `tick()` alone. */
  everyMs?: number;
  /** Steps between two reports of profit: with steps of 200 ms, a second. */
  profitSteps?: number;
  /** File of the order ledger, kept by a process of its own; in memory when not told. */
  ledger?: string;
  /** Accounts instead of the two paper accounts. */
  accounts?: readonly Opening[];
  /** Contracts beside the stand-in's own. */
  listings?: readonly Listing[];
  faults?: Partial<TwsFaults>;
  /** What happens instead of losing all sessions when a fault says crash. */
  onCrash?: () => void;
}

/** A running stand-in. */
export interface Tws {
  port: number;
  faults: TwsFaults;
  /** What happens on command, once. */
  controls: TwsControls;
  market: Market;
  catalogue: Catalogue;
  /** Every request as it came, oldest first. */
  calls: TwsCall[];
  /** What clients sent that could not be read. */
  broken: Error[];
  /** Quantities by account and contract, as the stand-in's own books have them. */
  positions(): {account: string; conId: number; quantity: number}[];
  /** Client ids of the sessions that are up. */
  clients(): number[];
  ledger(): Promise<Entry[]>;
  /** One step: quotes move to the clock's time, orders trade, streams tell. */
  tick(): void;
  close(): Promise<void>;
}

const isAcknowledgement = (happening: Happening): boolean =>
  happening.kind === "order" && ["PendingSubmit", "PreSubmitted", "Submitted"].includes(happening.one.status);

/** Steps between two reports of profit, and of accounts, when not told. */
const PROFIT_STEPS = 5;
const ACCOUNT_STEPS = 100;

/** Starts a stand-in. */
export async function startTws(options: TwsOptions = {}): Promise<Tws> {
  const {version = 176, port = 0, seed = 7, clock = () => new Date(), hours = () => true, everyMs} = options;
  if (!(version >= 176 && version <= 193))
    throw new RangeError(`invalid version: ${version}, use 176 to 193`);
  const {origin: start = clock(), profitSteps = PROFIT_STEPS} = options;
  const faults: TwsFaults = {...noFaults(), ...options.faults};
  const ledger = options.ledger === undefined ? memoryLedger() : await openLedger(options.ledger);
  const catalogue = listings(start, options.listings);
  const market = makeMarket(seed, start);
  const house = makeHouse(options.accounts ?? paperAccounts(catalogue), catalogue, market, start);
  const random = randomStream(seed, "frames");
  const sessions = new Set<Session>();
  const pacing = new HistoricalPacing();
  const [calls, broken]: [TwsCall[], Error[]] = [[], []];
  const late: {steps: number; clientId: number; messages: Message[]}[] = [];
  const waiting: {session: Session; request: OrderRequest}[] = [];
  const state = {linked: true, dead: false, steps: 0};

  const exchange = makeExchange({
    catalogue,
    house,
    market,
    ledger,
    isOpen: hours,
    tell,
    cancelSteps: () => faults.cancelSteps,
    reject: () => faults.rejects.shift()
  });
  const desk: Desk = {
    version,
    catalogue,
    market,
    house,
    exchange,
    faults,
    clock,
    isOpen: hours
  };
  exchange.restore(await ledger.read(), clock());

  function crash(): void {
    if (state.dead) return;
    state.dead = true;
    if (options.onCrash) return options.onCrash();
    server.close();
    for (const one of sessions) one.close({reset: true});
  }

  function deliver(clientId: number, messages: Message[]): void {
    for (const one of sessions) if (one.clientId === clientId && one.started) one.send(...messages);
  }

  function tell(happening: Happening): void {
    if (state.dead) return;
    if (happening.kind === "fill" && faults.crashAfter === "fill") return crash();
    if (faults.unacknowledged && isAcknowledgement(happening)) return;
    const messages = messagesOf(happening, desk);
    if (faults.reversed) messages.reverse();
    if (faults.twice) messages.push(...messages);
    const clientId = ownerOf(happening);
    if (faults.lateSteps > 0) late.push({steps: faults.lateSteps, clientId, messages});
    else deliver(clientId, messages);
    if (happening.kind === "fill") for (const one of sessions) tellAccount(one, happening.one.account, desk);
    if (happening.kind !== "order" || faults.crashAfter !== "acknowledgement") return undefined;
    state.dead = true; // nothing more is told; what was written still leaves
    setTimeout(() => {
      state.dead = false;
      crash();
    }, 20);
    return undefined;
  }

  function step(): void {
    if (state.dead) return;
    ++state.steps;
    for (let i = late.length; i-- > 0;) --late[i].steps;
    while (late[0]?.steps <= 0) {
      const {clientId, messages} = late.shift()!; // the loop's condition looked at it
      deliver(clientId, messages);
    }
    if (!state.linked) return;
    exchange.step(clock());
    for (const one of sessions) {
      if (!one.started) continue;
      tellQuotes(one, desk);
      tellBars(one, desk);
      tellRealTime(one, desk);
      if (state.steps % profitSteps === 0) tellProfit(one, desk);
      if (state.steps % ACCOUNT_STEPS === 0)
        for (const account of house.accounts) tellAccount(one, account, desk);
    }
  }

  function enter(session: Session): boolean {
    const taken = [...sessions].some(
      (one) => one !== session && one.started && one.clientId === session.clientId
    );
    if (taken || faults.taken.has(session.clientId)) {
      session.note(NOTES.idTaken);
      session.close();
      return false;
    }
    session.send(managedAccounts(house.accounts), nextValidId(exchange.nextId(session.clientId)));
    farms(session);
    if (!state.linked) session.note(NOTES.lost);
    return true;
  }

  function connected(socket: Socket): void {
    if (faults.down || state.dead) return void socket.destroy();
    const events = {
      start: enter,
      request(session: Session, request: TwsCall["request"]) {
        if (state.dead) return;
        if (request.kind === "placeOrder" && !request.order.whatIf && faults.nextOrder !== undefined) {
          const isLost = faults.nextOrder === "lost";
          faults.nextOrder = undefined;
          if (isLost) return session.close({reset: true});
          faults.silent = true;
        }
        calls.push({clientId: session.clientId, at: clock(), request});
        if (!isOrderRequest(request)) answer(session, request, desk, pacing);
        else if (state.linked || faults.readOnly) orderAnswer(session, request, desk);
        else waiting.push({session, request});
      },
      broken: (_: Session, cause: Error) => void broken.push(cause),
      closed: (session: Session) => void sessions.delete(session)
    };
    sessions.add(new Session(socket, desk, events, () => random.next()));
  }

  const server = createServer(connected);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const timer = everyMs === undefined ? undefined : setInterval(step, everyMs);

  return {
    port: (server.address() as AddressInfo).port,
    faults,
    market,
    catalogue,
    calls,
    broken,
    tick: step,
    controls: makeControls({
      account: house.accounts[0],
      sessions,
      exchange,
      faults,
      clock,
      crash,
      setLink(linked) {
        state.linked = linked;
        if (linked) for (const {session, request} of waiting.splice(0)) orderAnswer(session, request, desk);
      }
    }),
    positions: () =>
      house.accounts.flatMap((account) =>
        house
          .holdings(account, clock())
          .filter(({quantity}) => quantity !== 0)
          .map(({listing, quantity}) => ({
            account,
            conId: listing.conId,
            quantity
          }))
      ),
    clients: () => [...sessions].filter(({started}) => started).map(({clientId}) => clientId),
    ledger: () => ledger.read(),
    async close() {
      clearInterval(timer);
      state.dead = true;
      for (const one of sessions) one.close({reset: true});
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await ledger.close();
    }
  };
}
