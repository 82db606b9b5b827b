/** What every statement format ends in: headers and rows, as IBKR says them, checked and made canonical. */

export const STATEMENT_FORMATS = [
  "flex-xml",
  "flex-csv",
  "activity-csv",
  "transaction-history-csv",
  "portfolio-analyst-csv",
  "mtm-csv"
] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

/** One statement of a file: one account over one range of report days. */
export interface StatementHeader {
  /** Place in the file, from 0. */
  ordinal: number;
  format: StatementFormat;
  /** IBKR account id, e.g. `U1234567`. */
  account: string;
  /** First and last report day covered, ISO `yyyy-mm-dd`, inclusive. */
  from: string;
  to: string;
  /** IBKR's `whenGenerated`, `yyyy-mm-ddThh:mm:ss` as printed (report time, no zone); empty when not given. */
  generated: string;
  queryName: string;
  /** `AF` activity, `TCF` trade confirmations; empty when not given. */
  queryType: string;
}

/**
 * One row element of a statement.
 *
 * `fields` holds every attribute that is not empty, under IBKR's name, in IBKR's order, each in canonical
 * form: decimals plain (`-1234.5`, no exponent, no thousands separator, no trailing zeros), dates
 * `yyyy-mm-dd`, times `yyyy-mm-ddThh:mm:ss` (with the zone IBKR printed appended after a space, if any; the day
 * alone where no time was printed; one that cannot be read stays as printed, with a warning), cash types under their
 * present name, booleans `Y` or `N`, code lists joined by `;`. A number fits DECIMAL(38,12). What says "no value" (`""`,
 * `-`, `--`, `N/A`) is absent.
 * The person's own fields (name, alias, address, e-mail, telephone, representative, master name) are never here, nor
 * is what AccountInformation has beyond its list, which may be the person's too.
 */
export interface StatementRow {
  /** Ordinal of the statement it stands in. */
  statement: number;
  /** Flex container, e.g. `Trades`, `OpenPositions`; a single like AccountInformation names itself. */
  section: string;
  /** Row element, e.g. `Trade`, `Lot`, `Order`, `CashReportCurrency`. */
  element: string;
  /** The row's own account, else the statement's. */
  account: string;
  /** Report day, ISO; empty for a row that speaks of a period or of none. */
  day: string;
  /** First and last day of a row that speaks of a period (its own fromDate/toDate, else the statement's); empty for a row of a day. */
  from: string;
  to: string;
  /** IBKR's levelOfDetail, upper case; empty when not given. */
  level: string;
  /** What an unticked box would take away as a whole: cash type (present name) or asset category; else empty. */
  kind: string;
  fields: Readonly<Record<string, string>>;
}

/** Something odd that did not stop the import: its place and how often, never a value of the file. */
export interface StatementWarning {
  /**
   * `unknown-attribute`, `unknown-element`, `unexpected-text`, `other-account`, `outside-period`, `fewer-declared`,
   * `unreadable-date`, `contradiction` (a stated total is not what its rows add up to), `no-account` (rows of
   * several accounts at once are left out), `unknown-category`, `unknown-type`, `masked-account` (an account's number is
   * hidden), `in-base-currency` (amounts are not in the currency that they moved in); `more-warnings` for the rest of very many.
   */
  code: string;
  /** e.g. `Trade@foo`. */
  where: string;
  count: number;
}

/** Why a file was refused. */
export interface StatementProblem {
  /**
   * `empty`, `zip`, `html`, `csv`, `not-flex`, `encoding`, `malformed`, `doctype`, `truncated`, `flex-error`,
   * `no-statement`, `missing-account`, `missing-period`, `bad-period`, `bad-date`, `bad-number`, `bad-currency`,
   * `ambiguous-date`, `bad-columns`, `language`, `several-accounts`.
   */
  code: string;
  /** One sentence: what is wrong, and what to do. */
  message: string;
  /** Line, element or attribute; empty when it is the file itself. */
  where: string;
}

/** Thrown by a parser that refuses a file. */
export class StatementError extends Error {
  readonly problem: StatementProblem;
  constructor(problem: StatementProblem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = "StatementError";
    this.problem = problem;
  }
}

/** What a streaming parser calls, in file order; a row always follows its statement's header. */
export interface StatementSink {
  statement(header: StatementHeader): void;
  /** A container of this statement starts; it may hold no row, which is not the same as not being there. */
  section?(statement: number, section: string): void;
  row(row: StatementRow): void;
}
