/** All series that FRED has in this world, by id. */

import {AT_A_DISTANCE, SPREADS} from "./credit-table.js";
import {indexAt, type Grid} from "./days.js";
import {EXCHANGES, isSession} from "./exchanges.js";
import {balanceSheet} from "./fed.js";
import type {Ground} from "./ground.js";
import {macro} from "./macro.js";
import {once} from "./once.js";
import {MILLIONS, onGrid, PERCENT, type Published, type Shape, since} from "./published.js";
import {referenceRates} from "./reference-rates.js";
import {rounded, walk} from "./walk.js";

const MATURITIES: [id: string, words: string, years: number][] = [
  ["DGS1MO", "1-Month", 1 / 12],
  ["DGS3MO", "3-Month", 0.25],
  ["DGS6MO", "6-Month", 0.5],
  ...[1, 2, 3, 5, 7, 10, 20, 30].map((years): [string, string, number] => [
    `DGS${years}`,
    `${years}-Year`,
    years
  ])
];

export function fredSeries(ground: Ground): Map<string, Published> {
  const {grids, curve, policy, vix, oil, sp500} = ground;
  const {weekdays, everyDay, wednesdays} = grids;
  const restsOn = (exchange: {rest: (year: number) => number[]}) => {
    const like = {...EXCHANGES.bonds, ...exchange};
    return (day: number) => !isSession(like, day);
  };
  const bonds = restsOn(EXCHANGES.bonds);
  const exchange = restsOn(EXCHANGES.nyse);
  const daily = (id: string, title: string, values: () => ArrayLike<number>, shape: Partial<Shape> = {}) =>
    onGrid(id, title, {...PERCENT, ...shape}, weekdays, values, bonds);
  const allDays = (id: string, title: string, values: () => ArrayLike<number>, lagDays = 0) =>
    onGrid(id, title, {...PERCENT, often: "7D", lagDays}, everyDay, values);
  const weekly = (id: string, title: string, values: () => ArrayLike<number>, shape: Partial<Shape> = {}) =>
    onGrid(id, title, {...MILLIONS, ...shape}, wednesdays, values);
  const minus = (a: Float64Array, b: Float64Array) => a.map((value, i) => rounded(value - b[i], 2));

  const breakeven = (years: 5 | 10) => minus(curve().par(years), curve().real(years));
  const rates = once(() => referenceRates(ground));
  const sheet = once(() => balanceSheet(ground));
  const rate = (id: string, title: string): Published => ({
    ...PERCENT,
    id,
    title,
    adjusted: false,
    rows: () => listed(rates().get(id)!, weekdays)
  });

  const all: Published[] = [
    ...MATURITIES.map(([id, words, years]) =>
      daily(
        id,
        `Market Yield on U.S. Treasury Securities at ${words} Constant Maturity, Quoted on an Investment Basis`,
        () => curve().par(years)
      )
    ),
    ...[5, 7, 10, 20, 30].map((years) =>
      daily(
        `DFII${years}`,
        `Market Yield on U.S. Treasury Securities at ${years}-Year Constant Maturity, Quoted on an Investment Basis, Inflation-Indexed`,
        () => curve().real(years)
      )
    ),
    daily("T10Y2Y", "10-Year Treasury Constant Maturity Minus 2-Year Treasury Constant Maturity", () =>
      minus(curve().par(10), curve().par(2))
    ),
    daily("T10Y3M", "10-Year Treasury Constant Maturity Minus 3-Month Treasury Constant Maturity", () =>
      minus(curve().par(10), curve().par(0.25))
    ),
    daily("T5YIE", "5-Year Breakeven Inflation Rate", () => breakeven(5), {lagDays: 0}),
    daily("T10YIE", "10-Year Breakeven Inflation Rate", () => breakeven(10), {lagDays: 0}),
    daily(
      "T5YIFR",
      "5-Year, 5-Year Forward Inflation Expectation Rate",
      () => {
        const [five, ten] = [breakeven(5), breakeven(10)];
        return ten.map(
          (percent, i) => 100 * (((1 + percent / 100) ** 10 / (1 + five[i] / 100) ** 5) ** 0.2 - 1)
        );
      },
      {lagDays: 0}
    ),
    rate("EFFR", "Effective Federal Funds Rate"),
    rate("OBFR", "Overnight Bank Funding Rate"),
    rate("SOFR", "Secured Overnight Financing Rate"),
    allDays("DFF", "Federal Funds Effective Rate", () => policy().effective, 1),
    allDays("DFEDTARU", "Federal Funds Target Range - Upper Limit", () => policy().upper),
    allDays("DFEDTARL", "Federal Funds Target Range - Lower Limit", () =>
      policy().upper.map((rate) => rate - 0.25)
    ),
    since(
      "2021-07-29",
      allDays("IORB", "Interest Rate on Reserve Balances (IORB Rate)", () =>
        policy().upper.map((rate) => rate - 0.1)
      )
    ),
    daily(
      "RRPONTSYAWARD",
      "Overnight Reverse Repurchase Agreements Award Rate: Treasury Securities Sold by the Federal Reserve in the Temporary Open Market Operations",
      () => Array.from(weekdays.days, (day) => policy().upper[day - everyDay.days[0]] - 0.25),
      {lagDays: 0}
    ),
    daily("DPRIME", "Bank Prime Loan Rate", () =>
      Array.from(weekdays.days, (day) => policy().upper[day - everyDay.days[0]] + 3)
    ),
    onGrid(
      "FEDFUNDS",
      "Federal Funds Effective Rate",
      {...PERCENT, often: "M", lagDays: 32},
      grids.months,
      () => monthMeans(grids.months, everyDay, policy().effective)
    ),
    allDays("ECBDFR", "ECB Deposit Facility Rate for Euro Area", () => policy().ecbDeposit),
    allDays(
      "ECBMRRFR",
      "ECB Main Refinancing Operations Rate: Fixed Rate Tenders for Euro Area",
      () => policy().ecbRefinancing
    ),
    onGrid(
      "IUDSOIA",
      "Daily Sterling Overnight Index Average (SONIA) Rate",
      {...PERCENT, decimals: 4, lagDays: 2},
      weekdays,
      () => Array.from(weekdays.days, (day) => policy().bankRate[day - everyDay.days[0]] - 0.0285),
      restsOn(EXCHANGES.london)
    ),
    onGrid(
      "IRSTCI01JPM156N",
      "Interest Rates: Immediate Rates (< 24 Hours): Call Money/Interbank Rate: Total for Japan",
      {...PERCENT, often: "M", decimals: 3, lagDays: 45},
      grids.months,
      () => Array.from(grids.months.days, (day) => policy().callRate[day - everyDay.days[0]])
    ),
    ...SPREADS.map(([id, title, anchors, volatility, shares]) =>
      daily(id, title, () =>
        walk(weekdays, {name: id, anchors, volatility, follows: [[ground.shares(), shares / 2]], stays: 0.99})
      )
    ),
    ...AT_A_DISTANCE.map(([id, title, anchors, volatility, days]) => {
      const grid = grids[days];
      const values = () => {
        const distance = walk(grid, {name: id, anchors, scale: "level", volatility, stays: 0.9});
        const ten = curve().par(10);
        return distance.map((extra, i) => ten[indexAt(weekdays.days, grid.days[i])] + extra);
      };
      return days === "weekdays"
        ? daily(id, title, values)
        : onGrid(id, title, {...PERCENT, often: "WT", lagDays: 0}, grid, values);
    }),
    onGrid(
      "VIXCLS",
      "CBOE Volatility Index: VIX",
      {...PERCENT, units: "Index", unitsShort: "Index"},
      weekdays,
      vix,
      exchange
    ),
    onGrid(
      "SP500",
      "S&P 500",
      {...PERCENT, units: "Index", unitsShort: "Index", lagDays: 0},
      weekdays,
      sp500,
      exchange
    ),
    onGrid(
      "DCOILWTICO",
      "Crude Oil Prices: West Texas Intermediate (WTI) - Cushing, Oklahoma",
      {...PERCENT, units: "Dollars per Barrel", unitsShort: "$ per Barrel", lagDays: 5},
      weekdays,
      oil,
      exchange
    ),
    weekly(
      "WALCL",
      "Assets: Total Assets: Total Assets (Less Eliminations from Consolidation): Wednesday Level",
      () => sheet().assets
    ),
    weekly(
      "TREAST",
      "Assets: Securities Held Outright: U.S. Treasury Securities: All: Wednesday Level",
      () => {
        const {bills, notesbonds, tips, tipsInflationCompensation, frn} = sheet().soma;
        return bills.map(
          (value, i) => (value + notesbonds[i] + tips[i] + tipsInflationCompensation[i] + frn[i]) / 1e6
        );
      }
    ),
    weekly("WSHOMCB", "Assets: Securities Held Outright: Mortgage-Backed Securities: Wednesday Level", () => {
      const {mbs, cmbs} = sheet().soma;
      return mbs.map((value, i) => (value + cmbs[i]) / 1e6);
    }),
    weekly(
      "WDTGAL",
      "Liabilities and Capital: Liabilities: Deposits with F.R. Banks, Other Than Reserve Balances: U.S. Treasury, General Account: Wednesday Level",
      () => sheet().generalAccount
    ),
    weekly(
      "WTREGEN",
      "Liabilities and Capital: Liabilities: Deposits with F.R. Banks, Other Than Reserve Balances: U.S. Treasury, General Account: Week Average",
      () => sheet().generalAccountAverage,
      {often: "WE"}
    ),
    weekly(
      "WLRRAL",
      "Liabilities and Capital: Liabilities: Reverse Repurchase Agreements: Wednesday Level",
      () => sheet().reverse
    ),
    weekly(
      "WRBWFRBL",
      "Liabilities and Capital: Liabilities: Deposits: Other Deposits Held by Depository Institutions: Wednesday Level",
      () => sheet().reserves
    ),
    weekly(
      "WRESBAL",
      "Liabilities and Capital: Other Factors Draining Reserve Balances: Reserve Balances with Federal Reserve Banks: Week Average",
      () => sheet().reservesAverage.map((millions) => millions / 1000),
      {units: "Billions of U.S. Dollars", unitsShort: "Bil. of U.S. $", often: "WE", decimals: 3}
    ),
    daily(
      "RRPONTSYD",
      "Overnight Reverse Repurchase Agreements: Treasury Securities Sold by the Federal Reserve in the Temporary Open Market Operations",
      () => sheet().overnight,
      {units: "Billions of US Dollars", unitsShort: "Bil. of US $", decimals: 3, lagDays: 0}
    ),
    ...macro(ground)
  ];
  return new Map(all.map((series) => [series.id, series]));
}

/** Values of days on all weekdays; NaN on the others, since FRED lists them. */
function listed({days, rate}: {days: number[]; rate: number[]}, {days: all}: Grid) {
  const at = new Map(days.map((day, i) => [day, rate[i]]));
  const from = Math.max(0, indexAt(all, days[0]));
  const kept = Array.from(all).slice(from);
  return {days: kept, values: kept.map((day) => at.get(day) ?? NaN)};
}

function monthMeans(months: Grid, everyDay: Grid, values: Float64Array): number[] {
  const first = everyDay.days[0];
  return Array.from(months.days, (day, i) => {
    const end = i + 1 < months.days.length ? months.days[i + 1] : day + 28;
    const part = values.subarray(day - first, end - first);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
