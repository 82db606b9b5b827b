/** What can go wrong on command. */

import type {Refusal} from "./checks.js";

/** Faults that stand until they are taken away; change them at any time. */
export interface TwsFaults {
  /** Frames leave in random pieces, each on its own. */
  split: boolean;
  /** Nothing leaves any more, while sockets stay open and take what comes; what was held back leaves before the next word. */
  silent: boolean;
  /** Nobody is let in: TWS restarts, or waits for its user to log in. */
  down: boolean;
  /** Client ids that somebody else holds: error 326, then the socket is closed. */
  taken: Set<number>;
  /** Orders, cancels and lists of orders are refused with 321. */
  readOnly: boolean;
  /** What the account has bought of market data. */
  marketData: "live" | "delayed" | "none";
  /** Another session of the same user gets the data: error 10197. */
  competing: boolean;
  /** Each rejects one order, in turn. */
  rejects: Refusal[];
  /** The next order is lost on its way, the connection reset before it is read; or it arrives and silence follows. */
  nextOrder: "lost" | "unheard" | undefined;
  /** A cancel takes effect only after so many steps, and may be overtaken by a fill. */
  cancelSteps: number;
  /** Messages about orders leave so many steps late. */
  lateSteps: number;
  /** Messages about orders leave twice. */
  twice: boolean;
  /** What one event says about an order leaves in reverse. */
  reversed: boolean;
  /** That an order is taken or works is not told: TWS does not promise to tell each change. Lists show it. */
  unacknowledged: boolean;
  /** A what-if is answered without numbers. */
  noMargins: boolean;
  /** More than 50 messages in a second are answered with 100; the third time ends the session. */
  pacing: boolean;
  /** Limits on historical data hold: 162. */
  historicalPacing: boolean;
  /** The stand-in dies at once when it has acknowledged an order, or written a fill down. */
  crashAfter: "acknowledgement" | "fill" | undefined;
}

export const noFaults = (): TwsFaults => ({
  split: false,
  silent: false,
  down: false,
  readOnly: false,
  competing: false,
  twice: false,
  reversed: false,
  unacknowledged: false,
  noMargins: false,
  pacing: false,
  historicalPacing: false,
  taken: new Set<number>(),
  marketData: "live",
  rejects: [],
  cancelSteps: 0,
  lateSteps: 0,
  nextOrder: undefined,
  crashAfter: undefined
});

/** Words of TWS about its own state. */
export const NOTES = {
  marketFarm: [2104, "Market data farm connection is OK:usfarm"],
  historicalFarm: [2106, "HMDS data farm connection is OK:ushmds"],
  definitionFarm: [2158, "Sec-def data farm connection is OK:secdefil"],
  marketFarmBroken: [2103, "Market data farm connection is broken:usfarm"],
  lost: [1100, "Connectivity between IBKR and Trader Workstation has been lost."],
  restoredLost: [1101, "Connectivity between IBKR and Trader Workstation has been restored - data lost."],
  restoredKept: [
    1102,
    "Connectivity between IBKR and Trader Workstation has been restored - data maintained. All data farms are connected: usfarm; ushmds; secdefil."
  ],
  idTaken: [326, "Unable to connect as the client id is already in use. Retry with a unique client id."],
  readOnly: [
    321,
    "Error validating request.-'bA' : cause - The API interface is currently in Read-Only mode."
  ]
} as const satisfies Record<string, readonly [code: number, message: string]>;
