/** Prints the oracle's books as IBKR's Flex statements, broken out by day. */
import type {Books} from "./figures.js";
import {HoldingSections} from "./holding-sections.js";
import {NavSections} from "./nav-sections.js";
import {tag} from "./tag.js";

/** Which rows a query has. */
export interface Boxes {
  /** On which days LOT rows stand under the positions. */
  lots: "never" | "last" | "always";
  closedLots: boolean;
  orders: boolean;
}

export interface FlexFile {
  from: string;
  to: string;
  generated: string;
  queryName?: string;
}

function section(name: string, rows: string): string {
  return rows ? `<${name}>\n${rows}</${name}>\n` : `<${name} />\n`;
}

/** Days with the business day before each, as the books have them. */
export interface Calendar {
  days: readonly string[];
  before: (day: string) => string;
}

/** Returns the XML of some accounts and days. */
export function flexOf(
  books: Books,
  accounts: readonly string[],
  {days, before}: Calendar,
  file: FlexFile,
  boxes: Boxes
): string {
  const inside = days.filter((day) => day >= file.from && day <= file.to);
  const statements = inside.flatMap((day) =>
    accounts.map((account) => {
      const head = `accountId="${account}" fromDate="${day.replaceAll("-", "")}" toDate="${day.replaceAll("-", "")}" period="" whenGenerated="${file.generated.replaceAll(/[-:]/g, "").replace("T", ";")}"`;
      const lots = boxes.lots === "always" || (boxes.lots === "last" && day === inside.at(-1));
      return `<FlexStatement ${head}>\n${statementOf(books, account, before(day), day, {...boxes, withLots: lots})}</FlexStatement>\n`;
    })
  );
  return `<FlexQueryResponse queryName="${file.queryName ?? "Oracle"}" type="AF">\n<FlexStatements count="${statements.length}">\n${statements.join("")}</FlexStatements>\n</FlexQueryResponse>\n`;
}

function statementOf(
  books: Books,
  account: string,
  before: string,
  day: string,
  boxes: Boxes & {withLots: boolean}
): string {
  const nav = new NavSections(books, account, before, day);
  const holdings = new HoldingSections(books, account, before, day);
  return [
    tag("AccountInformation", {accountId: account, currency: books.base}),
    section("EquitySummaryInBase", nav.equity(before) + nav.equity(day)),
    nav.changeInNav(),
    section("MTMPerformanceSummaryInBase", holdings.markToMarket()),
    section("FIFOPerformanceSummaryInBase", holdings.fifo()),
    section("CashReport", nav.cashReport()),
    section("OpenPositions", holdings.positions(boxes.withLots)),
    section("Trades", holdings.trades(boxes)),
    section("CorporateActions", holdings.rowsOf("CorporateAction")),
    section("CashTransactions", holdings.rowsOf("CashTransaction")),
    section("Transfers", holdings.rowsOf("Transfer")),
    section("InterestAccruals", nav.interest()),
    section("ChangeInDividendAccruals", holdings.rowsOf("ChangeInDividendAccrual")),
    section("ConversionRates", nav.rates())
  ].join("");
}
