import {ErrorCode, EventName, IBApi} from "@stoqey/ib";
import {guard} from "./guard.js";

/** How far a connection has come. */
export type Stage =
  /** Nobody has answered. */
  | "none"
  /** A socket is open, nothing was said. */
  | "socket"
  /** TWS has said its version, not yet that it is ready. */
  | "version"
  | "ready";

/** What TWS said of itself when it became ready. */
export interface Welcome {
  serverVersion: number;
  accounts: readonly string[];
  nextValidId: number;
}

/** How a connection ended. */
export interface Ending {
  stage: Stage;
  /** It was given up by us: too long without becoming ready, or without a byte. */
  isSilent: boolean;
  /** What could not be read of what came; null when everything could. */
  garbled: string | null;
  /** What only a person can change, as TWS or the client said it. */
  refusal: {code: number; message: string} | null;
  /** What the operating system said; empty when it said nothing. */
  message: string;
}

export interface SessionOptions {
  host: string;
  port: number;
  clientId: number;
  /** Milliseconds that it may take until it is ready. */
  patienceMs: number;
  onReady: (welcome: Welcome) => void;
  /** What had to be left out of a message so that the rest could be read. */
  onLeftOut: (what: string) => void;
  /** Once. */
  onEnd: (ending: Ending) => void;
}

/** One connection to TWS, with a client object of its own: nothing of it outlives it. */
export interface Session {
  readonly api: IBApi;
  readonly stage: Stage;
  /** Ends it as silent. */
  giveUp(): void;
  /** Ends it, as something that came could not be read. */
  garble(what: string): void;
  /** Ends it without a word. */
  close(): void;
}

/** Notes after which quick tries are of no use. */
const REFUSALS: ReadonlySet<number> = new Set([
  326,
  1300,
  ErrorCode.UPDATE_TWS,
  ErrorCode.UNSUPPORTED_VERSION
]);

/** Our bucket keeps the rate; the library's own must not hold a cancel back. */
const LIBRARY_PER_SECOND = 10_000;

/** Opens a connection; listeners are put on its `api` before it says anything. */
export function openSession(options: SessionOptions, listen: (api: IBApi) => void): Session {
  const {host, port, clientId, patienceMs, onReady, onLeftOut, onEnd} = options;
  const api = new IBApi({host, port, maxReqPerSec: LIBRARY_PER_SECOND});
  const heard: Partial<Welcome> = {};
  let stage: Stage = "none";
  let refusal: Ending["refusal"] = null;
  let message = "";
  let isOver = false;
  const patience = setTimeout(() => end({isSilent: true}), patienceMs);
  const garble = (garbled: string) => end({garbled});
  const deafen = guard(api, {onGarbled: garble, onLeftOut});

  function end({isSilent = false, garbled = null}: Partial<Ending> = {}): void {
    if (isOver) return;
    close();
    onEnd({stage, isSilent, garbled, refusal, message});
  }

  function close(): void {
    isOver = true;
    clearTimeout(patience);
    deafen();
    api.removeAllListeners();
    api.disconnect();
  }

  /** Accounts and a first order number, in either order; the client lets requests go right after this event. */
  function hear(part: Partial<Welcome>): void {
    Object.assign(heard, part);
    const {serverVersion = 0, accounts, nextValidId} = heard;
    if (stage === "ready" || accounts === undefined || nextValidId === undefined) return;
    queueMicrotask(() => {
      if (isOver || stage === "ready") return;
      stage = "ready";
      clearTimeout(patience);
      onReady({serverVersion, accounts, nextValidId});
    });
  }

  api.on(EventName.sent, () => {
    if (stage === "none") stage = "socket";
  });
  api.on(EventName.server, (serverVersion) => {
    stage = "version";
    hear({serverVersion});
  });
  api.on(EventName.managedAccounts, (list) =>
    hear({
      accounts: list
        .split(",")
        .map((account) => account.trim())
        .filter((account) => account !== "")
    })
  );
  api.on(EventName.nextValidId, (nextValidId) => hear({nextValidId}));
  api.on(EventName.info, (text, code) => {
    if (REFUSALS.has(code)) refusal = {code, message: text};
  });
  api.on(EventName.error, (error, code, id) => {
    if (code === ErrorCode.CONNECT_FAIL) message = error.message;
    else if (REFUSALS.has(code) && id === ErrorCode.NO_VALID_ID) refusal = {code, message: error.message};
  });
  api.on(EventName.disconnected, () => queueMicrotask(() => end())); // an unsupported version is said right after
  listen(api);
  api.connect(clientId);

  return {
    api,
    get stage() {
      return stage;
    },
    giveUp: () => end({isSilent: true}),
    garble,
    close
  };
}
