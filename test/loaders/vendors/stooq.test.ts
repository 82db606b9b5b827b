import {expect, it} from "vitest";
import {parseStooq, stooq} from "../../../loaders/vendors/stooq.js";
import {pulled, recordsOf, writtenWeb} from "./written-web.js";

// files shaped as Stooq's download; the numbers are invented
const AT = Date.parse("2026-11-20T22:00:00Z");
const FILE = `Date,Open,High,Low,Close,Volume\r
2026-11-18,99.5,101,98.75,100.25,123456\r
2026-11-19,100,102,99,101.5,234567\r
`;
const file = (symbol: string) => ({symbol, frequency: "1d", at: AT}) as const;
const pull = (text: string, ask = {}) => {
  const web = writtenWeb(() => text, {now: new Date(AT)});
  return {web, pages: pulled(stooq, web, {symbol: "acme.us", from: "2026-11-02", to: "2026-11-20", ...ask})};
};

it("parseStooq() reads bars, their market from the symbol's ending", () => {
  const {facts, bars} = parseStooq(FILE, file("acme.us"));
  expect(facts).toEqual({symbol: "acme.us", name: "", unit: "USD", timeZone: "America/New_York"});
  expect(bars[0]).toEqual({
    symbol: "acme.us",
    time: Date.parse("2026-11-18T21:00Z"),
    day: "2026-11-18",
    open: 99.5,
    high: 101,
    low: 98.75,
    close: 100.25,
    volume: 123456,
    currency: "USD"
  });
});

it("parseStooq() reads pairs and indices, which have no volume, and orders what is newest first", () => {
  const text = "Date,Open,High,Low,Close\n2026-11-19,1.16,1.17,1.15,1.165\n2026-11-18,1.15,1.16,1.14,1.16\n";
  const {bars, facts} = parseStooq(text, file("eurusd"));
  expect(facts.unit).toBe("");
  expect(bars.map(({day, volume}) => [day, volume])).toEqual([
    ["2026-11-18", null],
    ["2026-11-19", null]
  ]);
  expect(bars[0].time).toBe(Date.parse("2026-11-19T00:00Z"));
});

it("parseStooq() does not guess whether London's prices are pence", () => {
  expect(parseStooq(FILE, file("vod.uk"))).toMatchObject({facts: {unit: "", timeZone: "Europe/London"}});
});

it("parseStooq() leaves out today's bar before the close", () => {
  const early = {...file("acme.us"), at: Date.parse("2026-11-19T20:59Z")};
  expect(parseStooq(FILE, early).bars.map(({day}) => day)).toEqual(["2026-11-18"]);
});

it.each([
  ["<!DOCTYPE html><script>/* sha-256 proof of work */</script>", "challenge", /a web page instead of a CSV/],
  ["Exceeded the daily hits limit", "quota-used", /come back tomorrow/],
  ["No data\r\n", "unknown-symbol", /no data of acme.us/],
  [FILE.replace("Close", "Last"), "changed-format", /no Close among Date, Open, High, Low, Last, Volume/],
  [FILE.replace("100.25", "n/a"), "changed-format", /Close/],
  [`${FILE}2026-11-20,10`, "truncated", /breaks off/]
])("parseStooq() knows what %j is", (text, code, message) => {
  expect(() => parseStooq(text, file("acme.us"))).toThrow(
    expect.objectContaining({code, message: expect.stringMatching(message)})
  );
});

it("pull() asks for prices that are not adjusted, on the days asked for", async () => {
  const {web, pages} = pull(FILE, {to: "2026-11-18"});
  expect(recordsOf(await pages, "bars").map(({day}) => day)).toEqual(["2026-11-18"]);
  expect(web.asked[0]).toMatchObject({
    path: "/q/d/l/",
    query: {s: "acme.us", i: "d", d1: "20261102", d2: "20261118", o: "1111111"}
  });
});

it("pull() wants symbols as the site writes them", async () => {
  await expect(pull(FILE, {symbol: "ACME.US"}).pages).rejects.toMatchObject({
    code: "unknown-symbol",
    message: "Stooq knows no ACME.US: write acme.us"
  });
});

it("importCsv() takes a file that a person has downloaded", () => {
  const page = stooq.importCsv!(FILE.trimEnd(), file("ACME.US"));
  expect(recordsOf([page], "bars")).toMatchObject([
    {symbol: "acme.us", day: "2026-11-18"},
    {symbol: "acme.us", day: "2026-11-19", close: 101.5}
  ]);
});
