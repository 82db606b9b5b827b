import type {EventName, IBApi} from "@stoqey/ib";
import type {Log} from "../../log.js";

type Listener = (...args: never[]) => void;

/** Who listens to TWS, whatever client object it speaks through at the moment. */
export interface Ears {
  /** Calls a listener; its fault must not end the connection, nor keep the others from hearing. */
  guarded: <Args extends unknown[]>(listener: (...args: Args) => void, ...args: Args) => void;
  /** Listens through this client object from now on. */
  attach: (api: IBApi) => void;
  on: (event: EventName, listener: Listener) => () => void;
}

export function createEars(log: Pick<Log, "error">): Ears {
  const listeners = new Map<EventName, Set<Listener>>();
  let current: IBApi | undefined;

  const guarded: Ears["guarded"] = (listener, ...args) => {
    try {
      listener(...args);
    } catch (error) {
      log.error({err: error}, "ibkr link: a listener failed");
    }
  };

  function listen(api: IBApi, event: EventName): void {
    const hear = (...args: never[]) => {
      for (const listener of listeners.get(event) ?? []) guarded(listener, ...args);
    };
    (api.on as (event: EventName, listener: Listener) => void).call(api, event, hear); // one overload for all
  }

  return {
    guarded,
    attach(api) {
      current = api;
      for (const event of listeners.keys()) listen(api, event);
    },
    on(event, listener) {
      let heard = listeners.get(event);
      if (!heard) {
        listeners.set(event, (heard = new Set()));
        if (current) listen(current, event);
      }
      heard.add(listener);
      return () => void heard.delete(listener);
    }
  };
}
