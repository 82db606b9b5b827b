/** What the stand-in of the Flex Web Service delivers for a query id and a period. */

import type {Books} from "./books.js";
import {flexXml, type Query} from "./flex/flex-xml.js";
import {addDays} from "./market/calendar.js";

/** The demo's Flex queries by id. */
export const QUERIES: ReadonlyMap<string, Query> = new Map([
  ["1000001", "Activity"],
  ["1000002", "Trades only"]
]);

/**
 * ISO days, inclusive; without them the query's own period, the last 365 calendar days. Undefined when there is no
 * such query, or no business day in the period.
 */
export type StatementProvider = (queryId: string, from?: string, to?: string) => Iterable<string> | undefined;

/** @param generatedAt the New York time that IBKR's knowledge is of (`yyyy-mm-ddThh:mm:ss`); today's when undefined */
export function statementsFor(
  books: Books,
  generatedAt: () => string | undefined = () => undefined
): StatementProvider {
  const last = books.days.at(-1)!;
  return (queryId, from = addDays(last, -364), to = last) => {
    const query = QUERIES.get(queryId);
    if (!query || !books.days.some((day) => day >= from && day <= to)) return undefined;
    const instant = generatedAt();
    return flexXml(books, {from, to, query, ...(instant !== undefined && {generatedAt: instant})});
  };
}
