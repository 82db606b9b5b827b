import {z} from "zod";
import type {OrderRow, TradingStatus} from "../orders/desk.js";
import {CHANNELS, MOST_QUOTES} from "./channel-names.js";
import type {AccountFigures, LiveNav, LivePosition, LiveQuote} from "./figures.js";
import type {LinkStatus} from "./link.js";

/**
 * What moves while a page is open, a channel each: rows by key, of which the latest counts. A page that subscribes gets
 * all rows once and then those that changed; one that reads slowly gets fewer changes, each with the newest row, so that
 * nothing queues up. A page that lost its socket subscribes anew.
 */
export interface Channels {
  /** By broker: `ibkr`, `paper`. */
  link: LinkStatus;
  /** By account. */
  account: AccountFigures;
  /** By account and contract number, a blank between. */
  positions: LivePosition;
  /** By contract number; only those that the page named, each a market-data line while somebody looks. */
  quotes: LiveQuote;
  /** By intent. */
  orders: OrderRow;
  /** By account. */
  nav: LiveNav;
  /** One row, `trading`. */
  trading: TradingStatus;
}

export type ChannelName = keyof Channels;
/** What a page may say. */
export const ClientMessage = z.discriminatedUnion("type", [
  z.strictObject({type: z.literal("ping")}),
  z.strictObject({
    type: z.literal("subscribe"),
    channel: z.enum(CHANNELS),
    /** Of `quotes`: the contract numbers wanted, in place of those named before. */
    keys: z
      .array(z.string().regex(/^\d{1,12}$/))
      .max(MOST_QUOTES)
      .exactOptional()
  }),
  z.strictObject({type: z.literal("unsubscribe"), channel: z.enum(CHANNELS)})
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** What the bridge says of a channel: all its rows, or those that changed, null for one that is gone. */
export interface ChannelMessage<Name extends ChannelName = ChannelName> {
  type: "snapshot" | "delta";
  channel: Name;
  /** Grows with each message of a channel to a page. */
  seq: number;
  /** When it was sent, milliseconds since 1970 UTC. */
  at: number;
  rows: Readonly<Record<string, Channels[Name] | null>>;
}
