import type {EventName, IBApi} from "@stoqey/ib";
import type {LinkStatus} from "../../../lib/live/link.js";

/** What goes first when the rate is short. */
export type Urgency = "cancel" | "order" | "request";

/**
 * Numbers of requests: below those of orders, which begin at a million, so that an error of the one is never taken for
 * one of the other.
 */
export const LEAST_REQUEST_ID = 1000;
export const MOST_REQUEST_ID = 999_999;
export const LEAST_ORDER_ID = 1_000_000;
/** TWS counts orders in 32 bits. */
export const MOST_ORDER_ID = 2 ** 31 - 1;

/** Errors that only orders have, whatever request has the same number. */
export const ORDER_ERRORS: ReadonlySet<number> = new Set([
  103, 104, 105, 106, 107, 109, 110, 135, 161, 201, 202, 203, 382, 383, 387, 388, 391, 399, 404, 434, 435,
  10006, 10147, 10148, 10149, 10243
]);

/**
 * The one connection to TWS that everything shares. It makes a new client object at each connection, so that nothing of
 * the last one is sent again, and puts the listeners on each.
 */
export interface Wire {
  status(): LinkStatus;
  readonly clientId: number;
  /** A number for a request, far from those of orders. */
  takeRequestId(): number;
  /** The least number that TWS allows for the next order. */
  readonly nextValidId: number;
  /**
   * Calls the client as soon as the rate allows (50 messages a second for all), the more urgent first.
   * Once TWS has lost IBKR (phase `cut`) it still takes requests; orders and cancels only while ready, orders only
   * when its API is not read-only.
   * @returns false, and nothing was sent, when the link is not ready or goes before its turn
   */
  send(urgency: Urgency, call: (api: IBApi) => void): Promise<boolean>;
  /** Offset of TWS's own clock to UTC, milliseconds, to a quarter of an hour; null when it is not known. */
  readonly zoneOffsetMs: number | null;
  /** Messages that could not be read, or not whole (505 and worse): none, when TWS and the client agree. */
  readonly protocolErrors: number;
  /** Takes back what waits of an urgency. */
  drop(urgency: Urgency): void;
  /** Listens on this and each later client object. */
  on(event: EventName, listener: (...args: never[]) => void): () => void;
  /** Called after each connection, once it is ready; and, with `lost`, when TWS says that data streams are gone (1101). */
  onReady(listener: (why: "connected" | "lost" | "kept") => void): () => void;
  /** Called at each change of the status. */
  onStatus(listener: (status: LinkStatus) => void): () => void;
  /** An error answer to a request of ours, by its number; returns what ends it. */
  onRequestError(requestId: number, listener: (code: number, message: string) => void): () => void;
  /** Says how many market-data lines are in use, of how many. */
  setLines(lines: LinkStatus["lines"]): void;
  close(): Promise<void>;
}
