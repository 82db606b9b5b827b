import {expect, it} from "vitest";
import {ecb, parseRates} from "../../../loaders/vendors/ecb.js";
import {pulled, valuesOf, writtenWeb} from "./written-web.js";

const HEADER = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE";
const line = (day: string, value: string, currency = "USD") =>
  `EXR.D.${currency}.EUR.SP00.A,D,${currency},EUR,SP00,A,${day},${value}`;
const csv = (...lines: string[]) => [HEADER, ...lines, ""].join("\r\n");

it("parseRates(csv) reads units of a currency for one euro, oldest first", () => {
  expect(parseRates(csv(line("2026-11-20", "1.1602"), line("2026-11-19", "1.1587")))).toEqual([
    {quote: "USD", day: "2026-11-19", rate: 1.1587},
    {quote: "USD", day: "2026-11-20", rate: 1.1602}
  ]);
});

it("parseRates(csv) reads by name whatever columns full detail adds and wherever they stand", () => {
  const full =
    "OBS_VALUE,OBS_STATUS,TIME_PERIOD,CURRENCY_DENOM,CURRENCY,FREQ,TITLE\n1.16,A,2026-11-20,EUR,USD,D,x\n";
  expect(parseRates(full)).toEqual([{quote: "USD", day: "2026-11-20", rate: 1.16}]);
});

it("parseRates(csv) leaves a day without a rate out", () => {
  const rates = parseRates(
    csv(line("2026-05-01", "NaN"), line("2026-05-04", ""), line("2026-05-05", "1.17"))
  );
  expect(rates.map(({day}) => day)).toEqual(["2026-05-05"]);
});

it("parseRates(csv) refuses a rate that is none, a column that is gone and a line that breaks off", () => {
  const code = (text: string) => {
    try {
      parseRates(text);
      return "taken";
    } catch (error) {
      return (error as {code: string}).code;
    }
  };
  expect(code(csv(line("2026-11-20", "-1")))).toBe("changed-format");
  expect(code(csv(line("2026-11-20", "1.16x")))).toBe("changed-format");
  expect(code(csv(line("2026-11-20", "1.16")).replace("OBS_VALUE", "VALUE"))).toBe("changed-format");
  expect(code(csv(line("2026-11-20", "1.1602")).slice(0, -4))).toBe("truncated");
  expect(code(csv(line("2026-11-20", "1.1602")).slice(0, -10))).toBe("truncated");
});

it("parseRates(csv) refuses rates that are not daily or not per euro", () => {
  expect(() => parseRates(csv(line("2026-11-20", "1.16")).replace(",D,", ",M,"))).toThrow("FREQ");
  expect(() => parseRates(csv(line("2026-11-20", "1.16")).replace(",EUR,", ",USD,"))).toThrow(
    "CURRENCY_DENOM"
  );
});

it("ecb asks for the days wanted of one currency and yields them per euro", async () => {
  const web = writtenWeb(() => csv(line("2026-11-19", "180.1", "JPY"), line("2026-11-20", "179.5", "JPY")));
  const pages = await pulled(ecb, web, {symbol: "EURJPY", from: "2026-11-16", to: "2026-11-22"});
  expect(web.asked).toEqual([
    {
      path: "/service/data/EXR/D.JPY.EUR.SP00.A",
      query: {startPeriod: "2026-11-16", endPeriod: "2026-11-22", format: "csvdata", detail: "dataonly"},
      content: "csv",
      accept: [404]
    }
  ]);
  expect(pages[0].rows[0].columns).toMatchObject({base: ["EUR", "EUR"], quote: ["JPY", "JPY"]});
  expect(valuesOf(pages)).toEqual([
    ["2026-11-19", 180.1],
    ["2026-11-20", 179.5]
  ]);
});

it("ecb says that there is no rate where the ECB answers 404, or only days without one", async () => {
  const ask = {symbol: "EURXAU", from: "2026-11-16", to: "2026-11-22"};
  const missing = writtenWeb(() => ({status: 404, text: "No results found."}));
  await expect(pulled(ecb, missing, ask)).rejects.toMatchObject({
    code: "no-data",
    message: "the ECB has nothing of EURXAU from 2026-11-16 to 2026-11-22"
  });
  const empty = writtenWeb(() => csv(line("2026-11-20", "NaN")));
  await expect(pulled(ecb, empty, {symbol: "EURUSD"})).rejects.toMatchObject({code: "no-data"});
});

it("ecb refuses a pair that is not per euro before it asks, and another currency than asked for", async () => {
  const web = writtenWeb(() => csv(line("2026-11-20", "1.16")));
  for (const symbol of ["USDJPY", "USD", "EUREUR", "../EURUSD", "EURUSD/x"])
    await expect(pulled(ecb, web, {symbol})).rejects.toMatchObject({code: "unknown-symbol"});
  expect(web.asked).toEqual([]);
  await expect(pulled(ecb, web, {symbol: "EURJPY"})).rejects.toMatchObject({
    code: "not-what-was-asked",
    message: "the ECB sent USD when asked for JPY"
  });
});
