/** Flex statements of the demo account, as the Flex Web Service would deliver them. */

import type {AccountDay} from "../booking/account-day.js";
import type {Books} from "../books.js";
import {knownAt} from "../books.js";
import {attributes, compactInstant, container, leaf} from "./element.js";
import {identity} from "./identity.js";
import {statementOfFunds} from "./funds-section.js";
import {
  accountInformation,
  cashReport,
  changeInNav,
  conversionRates,
  equitySummary,
  fxPositions,
  interestAccruals,
  rateOn,
  type Rate
} from "./nav-sections.js";
import {
  fifo,
  markToMarket,
  openDividendAccruals,
  openPositions,
  securitiesInfo
} from "./position-sections.js";

export type Query = "Activity" | "Trades only";

export interface FlexOptions {
  /** All accounts when left out. */
  accounts?: readonly string[];
  /** First and last report day, ISO, inclusive. */
  from: string;
  to: string;
  query: Query;
  /** New York, `yyyy-mm-ddThh:mm:ss`: nothing that IBKR learned later is told. 06:30 of the books' day when left out. */
  generatedAt?: string;
}

/**
 * Yields the XML in chunks. `Activity` is broken out by day: one statement for each account and business day.
 * `Trades only` is one statement an account, over the whole range.
 */
export function* flexXml(books: Books, options: FlexOptions): Generator<string> {
  const {accounts = books.accounts, from, to, query} = options;
  const generatedAt = options.generatedAt ?? `${books.today}T06:30:00`;
  const days = knownAt(books, generatedAt).filter(
    ({account, day}) =>
      accounts.includes(account) && day >= from && day <= to && day < generatedAt.slice(0, 10)
  );
  const statements = query === "Activity" ? dailyStatements(books, days) : tradeStatements(books, days);
  yield `<FlexQueryResponse${attributes({queryName: query, type: "AF"})}>\n<FlexStatements count="${statements.length}">\n`;
  for (const {accountId, fromDate, toDate, body} of statements) {
    const head = attributes({accountId, fromDate, toDate, period: ""});
    yield `<FlexStatement${head} whenGenerated="${compactInstant(generatedAt)}">\n${body()}</FlexStatement>\n`;
  }
  yield "</FlexStatements>\n</FlexQueryResponse>\n";
}

interface Statement {
  accountId: string;
  fromDate: string;
  toDate: string;
  body: () => string;
}

function dailyStatements(books: Books, days: readonly AccountDay[]): Statement[] {
  return days
    .filter(({account, day}) => !isPlanted(books, "missing-day", account, day))
    .map((day) => ({
      accountId: day.account,
      fromDate: day.day,
      toDate: day.day,
      body: () => daily(books, day)
    }));
}

function isPlanted({planted}: Books, kind: string, account: string, day: string): boolean {
  return planted.some((defect) => defect.kind === kind && defect.account === account && defect.day === day);
}

function daily(books: Books, day: AccountDay): string {
  const index = books.days.indexOf(day.day);
  const rate = rateOn(books.plot.market, index);
  const missing = books.planted.filter((defect) => defect.kind === "missing-rate" && defect.day === day.day);
  const last = index === books.days.length - 1;
  return (
    accountInformation(day.account, opened(books, day.account)) +
    equitySummary(day) +
    changeInNav(day) +
    fifo(day, rate) +
    markToMarket(day, rate) +
    cashReport(day) +
    statementOfFunds(day, rate) +
    openPositions(day, rate, last) +
    fxPositions(day, rate) +
    section(day, "Trades", rate) +
    section(day, "CorporateActions", rate) +
    section(day, "CashTransactions", rate) +
    interestAccruals(day, rate) +
    section(day, "Transfers", rate) +
    section(day, "ChangeInDividendAccruals", rate) +
    openDividendAccruals(day, rate) +
    securitiesInfo(day, last) +
    conversionRates(day.day, rate, new Set(missing.map(({subject}) => subject)))
  );
}

function section(day: AccountDay, name: string, rate: Rate): string {
  return container(name, rowsOf(day, name, rate));
}

/** A day's rows of a section, as its books kept them. */
function rowsOf({account, day, rows}: AccountDay, name: string, rate: Rate): string {
  let text = "";
  for (const {section: of, element, instrument, fields} of rows) {
    if (of !== name) continue;
    const currency = instrument?.currency ?? (fields["currency"] as string);
    text += leaf(
      element,
      attributes({accountId: account, currency, fxRateToBase: rate(currency)}) +
        (instrument ? identity(instrument, fields["description"] ? "untitled" : "full") : "") +
        attributes({reportDate: day, ...fields, currency: undefined})
    );
  }
  return text;
}

/** The second query: trades alone, and one of them with another commission than the first query tells. */
function tradeStatements(books: Books, days: readonly AccountDay[]): Statement[] {
  const byAccount = Map.groupBy(days, ({account}) => account);
  return [...byAccount].map(([accountId, list]) => ({
    accountId,
    fromDate: list[0].day,
    toDate: list.at(-1)!.day,
    body: () => {
      let rows = "";
      for (const day of list) {
        const rate = rateOn(books.plot.market, books.days.indexOf(day.day));
        const text = rowsOf(day, "Trades", rate);
        rows += isPlanted(books, "contradicting-file", accountId, day.day) ? contradicted(books, text) : text;
      }
      return container("Trades", rows);
    }
  }));
}

function contradicted({planted}: Books, text: string): string {
  const {subject, told, instead} = planted.find(({kind}) => kind === "contradicting-file")!;
  return text
    .split("\n")
    .map((row) =>
      row.includes(`transactionID="${subject}"`) && row.startsWith("<Trade ")
        ? row.replace(`ibCommission="${told}"`, `ibCommission="${instead}"`)
        : row
    )
    .join("\n");
}

function opened({first}: Books, account: string): string {
  return first.days.find((day) => day.account === account)!.day;
}
