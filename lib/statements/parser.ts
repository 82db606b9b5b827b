import type {DateOrder} from "../time/flex-date.js";
import type {StatementSink, StatementWarning} from "./statement.js";

export interface StatementOptions {
  /** Which comes first in dates with slashes, month or day; told from the dates where it is not given. */
  dateFormat?: DateOrder | undefined;
  /** The account that a file is of which hides most of its number (`U***00000`), or says none. */
  account?: string | undefined;
  /** First and last day that the file covers, ISO, where it is known from elsewhere than what stands before its rows. */
  period?: {from: string; to: string} | undefined;
}

/**
 * Reads one file of statements as it comes, and calls its sink with headers and rows in file order. Throws
 * StatementError if the file is refused; what the sink got before is then to be thrown away.
 */
export interface StatementParser {
  /** Reads on; chunks may be split anywhere. */
  write(text: string): void;
  /** Ends the file. */
  close(): {warnings: StatementWarning[]};
}

/** Reads a whole file for what a parser must be told before its first row. */
export interface StatementScan {
  write(text: string): void;
  /** @throws StatementError if the file does not tell it, or in two ways */
  close(): StatementOptions;
}

/** The parser of one format. */
export type StatementParserClass = new (sink: StatementSink, options: StatementOptions) => StatementParser;
