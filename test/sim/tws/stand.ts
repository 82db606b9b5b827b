/** A stand-in for TWS and the unmodified @stoqey/ib before it. */

import {type Contract, EventName, IBApi, type Order, OrderAction, OrderType, SecType} from "@stoqey/ib";
import {afterEach} from "vitest";
import {startTws, type Tws, type TwsOptions} from "../../../sim/tws/service.js";

export const NOW = new Date("2026-11-20T15:00:00Z");
export const VERSIONS = [176, 193];
export const ACCOUNT = "DU7000001";

export const CHIPS: Contract = {symbol: "LKMQ", secType: SecType.STK, exchange: "SMART", currency: "USD"};
export const WATER: Contract = {symbol: "RVGQ", secType: SecType.STK, exchange: "SMART", currency: "GBP"};
export const CHIPS_ID = 900100777;
export const WATER_ID = 900101517;

export interface ErrorSeen {
  code: number;
  id: number;
  message: string;
}

export interface Client {
  ib: IBApi;
  /** Arguments of every event so far, by its name. */
  seen: (name: EventName) => unknown[][];
  /** Names of all events so far, in their order. */
  names: string[];
  errors: ErrorSeen[];
  /** Notes without an id, which the library calls info. */
  infos: {code: number; message: string}[];
  /** Waits until there are so many events of a name (in all), and gives them. */
  until: (name: EventName, count?: number) => Promise<unknown[][]>;
}

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A stand-in whose clock stands at NOW, closed after the test. */
export async function standIn(options: TwsOptions = {}): Promise<Tws> {
  const tws = await startTws({clock: () => NOW, ...options});
  closing.push(() => tws.close());
  return tws;
}

/** A client of a stand-in, connected, not yet ready. */
export function client({port}: Tws, clientId = 1): Client {
  const ib = new IBApi({host: "127.0.0.1", port, clientId, maxReqPerSec: 1000});
  const seen = new Map<string, unknown[][]>();
  const names: string[] = [];
  const errors: ErrorSeen[] = [];
  const infos: Client["infos"] = [];
  ib.on(EventName.error, ({message}: Error, code: number, id: number) => errors.push({code, id, message}));
  ib.on(EventName.info, (message: string, code: number) => infos.push({code, message}));
  ib.on(EventName.all, (name: string, args: unknown[]) => {
    names.push(name);
    seen.set(name, [...(seen.get(name) ?? []), args]);
  });
  closing.push(() => void ib.disconnect());
  ib.connect();
  const eventsOf = (name: EventName) => seen.get(name) ?? [];
  const until = (name: EventName, count = 1): Promise<unknown[][]> =>
    poll(() => (eventsOf(name).length >= count ? eventsOf(name) : undefined), `${count} of ${name}`);
  return {ib, names, seen: eventsOf, errors, infos, until};
}

/** A stand-in and a client that is ready. */
export async function ready(options: TwsOptions = {}, clientId = 1): Promise<Client & {tws: Tws}> {
  const tws = await standIn(options);
  const one = client(tws, clientId);
  await one.until(EventName.nextValidId);
  return {...one, tws};
}

/** Waits until a look gives something. */
export async function poll<T>(look: () => T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + 50_000; Date.now() < end;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** An order of the tests' account, to be sent at once unless told otherwise. */
export function order(fields: Partial<Order>): Order {
  return {
    action: OrderAction.BUY,
    orderType: OrderType.LMT,
    totalQuantity: 100,
    account: ACCOUNT,
    tif: "DAY",
    transmit: true,
    ...fields
  } as Order;
}
