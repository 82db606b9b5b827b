import {type Contract, EventName} from "@stoqey/ib";
import type {LivePosition} from "../../../lib/live/figures.js";
import type {OrderContract} from "../../../lib/orders/order.js";
import {describe, routed} from "./describe.js";
import {told} from "./number.js";
import {onStreams} from "./on-streams.js";
import {perTurn} from "./per-turn.js";
import type {Wire} from "./wire.js";

interface Held {
  account: string;
  contract: OrderContract;
  label: string;
  units: number;
  averageCost: number | null;
  /** As the stream of its profit says; null until it did. */
  worth: {
    at: number;
    units: number;
    value: number | null;
    unrealized: number | null;
    daily: number | null;
  } | null;
  /** Number of that stream's request. */
  id: number;
}

export interface Positions {
  list(account?: string): LivePosition[];
  /** When the last of it came; null before. */
  lastAt(): number | null;
  close(): void;
}

/**
 * What is held, by account and contract, in a map of our own, with a stream of profit for each position. What went flat is
 * told once with 0 units and then gone; so is what a connection's first whole list lacks.
 */
export function createPositions({
  wire,
  now,
  tell
}: {
  wire: Wire;
  now: () => number;
  tell: (position: LivePosition) => void;
}): Positions {
  const held = new Map<string, Held>();
  const byRequest = new Map<number, Held>();
  /** Those listed since a whole list was asked for; null once it is whole. */
  let listed: Set<string> | null = null;
  let lastAt: number | null = null;
  const mark = perTurn<Held>((one) => tell(shown(one)));

  function take(account: string, raw: Contract, units: number | undefined, cost: number | undefined): void {
    const described = describe(raw);
    if (!described || told(units) === null) return;
    const {label} = described;
    const contract = routed(described.contract);
    const key = `${account} ${contract.conId}`;
    listed?.add(key);
    lastAt = now();
    const known = held.get(key);
    if (!units) return known && drop(key, known);
    const average = told(cost);
    const averageCost = average === null ? null : average / contract.multiplier;
    const one = known ?? {account, contract, label, units, averageCost, worth: null, id: 0};
    Object.assign(one, {units, averageCost});
    held.set(key, one);
    if (!byRequest.has(one.id)) askProfit(one);
    mark(one);
  }

  function drop(key: string, one: Held): void {
    held.delete(key);
    if (byRequest.delete(one.id)) void wire.send("request", (api) => api.cancelPnLSingle(one.id));
    one.units = 0;
    one.worth = null;
    mark(one);
  }

  function askProfit(one: Held): void {
    const id = wire.takeRequestId();
    one.id = id;
    byRequest.set(id, one);
    const {account, contract} = one;
    void wire.send("request", (api) => {
      if (byRequest.has(id)) api.reqPnLSingle(id, account, "", contract.conId);
    });
  }

  function start(): void {
    byRequest.clear();
    listed = new Set();
    void wire.send("request", (api) => api.reqPositions());
  }

  const offs = [
    wire.on(EventName.position, take),
    wire.on(EventName.positionEnd, () => {
      const whole = listed;
      listed = null;
      if (whole) for (const [key, one] of held) if (!whole.has(key)) drop(key, one);
    }),
    wire.on(
      EventName.pnlSingle,
      (id: number, units: number, daily?: number, unrealized?: number, _?: number, value?: number) => {
        const one = byRequest.get(id);
        if (!one) return;
        lastAt = now();
        one.worth = {
          at: lastAt,
          units,
          value: told(value),
          unrealized: told(unrealized),
          daily: told(daily)
        };
        mark(one);
      }
    ),
    onStreams(wire, start)
  ];

  return {
    list: (account) =>
      [...held.values()].filter((one) => account === undefined || one.account === account).map(shown),
    lastAt: () => lastAt,
    close() {
      for (const off of offs) off();
    }
  };
}

/** A worth that is of another number of units than are held (a fill has just come) gives its price alone. */
function shown({account, contract, label, units, averageCost, worth}: Held): LivePosition {
  const isWhole = worth?.units === units;
  const price =
    worth?.units && worth.value !== null ? worth.value / (worth.units * contract.multiplier) : null;
  return {
    account,
    contract,
    label,
    units,
    averageCost,
    price,
    priceAt: price === null ? null : worth!.at, // there is a price
    value: price === null ? null : isWhole ? worth!.value : price * units * contract.multiplier,
    unrealized: isWhole ? worth.unrealized : null,
    daily: isWhole ? worth.daily : null
  };
}
