import {EventEmitter} from "node:events";
import type {EventName} from "@stoqey/ib";
import type {Wire} from "../../../../bridge/broker/ibkr/wire.js";
import type {LinkStatus} from "../../../../lib/live/link.js";

/** A wire that nobody is at the end of, ready at once: what TWS says is said by the test. */
export interface FakeWire extends Wire {
  /** Says an event, as the client library would. */
  say(event: EventName, ...args: unknown[]): void;
  /** Names and arguments of the calls that were sent. */
  sent: [name: string, ...args: unknown[]][];
  /** Number of the latest request of a name. */
  idOf(name: string): number;
}

export function fakeWire(accounts: readonly string[] = ["DU1"]): FakeWire {
  const events = new EventEmitter();
  const sent: FakeWire["sent"] = [];
  const api = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          void sent.push([String(name), ...args])
    }
  );
  let id = 1000;
  const status = {phase: "ready", accounts, sentence: "connected"} as unknown as LinkStatus; // all that is read of it
  return {
    clientId: 1,
    nextValidId: 1,
    zoneOffsetMs: 0,
    protocolErrors: 0,
    status: () => status,
    takeRequestId: () => id++,
    send: async (_, call) => {
      call(api as never); // of whatever name
      return true;
    },
    drop: () => undefined,
    on(event, listener) {
      events.on(event, listener as () => void);
      return () => void events.off(event, listener as () => void);
    },
    onReady: () => () => undefined,
    onStatus: () => () => undefined,
    onRequestError: () => () => undefined,
    setLines: () => undefined,
    close: async () => undefined,
    sent,
    say: (event, ...args) => void events.emit(event, ...args),
    idOf(name) {
      const call = sent.findLast(([one]) => one === name);
      if (!call) throw new Error(`${name} was not sent`);
      return call[1] as number; // each request's first argument
    }
  };
}
