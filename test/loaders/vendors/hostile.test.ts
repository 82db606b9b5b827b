import * as fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import {parseKlines, parseKlinesCsv} from "../../../loaders/vendors/binance-klines.js";
import {parseAggregates, parseDividends, parseSplits} from "../../../loaders/vendors/polygon-replies.js";
import {parseStooq} from "../../../loaders/vendors/stooq.js";
import {VendorError} from "../../../loaders/vendors/vendor.js";
import {parseChart} from "../../../loaders/vendors/yahoo-chart.js";
import {long} from "../../long.js";
import {openDesk, startShared} from "./desk.js";

// whatever a vendor sends, a parser gives rows that a lake can hold, or a VendorError: anything else would end the pull

const AT = Date.parse("2026-11-20T22:00:00Z");
const PAIR = {symbol: "BTCUSDT", currency: "USDT"};
const bars = (symbol: string) => ({symbol, frequency: "1d", at: AT}) as const;
const PARSERS = {
  chart: (text: string) => {
    const {bars: rows, actions} = parseChart(text, bars("AAPL"));
    rowsOf("bars", rows);
    rowsOf("actions", actions);
  },
  aggregates: (text: string) => rowsOf("bars", parseAggregates(text, bars("AAPL")).rows),
  splits: (text: string) => rowsOf("actions", parseSplits(text, "AAPL").rows),
  dividends: (text: string) => rowsOf("actions", parseDividends(text, "AAPL").rows),
  klines: (text: string) =>
    rowsOf(
      "bars",
      parseKlines(text, PAIR).map(({row}) => row)
    ),
  klinesCsv: (text: string) =>
    rowsOf(
      "bars",
      parseKlinesCsv(text, PAIR).map(({row}) => row)
    ),
  stooq: (text: string) => rowsOf("bars", parseStooq(text, bars("aapl.us")).bars)
};
type Parser = keyof typeof PARSERS;

/** Replies of the stand-ins, by the parser that reads them. */
const replies = new Map<Parser, string>();
let shared: Awaited<ReturnType<typeof startShared>>;
beforeAll(async () => {
  shared = await startShared();
  const from = "2026-11-02";
  const yahoo = openDesk(shared, "yahoo");
  await yahoo.pull({from});
  const polygon = openDesk(shared, "polygon");
  await polygon.pull({from});
  await polygon.pull({kind: "actions", from: "2020-01-01"});
  const binance = openDesk(shared, "binance");
  await binance.pull({from});
  const stooq = openDesk(shared, "stooq");
  await stooq.pull({from: "2026-07-01"});
  const [aggregates, splits, dividends] = polygon.kept.map(({text}) => text);
  const klines = binance.kept[1].text;
  const lines = (JSON.parse(klines) as unknown[][]).map((line) => line.join(","));
  const known = {chart: yahoo.kept[0].text, aggregates, splits, dividends, klines, stooq: stooq.kept[0].text};
  for (const [name, text] of Object.entries({...known, klinesCsv: lines.join("\n")}))
    replies.set(name as Parser, text);
});
afterAll(() => shared.stand.close());

const ODD = [
  "",
  "null",
  "-1",
  "0",
  "NaN",
  "1e999",
  "9007199254740991",
  "-9007199254740991",
  '"x"',
  "[]",
  "{}",
  "true"
];
const TOKEN = /-?\d+(?:\.\d+)?|"[^"]*"|[A-Za-z_/]+/g;

function takes(parser: Parser, text: string): void {
  try {
    PARSERS[parser](text);
  } catch (error) {
    if (!(error instanceof VendorError)) throw new Error(`${parser} threw ${String(error)}`, {cause: error});
  }
}

it.each(Object.keys(PARSERS) as Parser[])("%s: reads the stand-in's reply as it is", (parser) => {
  expect(() => PARSERS[parser](replies.get(parser)!)).not.toThrow();
});

it.each(Object.keys(PARSERS) as Parser[])(
  "%s: takes a reply in which anything may be anything else",
  (parser) => {
    const reply = replies.get(parser)!;
    const tokens = [...reply.matchAll(TOKEN)];
    const places = fc.nat({max: tokens.length - 1});
    fc.assert(
      fc.property(places, fc.constantFrom(...ODD), (place, odd) => {
        const {index, 0: token} = tokens[place];
        takes(parser, reply.slice(0, index) + odd + reply.slice(index + token.length));
      }),
      {numRuns: long(2000)}
    );
  }
);

it.each(Object.keys(PARSERS) as Parser[])("%s: takes a reply that breaks off anywhere", (parser) => {
  const reply = replies.get(parser)!;
  fc.assert(
    fc.property(fc.nat({max: reply.length}), (length) => takes(parser, reply.slice(0, length))),
    {numRuns: long(1000)}
  );
});
