import type {DateOrder} from "../time/flex-date.js";
import {DateOrderScan, hasSlashDates} from "./date-order.js";
import {StatementDecoder} from "./decode.js";
import {detectFormat, formatName} from "./detect.js";
import {FlexXmlParser} from "./flex-xml.js";
import type {StatementOptions, StatementParserClass} from "./parser.js";
import {refusal} from "./refusal.js";
import {
  StatementError,
  type StatementFormat,
  type StatementSink,
  type StatementWarning
} from "./statement.js";

/** Opens a file's bytes from their start; called twice where dates with slashes must be looked at beforehand. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

const HEAD = 8192;

/** The parser of each format that can be read. */
const PARSERS: Partial<Record<StatementFormat, StatementParserClass>> = {
  "flex-xml": FlexXmlParser
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
  {dateFormat}: StatementOptions = {}
): Promise<{format: StatementFormat; warnings: StatementWarning[]}> {
  const head = await headOf(open);
  const {format, problem} = detectFormat(head);
  if (problem) throw new StatementError(problem);
  const Parser = PARSERS[format];
  if (!Parser)
    throw refusal(
      "csv",
      `the file is ${formatName(format)} (${format}), which cannot be read yet: run a Flex query with the format XML and import that`
    );
  const slashes = hasSlashDates(String.fromCharCode(...head));
  const parser = new Parser(sink, {
    dateFormat: dateFormat ?? (slashes ? await dateOrder(open) : undefined)
  });
  for await (const text of decoded(open())) parser.write(text);
  return {format, ...parser.close()};
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

async function dateOrder(open: OpenBytes): Promise<DateOrder | undefined> {
  const scan = new DateOrderScan();
  for await (const text of decoded(open())) scan.write(text);
  return scan.close();
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StatementDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk);
  yield decoder.end();
}
