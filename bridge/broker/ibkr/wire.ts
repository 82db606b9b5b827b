import type {EventName, IBApi} from "@stoqey/ib";
import type {LinkStatus} from "../../../lib/live/link.js";

/** What goes first when the rate is short. */
export type Urgency = "cancel" | "order" | "request";

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
   * @returns false, and nothing was sent, when the link is not ready or goes before its turn
   */
  send(urgency: Urgency, call: (api: IBApi) => void): Promise<boolean>;
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
  close(): Promise<void>;
}
