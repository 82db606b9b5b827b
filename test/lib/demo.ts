/** The demo account, made once for all test files that share their modules: see `isolate` in vitest.config.ts. */
import {demoBooks, flexXml, type Books} from "../../sim/account/index.js";
import {ledgerOfFlex} from "./ledger/flex-ledger.js";

const made = new Map<string, Books>();
let whole: ReturnType<typeof ledgerOfFlex> | undefined;

/** The spring day that most tests of the demo stand at. */
export const SPRING = new Date("2026-04-15T12:00:00Z");

/** The account's own books, played to a day; nobody may change them. */
export function booksAt(now: Date): Books {
  const key = now.toISOString();
  const books = made.get(key) ?? demoBooks({now});
  made.set(key, books);
  return books;
}

/** The ledger of all that its statements say in spring, in one file; nobody may change it. */
export function wholeLedger(): ReturnType<typeof ledgerOfFlex> {
  const books = booksAt(SPRING);
  const [from, to] = [books.days[0], books.days[books.days.length - 1]];
  whole ??= ledgerOfFlex([flexXml(books, {from, to, query: "Activity"})]);
  return whole;
}
