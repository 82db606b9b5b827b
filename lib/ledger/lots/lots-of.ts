import {compareText} from "../../order.js";
import type {LedgerTables} from "../tables.js";
import type {Taxable} from "./action-booking.js";
import {bookingsOf} from "./booked.js";
import {bookLots, type EngineContext} from "./engine.js";
import {lotHistory, type Component} from "./events.js";
import type {Disposal, Lot, LotChoice, LotMethod, LotProblem} from "./lot.js";
import {FOREVER, type LotBook, type LotSpan} from "./lot-book.js";
import {movementRows} from "./rows.js";
import {statedOf} from "./stated.js";
import {transferLots} from "./transfers.js";

/** The lots of a ledger under one method. */
export interface Lots {
  /** Returns the lots that an account held at the end of a day, by holding, in order of opening. */
  open: (account: string, day: string) => Lot[];
  /** What was closed, in order of day; a cancelled trade closed nothing. */
  disposals: readonly Disposal[];
  /** What the rows do not tell. */
  problems: readonly LotProblem[];
}

export interface LotOptions {
  method: LotMethod;
  /** Accounts with a method of their own. */
  methods?: Readonly<Record<string, LotMethod>>;
  /** For method `specific`: what is not chosen is closed first in, first out. */
  choices?: readonly LotChoice[];
}

interface Kept {
  byMethod: Map<string, Lots>;
  taxable: Taxable;
}

const kept = new WeakMap<LedgerTables, Kept>();

/** Returns the lots of a ledger, kept by method as long as the ledger lives. */
export function lotsOf(ledger: LedgerTables, {method, methods = {}, choices = []}: LotOptions): Lots {
  let own = kept.get(ledger);
  if (!own) kept.set(ledger, (own = {byMethod: new Map(), taxable: new Map()}));
  const exceptions = Object.entries(methods).filter(([, other]) => other !== method);
  const key = JSON.stringify([method, exceptions.toSorted(([a], [b]) => compareText(a, b)), choices]);
  let lots = own.byMethod.get(key);
  if (!lots) {
    if (method !== "fifo" || exceptions.length) lotsOf(ledger, {method: "fifo"});
    const byAccount = new Map(exceptions);
    const methodOf = (account: string) => byAccount.get(account) ?? method;
    own.byMethod.set(key, (lots = compute(ledger, methodOf, choices, own.taxable)));
  }
  return lots;
}

function compute(
  ledger: LedgerTables,
  methodOf: EngineContext["methodOf"],
  choices: readonly LotChoice[],
  taxable: Taxable
): Lots {
  const {components, known} = lotHistory(ledger);
  const context: EngineContext = {
    methodOf,
    rows: movementRows(ledger),
    bookings: bookingsOf(ledger),
    choices: new Map(choices.map((choice) => [choice.close, choice])),
    stated: statedOf(ledger),
    taxable,
    known,
    transferLots: transferLots(ledger)
  };
  const spans: LotSpan[] = [];
  const disposals: Disposal[] = [];
  const problems: LotProblem[] = [];
  for (const component of components) {
    const end = history(component, context, spans);
    for (const disposal of end.disposals) disposals.push(disposal);
    for (const problem of end.problems) problems.push(problem);
  }
  disposals.sort((a, b) => compareText(a.closed, b.closed));
  problems.sort((a, b) => compareText(a.day, b.day));
  const byAccount = Map.groupBy(spans, ({lot}) => lot.account);
  return {disposals, problems, open: (account, day) => openOn(byAccount.get(account) ?? [], day)};
}

/**
 * Books a component as it stood: until a cancel is booked the trade stands, from then on it never was. What was closed
 * is as it stands in the end.
 */
function history({events, late}: Component, context: EngineContext, spans: LotSpan[]) {
  const days = [...new Set(late.map(({cancel}) => cancel.day))].toSorted(compareText);
  let from = "";
  for (const until of days) {
    const out = new Set(late.flatMap(({cancel, original}) => (cancel.day <= from ? [original] : [])));
    const then = events.filter(({day}) => day < until);
    clip(bookLots(then, context, (move) => out.has(move)).end(), from, until, spans);
    from = until;
  }
  const out = new Set(late.map(({original}) => original));
  const books = bookLots(events, context, (move) => out.has(move));
  clip(books.end(), from, FOREVER, spans);
  return books;
}

function clip(all: readonly LotSpan[], from: string, until: string, spans: LotSpan[]): void {
  for (const span of all) {
    if (span.until <= from || span.since >= until) continue;
    const isWithin = span.since >= from && span.until <= until;
    spans.push(
      isWithin
        ? span
        : {
            ...span,
            since: span.since < from ? from : span.since,
            until: span.until > until ? until : span.until
          }
    );
  }
}

function openOn(spans: readonly LotSpan[], day: string): Lot[] {
  const books = new Map<LotBook, Lot[]>();
  for (const {lot, since, until, book} of spans) {
    if (since > day || until <= day) continue;
    const own = books.get(book);
    if (own) own.push(lot);
    else books.set(book, [lot]);
  }
  return [...books]
    .flatMap(([book, lots]) => book.pricedOn(day, lots))
    .sort((a, b) => compareText(a.holding, b.holding) || compareText(a.openedTime ?? "", b.openedTime ?? ""));
}
