import {z} from "zod";
import {rowsOf} from "../../lib/lake/columns.js";
import {checkAsk} from "./ask.js";
import {noData, parsedJson} from "./parsed.js";
import {sharedReply} from "./shared-reply.js";
import {type Ask, type Vendor, VendorError} from "./vendor.js";

const SOURCE = "the New York Fed";

/** Kinds of securities that the Fed holds: our series, the summary's field, what it is. */
const HOLDINGS = [
  {series: "SOMA_BILLS", field: "bills", name: "Treasury bills"},
  {series: "SOMA_NOTESBONDS", field: "notesbonds", name: "Treasury notes and bonds"},
  {series: "SOMA_TIPS", field: "tips", name: "TIPS at face value"},
  {series: "SOMA_FRN", field: "frn", name: "Treasury floating rate notes"},
  {series: "SOMA_AGENCIES", field: "agencies", name: "agency debt"},
  {series: "SOMA_MBS", field: "mbs", name: "agency mortgage-backed securities"},
  {series: "SOMA_CMBS", field: "cmbs", name: "agency commercial mortgage-backed securities"}
] as const;
/** Told beside them, and not in the total: of 2003-11-19 it is 661,091,816,000 without it, to the dollar. */
const INFLATION = {
  series: "SOMA_TIPS_INFLATION",
  field: "tipsInflationCompensation",
  name: "inflation compensation of TIPS"
} as const;
const TOTAL = {series: "SOMA_TOTAL", field: "total", name: "all holdings"} as const;
const SOMA = [...HOLDINGS, INFLATION, TOTAL];

const RATES = new Map([
  ["EFFR", {group: "unsecured", name: "effective federal funds rate"}],
  ["OBFR", {group: "unsecured", name: "overnight bank funding rate"}],
  ["SOFR", {group: "secured", name: "secured overnight financing rate"}],
  ["BGCR", {group: "secured", name: "broad general collateral rate"}],
  ["TGCR", {group: "secured", name: "tri-party general collateral rate"}]
]);

/** US dollars as the summary writes them: a string, empty where there is none. */
const dollars = z
  .string()
  .regex(/^(\d+(\.\d+)?)?$/, "must be an amount or empty")
  .transform((text) => (text === "" ? null : Number(text)));
const Summary = z.object({
  soma: z.object({
    summary: z.array(
      z.object({
        asOfDate: z.iso.date(),
        bills: dollars,
        notesbonds: dollars,
        tips: dollars,
        frn: dollars,
        agencies: dollars,
        mbs: dollars,
        cmbs: dollars,
        tipsInflationCompensation: dollars,
        total: dollars
      })
    )
  })
});

const Rates = z.object({
  refRates: z.array(
    z.object({effectiveDate: z.iso.date(), type: z.string(), percentRate: z.number().nullish()})
  )
});

/** A value of a series on a day. */
export interface Observation {
  series: string;
  day: string;
  value: number;
}

/**
 * Parses the summary of the System Open Market Account into series `SOMA_BILLS`, …, `SOMA_TOTAL` in US dollars; what
 * is empty is left out, but for the total, which then is the sum of the kinds.
 * @returns oldest first
 * @throws VendorError
 */
export function parseSoma(json: string): Observation[] {
  const {summary} = parsedJson(Summary, json, SOURCE).soma;
  return summary
    .toSorted((a, b) => (a.asOfDate < b.asOfDate ? -1 : 1))
    .flatMap((row) => {
      const sum = HOLDINGS.reduce((total, {field}) => total + (row[field] ?? 0), 0);
      const whole = {...row, total: row.total ?? sum};
      return SOMA.flatMap(({series, field}) => {
        const value = whole[field];
        return value === null ? [] : [{series, day: row.asOfDate, value}];
      });
    });
}

/**
 * Parses reference rates, percent a year, by their type: `EFFR`, `SOFR`, …; what has no rate (the averages of SOFR)
 * is left out.
 * @returns oldest first
 * @throws VendorError
 */
export function parseRates(json: string): Observation[] {
  return parsedJson(Rates, json, SOURCE)
    .refRates.flatMap(({type, effectiveDate, percentRate}) =>
      percentRate === null || percentRate === undefined
        ? []
        : [{series: type, day: effectiveDate, value: percentRate}]
    )
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The Fed's own holdings (weekly, Wednesdays) and the overnight reference rates of New York. */
export const newYorkFed: Vendor = {
  id: "new-york-fed",
  name: "New York Fed",
  offers: {series: ["1d"]},
  universe: "markets",
  calendar: "none",
  overlapDays: 10,
  key: null,
  rate: {perMinute: 60, burst: 5},
  note: "free, no key; holdings of a Wednesday come about a week later, rates the next morning",

  async *pull(ask, web, signal) {
    checkAsk(newYorkFed, ask);
    const {symbol, from, to} = ask;
    const rate = RATES.get(symbol);
    const holding = SOMA.find(({series}) => series === symbol);
    if (!rate && !holding) {
      const known = [...RATES.keys(), ...SOMA.map(({series}) => series)].join(", ");
      throw new VendorError(
        "unknown-symbol",
        `the New York Fed has no series named ${symbol}: it has ${known}`
      );
    }
    const observations = rate
      ? parseRates((await web.get(ratesRequest(rate.group, ask), signal)).text)
      : parseSoma((await sharedReply(web, {path: "/api/soma/summary.json", content: "json"}, signal)).text);
    const found = observations.filter(({series, day}) => series === symbol && day >= from && day <= to);
    if (!found.length) throw noData("the New York Fed", ask);
    const unit = rate ? "percent" : "usd";
    const name = rate ? rate.name : `SOMA: ${holding!.name}`; // one of the two
    yield {
      facts: {symbol, name, unit, timeZone: ""},
      rows: [
        rowsOf(
          "series",
          found.map((row) => ({...row, unit}))
        )
      ]
    };
  }
};

function ratesRequest(group: string, {symbol, from, to}: Ask) {
  return {
    path: `/api/rates/${group}/${symbol.toLowerCase()}/search.json`,
    query: {startDate: from, endDate: to},
    content: "json"
  } as const;
}
