import {expect, it} from "vitest";
import {fedLiquidityView} from "../../../lib/market/fed-liquidity.js";
import type {MarketSeries} from "../../../lib/market/series.js";
import {studyMarkets} from "../../../lib/market/study.js";
import {SOMA} from "../../../lib/market/universe-rates.js";
import {addDays} from "../../../lib/time/day.js";
import {held, NOW, setOf} from "./held.js";

const WEDNESDAY = "2026-11-18";
const view = (...series: MarketSeries[]) => fedLiquidityView(studyMarkets(setOf(...series), NOW));
/** Weekly levels that change by so many billions a week, in dollars. */
const weekly = (id: string, last: number, change: number, weeks = 20) =>
  held(
    id,
    Object.fromEntries(
      Array.from({length: weeks}, (_, i) => [addDays(WEDNESDAY, -7 * i), (last - i * change) * 1e9])
    )
  );

it("fedLiquidityView(study) takes general account and reverse repo off total assets, in billions", () => {
  const {weeks, rows, reason} = view(
    weekly("fred:WALCL", 6600, -5),
    weekly("fred:WDTGAL", 850, 10),
    weekly("fred:WLRRAL", 350, 0)
  );
  expect(weeks).toHaveLength(20);
  expect(weeks.at(-1)).toEqual({
    day: WEDNESDAY,
    assets: 6600,
    generalAccount: 850,
    reverseRepo: 350,
    net: 5400
  });
  expect(weeks[0].day).toBe(addDays(WEDNESDAY, -133));
  expect(rows[0]).toMatchObject({label: "Net liquidity", value: 5400, unit: "usd billion", asOf: WEDNESDAY});
  expect(rows[0].source).toBe("computed: fred WALCL − fred WDTGAL − fred WLRRAL");
  expect(rows[0].change1w).toBeCloseTo(5400 / 5415 - 1, 12); // 6605 - 840 - 350 the week before
  expect(reason).toBeNull();
});

it("fedLiquidityView(study) leaves out a week that lacks one of the three", () => {
  const {weeks} = view(
    weekly("fred:WALCL", 6600, 0, 3),
    weekly("fred:WDTGAL", 850, 0, 2),
    held("fred:WLRRAL", {[WEDNESDAY]: 3.5e11, [addDays(WEDNESDAY, -8)]: 3e11})
  );
  expect(weeks.map(({day}) => day)).toEqual([WEDNESDAY]);
});

it("fedLiquidityView(study) refuses levels whose unit is not dollars", () => {
  const account = held("fred:WDTGAL", {[WEDNESDAY]: 850}, {unit: "usd billion"});
  const {weeks, reason} = view(weekly("fred:WALCL", 6600, 0), account, weekly("fred:WLRRAL", 350, 0));
  expect(weeks).toEqual([]);
  expect(reason).toBe("fred:WDTGAL is in usd billion, not in usd: pull it again");
});

it("fedLiquidityView(study) says how fast the balance sheet moves", () => {
  const pace = (change: number) => view(weekly("fred:WALCL", 6600, change)).pace;
  expect(pace(-5)).toEqual({
    fourWeeks: -20,
    thirteenWeeks: -65,
    sentence: "The balance sheet runs off: −65.0 USD billion in thirteen weeks, −20.0 in four."
  });
  expect(pace(4).sentence).toBe(
    "The balance sheet expands: +52.0 USD billion in thirteen weeks, +16.0 in four."
  );
  expect(pace(0.5).sentence).toContain("about level");
  expect(view(weekly("fred:WALCL", 6600, -5, 10)).pace).toEqual({
    fourWeeks: -20,
    thirteenWeeks: null,
    sentence: "no pace: thirteen weeks of total assets (WALCL) are not in the lake"
  });
});

it("fedLiquidityView(study) lists SOMA by kind, in billions", () => {
  const soma = SOMA.map(({id}, i) => held(id, {[WEDNESDAY]: (i + 1) * 1e11}));
  expect(view(...soma).soma).toEqual([
    {
      asOf: WEDNESDAY,
      bills: 100,
      notesBonds: 200,
      tips: 300,
      tipsInflation: 400,
      frn: 500,
      mbs: 600,
      cmbs: 700,
      agencies: 800,
      total: 900
    }
  ]);
  expect(view(...soma.slice(1)).soma).toEqual([]);
});
