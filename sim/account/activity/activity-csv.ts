/** The demo account's Activity Statement in CSV, over any period, as IBKR prints it. */

import type {Books} from "../books.js";
import {clock, line, longDate} from "./csv.js";
import {
  cashSections,
  corporateActions,
  dividendAccrualChanges,
  openDividendAccruals,
  transfers
} from "./event-sections.js";
import {cashReport, changeInNav, interestAccruals, netAssetValue} from "./nav-sections.js";
import {Period} from "./period.js";
import {
  forexBalances,
  instrumentInformation,
  markToMarket,
  openPositions,
  realizedAndUnrealized
} from "./position-sections.js";
import {trades, transactionFees} from "./trade-sections.js";

export interface ActivityOptions {
  account: string;
  /** First and last day, ISO, inclusive. */
  from: string;
  to: string;
  /** New York, `yyyy-mm-ddThh:mm:ss`; 06:30 of the books' day when left out. */
  generatedAt?: string;
  /** `MTM Summary` is a statement of fewer sections. */
  title?: "Activity Statement" | "MTM Summary";
}

/** Yields the statement in chunks. @throws RangeError if the account has no day in the period */
export function* activityCsv(books: Books, options: ActivityOptions): Generator<string> {
  const {account, from, to, generatedAt = `${books.today}T06:30:00`, title = "Activity Statement"} = options;
  const period = new Period(books, account, from, to, generatedAt);
  const short = title === "MTM Summary";
  yield head(title, from, to, generatedAt);
  yield owner(account);
  if (!short) yield netAssetValue(period) + changeInNav(period);
  yield markToMarket(period);
  if (!short) {
    yield realizedAndUnrealized(period) + cashReport(period);
    yield openPositions(period) + forexBalances(period);
    yield trades(period) + transactionFees(period);
    yield corporateActions(period) + transfers(period) + cashSections(period);
    yield interestAccruals(period) + dividendAccrualChanges(period) + openDividendAccruals(period);
  }
  yield instrumentInformation(period);
  yield notes();
}

function head(title: string, from: string, to: string, generatedAt: string): string {
  const section = "Statement";
  const period = from === to ? longDate(from) : `${longDate(from)} - ${longDate(to)}`;
  return (
    line(section, "Header", "Field Name", "Field Value") +
    line(section, "Data", "BrokerName", "Interactive Brokers LLC") +
    line(section, "Data", "BrokerAddress", "") +
    line(section, "Data", "Title", title) +
    line(section, "Data", "Period", period) +
    line(section, "Data", "WhenGenerated", `${clock(generatedAt)} EST`)
  );
}

/** The owner is plain fiction: no name of this statement may ever be stored. */
function owner(account: string): string {
  const section = "Account Information";
  const lines: [string, string][] = [
    ["Name", "Perdita Nowhere"],
    ["Account Alias", "Rainy Day Fund of Perdita Nowhere"],
    ["Account", account],
    ["Account Type", "Individual"],
    ["Customer Type", "Individual"],
    ["Account Capabilities", "Margin"],
    ["Base Currency", "USD"]
  ];
  return (
    line(section, "Header", "Field Name", "Field Value") +
    lines.map((row) => line(section, "Data", ...row)).join("")
  );
}

function notes(): string {
  return (
    line("Codes", "Header", "Code", "Meaning", "Code (Cont.)", "Meaning (Cont.)") +
    line("Codes", "Data", "C", "Closing Trade", "O", "Opening Trade") +
    line("Notes/Legal Notes", "Header", "Type", "Note") +
    line("Notes/Legal Notes", "Data", "Notes", "Trade execution times are displayed in Eastern Time.")
  );
}
