/** What the stand-in of the Flex Web Service delivers for a query id and a period. */

import type {Books} from "./books.js";
import {addDays} from "./market/calendar.js";
import {flexXml, type Query} from "./flex/flex-xml.js";

/** The demo's Flex queries by id. */
export const QUERIES: ReadonlyMap<string, Query> = new Map([
  ["1000001", "Activity"],
  ["1000002", "Trades only"]
]);

/** ISO days, inclusive; without them the query's own period, the last 365 calendar days. */
export type StatementProvider = (queryId: string, from?: string, to?: string) => Iterable<string>;

/** @throws RangeError from the provider if it has no such query */
export function statementsFor(books: Books): StatementProvider {
  const last = books.days.at(-1)!;
  return (queryId, from = addDays(last, -364), to = last) => {
    const query = QUERIES.get(queryId);
    if (!query) throw new RangeError(`no such query: ${queryId}`);
    return flexXml(books, {from, to, query});
  };
}
