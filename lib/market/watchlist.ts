import {z} from "zod";

const MOST_LISTS = 50;
const MOST_IDS = 200;

/** A series as Markets names it: `provider:symbol`, such as `yahoo:AAPL`, `binance:BTCUSDT`, `fred:DGS10`. */
const SeriesId = z
  .string()
  .trim()
  .max(96, "a series id has 96 characters at most")
  .regex(/^[a-z0-9][a-z0-9-]{0,63}:\S(.*\S)?$/, "write vendor:symbol, such as yahoo:AAPL");

/** Schema of the person's watchlists: names that differ, ids without repeats. */
export const WatchlistsSchema = z
  .array(
    z.strictObject({
      name: z.string().trim().min(1, "a watchlist needs a name").max(60, "a name has 60 characters at most"),
      ids: z
        .array(SeriesId)
        .max(MOST_IDS, `a watchlist has ${MOST_IDS} series at most`)
        .transform((ids) => [...new Set(ids)])
    })
  )
  .max(MOST_LISTS, `there are ${MOST_LISTS} watchlists at most`)
  .refine(
    (lists) => new Set(lists.map(({name}) => name)).size === lists.length,
    "two watchlists share a name"
  );

/** Series that a person watches together, in the order that they are shown in. */
export type Watchlist = z.infer<typeof WatchlistsSchema>[number];

/** Prints watchlists as a text: a name, then an id a line; an empty line between two lists. */
export function printWatchlists(lists: readonly Watchlist[]): string {
  return lists.map(({name, ids}) => [name, ...ids].join("\n")).join("\n\n");
}

/** Reads what `printWatchlists` prints; none of an empty text. @throws RangeError with what is wrong, in words */
export function readWatchlists(text: string): Watchlist[] {
  const lists = text
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
    )
    .filter((lines) => lines.length)
    .map(([name, ...ids]) => ({name, ids}));
  const read = WatchlistsSchema.safeParse(lists);
  if (!read.success) throw new RangeError(read.error.issues.map(({message}) => message).join("; "));
  return read.data;
}
