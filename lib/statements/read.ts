import {ActivityCsvParser} from "./activity/parser.js";
import {DateOrderScan, hasSlashDates} from "./date-order.js";
import {StatementDecoder} from "./decode.js";
import {detectFormat} from "./detect.js";
import {FlexCsvParser} from "./flex-csv/flex-csv.js";
import {FlexCsvScan, needsFlexCsvScan} from "./flex-csv/scan.js";
import {FlexXmlParser} from "./flex-xml.js";
import type {StatementOptions, StatementParserClass, StatementScan} from "./parser.js";
import {PortfolioAnalystParser} from "./portfolio-analyst/portfolio-analyst.js";
import {
  StatementError,
  type StatementFormat,
  type StatementSink,
  type StatementWarning
} from "./statement.js";
import {TransactionHistoryParser} from "./transaction-history/parser.js";

/** Opens a file's bytes from their start; called once more where the whole must be looked at beforehand. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

const HEAD = 8192;

/** The parser of each format. */
const PARSERS: Readonly<Record<StatementFormat, StatementParserClass>> = {
  "flex-xml": FlexXmlParser,
  "flex-csv": FlexCsvParser,
  "portfolio-analyst-csv": PortfolioAnalystParser,
  "activity-csv": ActivityCsvParser,
  "mtm-csv": ActivityCsvParser,
  "transaction-history-csv": TransactionHistoryParser
};

/**
 * Reads a file of statements in bounded memory: tells its format by content, decodes it, parses it.
 *
 * @param open gives the file's bytes, from the start at each call
 * @param sink gets headers and rows in file order; what it got is to be thrown away if this throws
 * @returns the format and what was odd
 * @throws StatementError if the file is refused
 */
export async function readStatements(
  open: OpenBytes,
  sink: StatementSink,
  options: StatementOptions = {}
): Promise<{format: StatementFormat; warnings: StatementWarning[]}> {
  const head = await headOf(open);
  const {format, problem} = detectFormat(head);
  if (problem) throw new StatementError(problem);
  const scan = scanFor(String.fromCharCode(...head), options);
  if (scan) for await (const text of decoded(open())) scan.write(text);
  const parser = new PARSERS[format](sink, {...options, ...scan?.close()});
  for await (const text of decoded(open())) parser.write(text);
  return {format, ...parser.close()};
}

/**
 * Returns how to look through a whole file for what must be known before its first row is read: whether month or day
 * comes first in its dates, which days it covers; undefined where its start tells all.
 * @param head its first characters, some thousands if there are as many
 */
export function scanFor(head: string, options: StatementOptions): StatementScan | undefined {
  const {format} = detectFormat(head);
  if (format === "flex-csv") return needsFlexCsvScan(head) ? new FlexCsvScan(options) : undefined;
  const slashes = format === "flex-xml" && options.dateFormat === undefined && hasSlashDates(head);
  return slashes ? new DateOrderScan() : undefined;
}

async function headOf(open: OpenBytes): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD);
  let length = 0;
  for await (const chunk of open()) {
    const part = chunk.subarray(0, HEAD - length);
    head.set(part, length);
    length += part.length;
    if (length === HEAD) break;
  }
  return head.subarray(0, length);
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StatementDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk);
  yield decoder.end();
}
