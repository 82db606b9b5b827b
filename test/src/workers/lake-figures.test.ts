import {expect, it} from "vitest";
import type {LakeRows} from "../../../lib/ledger/lake/lake-rows.js";
import type {Benchmark} from "../../../lib/ledger/views.js";
import {lakeFigures, type LakeQuery} from "../../../src/workers/lake-figures.js";
import {CONTEXT, ledgerOf, navRows} from "../../lib/ledger/tables.js";

const DAYS = ["2026-01-02", "2026-01-05"];
const ledger = ledgerOf({nav: navRows({"2026-01-02": "1200", "2026-01-05": "1250"})});
const fixings = (quote: string, rate: number) => ({
  base: "EUR",
  quote,
  source: "ECB fixing",
  rates: DAYS.map((day) => [day, rate] as const)
});
const benchmark = (name: string): Benchmark => ({
  name,
  kind: "price return",
  currency: "USD",
  closes: DAYS.map((day, i) => [day, 100 + i] as const)
});
const LAKE: LakeRows = {marks: [], rates: [fixings("USD", 1.2)], benchmarks: [], names: ["SPY", "AGG"]};

/** A place that has fixings of francs, and any benchmark that is named in what it is asked. */
function place(fails = false) {
  const asked: LakeQuery[] = [];
  const more = (query: LakeQuery): Promise<LakeRows> => {
    asked.push(query);
    if (fails) return Promise.reject(new Error("the bridge is gone"));
    const {benchmark: spec = "", currency} = query;
    return Promise.resolve({
      ...LAKE,
      rates: [...LAKE.rates, ...(currency === "CHF" ? [fixings("CHF", 0.96)] : [])],
      benchmarks: LAKE.names.filter((name) => spec.includes(name)).map(benchmark)
    });
  };
  return {asked, figures: lakeFigures(ledger, {...CONTEXT, lake: LAKE}, more)};
}

it("asked(query) asks nothing for the ledger's own currencies and the lake's that are here", async () => {
  const {asked, figures} = place();
  for (const query of [{}, {currency: "USD"}, {currency: "EUR"}, {benchmark: "nothing known"}])
    await figures.asked(query);
  expect(asked).toEqual([]);
  // 1250 dollars at 1.2 dollars for a euro.
  expect((await figures.asked({})).summary({currency: "EUR"}).nav.value).toBe("1041.666666666667");
});

it("asked(query) fetches a benchmark or the parts of a blend once, and keeps them", async () => {
  const {asked, figures} = place();
  const blend = "60% SPY / 40% AGG";
  for (const spec of ["SPY", "SPY", blend, blend]) {
    const own = await figures.asked({benchmark: spec});
    expect(own.performance({benchmark: spec}).benchmark).not.toBeNull();
  }
  expect(asked).toEqual([{benchmark: "SPY"}, {benchmark: blend}]);
});

it("asked(query) fetches a currency once, and keeps the benchmarks that are here", async () => {
  const {asked, figures} = place();
  await figures.asked({benchmark: "SPY"});
  for (let i = 0; i < 2; ++i) {
    const own = await figures.asked({currency: "CHF", benchmark: "SPY"});
    expect(own.summary({currency: "CHF"}).nav.value).toBe("1000");
    expect(own.performance({currency: "CHF", benchmark: "SPY"}).benchmark).not.toBeNull();
  }
  expect(asked).toEqual([{benchmark: "SPY"}, {currency: "CHF"}]);
});

it("questions that come together are answered one after the other, and each fetches what it lacks", async () => {
  const {asked, figures} = place();
  await Promise.all(["SPY", "SPY", "AGG"].map((name) => figures.asked({benchmark: name})));
  expect(asked).toEqual([{benchmark: "SPY"}, {benchmark: "AGG"}]);
});

it("what could not be fetched is told to the one that asked, and the next is not kept waiting", async () => {
  const {figures} = place(true);
  await expect(figures.asked({currency: "CHF"})).rejects.toThrow("the bridge is gone");
  expect((await figures.asked({})).summary({}).nav.value).toBe("1250");
});

it("a ledger without a lake has figures that ask for nothing", async () => {
  const figures = await lakeFigures(ledger, CONTEXT).asked({currency: "CHF", benchmark: "SPY"});
  expect(figures.summary({currency: "CHF"}).nav.value).toBeNull();
});
