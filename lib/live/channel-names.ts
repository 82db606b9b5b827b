/** Names of the channels, as a page asks for them. */
export const CHANNELS = ["link", "account", "positions", "quotes", "orders", "nav", "trading"] as const;

/** Most quotes that one page may name. */
export const MOST_QUOTES = 100;
