import {expect, it} from "vitest";
import {LakeRates} from "../../../../lib/ledger/lake/lake-rates.js";
import {ratesOf} from "../../../../lib/ledger/rates.js";
import {withLake} from "../../../../lib/ledger/lake/with-lake.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";
import {ledgerOf} from "../tables.js";

const fixings = (quote: string, ...rates: [string, number][]) => ({
  base: "EUR",
  quote,
  source: "ECB fixing",
  rates
});
const table = new LakeRates([
  fixings("USD", ["2026-04-01", 1.2], ["2026-04-02", 1.25]),
  fixings("GBP", ["2026-04-02", 0.8]),
  fixings("JPY", ["2026-04-01", 0], ["2026-04-02", NaN])
]);
const find = (from: string, to: string, day: string) => {
  const found = table.find(from, to, day);
  return found && [formatAmount(found.rate), found.ageDays, found.source];
};

it("find(from, to, day) gives a fixing as it is, turned, and across the euro", () => {
  expect(find("EUR", "USD", "2026-04-01")).toEqual(["1.2", 0, "ECB fixing"]);
  expect(find("USD", "EUR", "2026-04-02")).toEqual(["0.8", 0, "ECB fixing"]);
  expect(find("GBP", "USD", "2026-04-02")).toEqual(["1.5625", 0, "ECB fixing"]);
});

it("find(from, to, day) carries a fixing over Easter, and says for how many days", () => {
  expect(find("EUR", "USD", "2026-04-06")).toEqual(["1.25", 4, "ECB fixing"]);
  expect(find("EUR", "USD", "2026-04-07")).toEqual(["1.25", 5, "ECB fixing"]);
  expect(find("EUR", "USD", "2026-04-08")).toBeNull();
});

it("find(from, to, day) is null before the first fixing, and of what is not fixed or not above zero", () => {
  expect(find("EUR", "USD", "2026-03-31")).toBeNull();
  expect(find("GBP", "USD", "2026-04-01")).toBeNull();
  expect(find("EUR", "CHF", "2026-04-02")).toBeNull();
  expect(find("EUR", "JPY", "2026-04-02")).toBeNull();
});

it("convert(amount, from, to, day) rounds once for each fixing", () => {
  const amount = table.convert(parseAmount("100"), "GBP", "USD", "2026-04-02");
  expect(amount && formatAmount(amount)).toBe("156.25");
});

it("ratesOf(ledger) asks the lake only where IBKR's own rates lead nowhere", () => {
  const own = ledgerOf({
    rates: [
      {day: "2026-04-01", fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"},
      {day: "2026-04-02", fromCurrency: "CHF", toCurrency: "USD", rate: "1.3"}
    ]
  });
  const rates = [fixings("USD", ["2026-04-01", 9], ["2026-04-02", 1.25]), fixings("CHF", ["2026-04-02", 9])];
  const found = (from: string, to: string, day: string) => {
    const rate = ratesOf(withLake(own, {marks: [], rates, benchmarks: [], names: []})).find(from, to, day);
    return rate && [formatAmount(rate.rate), rate.source];
  };
  expect(found("EUR", "USD", "2026-04-01")).toEqual(["1.1", undefined]);
  expect(found("CHF", "USD", "2026-04-02")).toEqual(["1.3", undefined]);
  expect(found("EUR", "USD", "2026-04-02")).toEqual(["1.25", "ECB fixing"]);
  // Good Friday is no session: IBKR's own rate of the day before still holds.
  expect(found("CHF", "USD", "2026-04-03")).toEqual(["1.3", undefined]);
});
