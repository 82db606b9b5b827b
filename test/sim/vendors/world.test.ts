import {expect, it, vi} from "vitest";
import {float} from "../../../sim/account/booking/amounts.js";
import {SHARES} from "../../../sim/account/market/instruments.js";
import {market} from "../../../sim/account/market/market.js";
import {timetable} from "../../../sim/account/market/timetable.js";
import {world, worlds} from "../../../sim/vendors/world.js";

const NOW = new Date("2026-11-22T18:00:00Z"); // a Sunday
const known = world(NOW);
const last = (id: string) => known.series(id).values.at(-1)!;
const on = (id: string, day: string) => {
  const {days, values} = known.series(id);
  return values[days.indexOf(day)];
};

it("world(now) is the same each time it is made", async () => {
  vi.resetModules(); // nothing is kept of the first
  const {world: made} = await import("../../../sim/vendors/world.js");
  const again = made(NOW);
  for (const id of ["yahoo:^GSPC", "treasury:BC_10YEAR", "ecb:EURJPY", "fred:WALCL", "yahoo:VQTM"]) {
    expect(again.series(id)).toEqual(known.series(id));
  }
});

it("worlds(account)(later) only adds to what was known before", () => {
  const at = worlds(new Date("2026-11-13T22:30:00Z"));
  const [before, after] = [at(new Date("2026-11-13T22:30:00Z")), at(new Date("2027-02-05T22:30:00Z"))];
  for (const id of [
    "yahoo:^GSPC",
    "yahoo:^VIX",
    "yahoo:AAPL",
    "yahoo:VQTM",
    "yahoo:RVGQ.L",
    "yahoo:BTC-USD",
    "yahoo:ZQH27.CBT",
    "treasury:BC_1_5MONTH",
    "treasury:TC_10YEAR",
    "ecb:EURUSD",
    "ecb:EURTRY",
    "fred:CPIAUCSL",
    "fred:ICSA",
    "fred:BAMLH0A0HYM2",
    "fred:WRESBAL",
    "new-york-fed:SOFR",
    "new-york-fed:SOMA_TOTAL"
  ]) {
    const [old, grown] = [before.series(id), after.series(id)];
    expect(grown.days.length, id).toBeGreaterThan(old.days.length);
    expect(grown.days.slice(0, old.days.length), id).toEqual(old.days);
    expect(grown.values.slice(0, old.values.length), id).toEqual(old.values);
  }
});

it("levels look like the real markets", () => {
  // closes as everyone knows them, to the nearest few percent
  const levels: [string, string, number, number][] = [
    ["yahoo:^GSPC", "2014-01-02", 1848, 0.02],
    ["yahoo:^GSPC", "2020-03-23", 2237, 0.001],
    ["yahoo:^GSPC", "2021-12-31", 4766, 0.001],
    ["yahoo:^GSPC", "2026-11-20", 6700, 0.1],
    ["yahoo:^VIX", "2020-03-16", 82.7, 0.001],
    ["yahoo:^N225", "2024-12-30", 39895, 0.05],
    ["yahoo:CL=F", "2022-03-08", 123.7, 0.001],
    ["yahoo:GC=F", "2023-12-29", 2072, 0.01],
    ["yahoo:BTC-USD", "2021-11-08", 67566, 0.001],
    ["treasury:BC_10YEAR", "2023-10-19", 4.98, 0.01],
    ["treasury:BC_3MONTH", "2023-10-19", 5.4, 0.05],
    ["ecb:EURUSD", "2022-09-27", 0.96, 0.002],
    ["ecb:EURDKK", "2020-06-15", 7.45, 0.005],
    ["fred:UNRATE", "2020-04-01", 14.8, 0.001],
    ["fred:WALCL", "2022-04-13", 8_965_000, 0.001]
  ];
  for (const [id, day, level, within] of levels) {
    expect(Math.abs(on(id, day) / level - 1), `${id} ${day}: ${on(id, day)}`).toBeLessThanOrEqual(within);
  }
});

it("shares fall when expected volatility rises", () => {
  const changes = (id: string) => {
    const {values} = known.series(id);
    return values.slice(1).map((value, i) => Math.log(value / values[i]));
  };
  const [sp500, vix, dax] = ["yahoo:^GSPC", "yahoo:^VIX", "yahoo:QQQ"].map(changes);
  expect(correlation(sp500, vix)).toBeLessThan(-0.5);
  expect(correlation(sp500, dax)).toBeGreaterThan(0.8);
  const volatility = Math.sqrt((252 * sp500.reduce((sum, r) => sum + r * r, 0)) / sp500.length);
  expect(volatility).toBeGreaterThan(0.14);
  expect(volatility).toBeLessThan(0.22);
});

it("expected inflation is the nominal yield less the real one, at FRED as at the Treasury", () => {
  for (const day of ["2016-03-15", "2021-06-16", "2026-11-19"]) {
    const [nominal, real] = [on("fred:DGS10", day), on("fred:DFII10", day)];
    expect(on("fred:T10YIE", day)).toBeCloseTo(nominal - real, 10);
    expect(on("treasury:BC_10YEAR", day)).toBe(nominal);
    expect(on("treasury:TC_10YEAR", day)).toBe(real);
    expect(on("fred:T10Y2Y", day)).toBeCloseTo(nominal - on("fred:DGS2", day), 10);
  }
});

it("the par curve is smooth: no point is far from the line between its neighbours", () => {
  const points: [string, number][] = [
    ["BC_6MONTH", 0.5],
    ["BC_1YEAR", 1],
    ["BC_2YEAR", 2],
    ["BC_3YEAR", 3],
    ["BC_5YEAR", 5],
    ["BC_7YEAR", 7],
    ["BC_10YEAR", 10],
    ["BC_20YEAR", 20],
    ["BC_30YEAR", 30]
  ];
  const columns = points.map(([name]) => known.series(`treasury:${name}`).values);
  let worst = 0;
  for (let i = 0; i < columns[0].length; ++i) {
    for (let k = 1; k + 1 < points.length; ++k) {
      const [a, b, c] = [points[k - 1][1], points[k][1], points[k + 1][1]].map(Math.log);
      const line = columns[k - 1][i] + ((b - a) / (c - a)) * (columns[k + 1][i] - columns[k - 1][i]);
      worst = Math.max(worst, Math.abs(columns[k][i] - line));
    }
  }
  expect(worst).toBeLessThan(0.35);
});

it("the effective rate is inside the target range, which moves the day after a decision", () => {
  expect([on("fred:DFEDTARU", "2022-06-15"), on("fred:DFEDTARU", "2022-06-16")]).toEqual([1, 1.75]);
  const {days, values} = known.series("fred:DFF");
  const [upper, lower] = ["fred:DFEDTARU", "fred:DFEDTARL"].map((id) => known.series(id).values);
  days.forEach((day, i) => {
    expect(values[i], day).toBeGreaterThanOrEqual(lower[i]);
    expect(values[i], day).toBeLessThanOrEqual(upper[i]);
  });
  expect(on("new-york-fed:EFFR", "2026-11-18")).toBe(on("fred:EFFR", "2026-11-18"));
});

it("a fed funds future settles at a hundred less the mean of its month's rates", () => {
  const later = world(new Date("2026-12-01T04:00:00Z")); // 23:00 of November 30 in New York
  const {days, values} = later.series("yahoo:ZQX26.CBT");
  expect(days.at(-1)).toBe("2026-11-30");
  const rates = later.series("fred:DFF");
  const month = rates.days
    .map((day, i) => [day, rates.values[i]] as const)
    .filter(([day]) => day.startsWith("2026-11"));
  const mean = month.reduce((sum, [, rate]) => sum + rate, 0) / month.length;
  expect(values.at(-1)).toBeCloseTo(100 - mean, 2);
});

it("the price of a barrel is negative once", () => {
  const {values, days} = known.series("yahoo:CL=F");
  expect(days.filter((_, i) => values[i] < 0)).toEqual(["2020-04-20"]);
  expect(known.bars("yahoo:CL=F").low[days.indexOf("2020-04-20")]).toBe(-40.32);
});

it("bars hold together: high is the highest, low the lowest, a split opens in new shares", () => {
  const {days, open, high, low, close, volume} = known.bars("yahoo:AAPL");
  days.forEach((day, i) => {
    expect(high[i], day).toBeGreaterThanOrEqual(Math.max(open[i], close[i]));
    expect(low[i], day).toBeLessThanOrEqual(Math.min(open[i], close[i]));
    expect(volume[i], day).toBeGreaterThan(0);
  });
  const split = days.indexOf("2020-08-31");
  expect(close[split - 1] / close[split]).toBeCloseTo(4, 0);
  expect(open[split] / close[split]).toBeCloseTo(1, 0);
});

it("each market rests on its own days", () => {
  const open = (id: string, day: string) => known.series(id).days.includes(day);
  expect(open("yahoo:^GSPC", "2025-11-27")).toBe(false); // Thanksgiving
  expect(open("yahoo:^GDAXI", "2025-11-27")).toBe(true);
  expect(open("yahoo:^GSPC", "2018-12-05")).toBe(false); // mourning for President Bush
  expect(open("yahoo:^GSPC", "2020-06-19")).toBe(true); // Juneteenth, two years before it was kept
  expect(open("yahoo:^GSPC", "2022-06-20")).toBe(false); // Juneteenth on a Sunday
  expect(open("yahoo:^FTSE", "2025-12-26")).toBe(false); // Boxing Day
  expect(open("yahoo:^GSPC", "2025-12-26")).toBe(true);
  expect(open("ecb:EURUSD", "2026-05-01")).toBe(false); // Labour Day of TARGET
  expect(open("treasury:BC_10YEAR", "2025-11-11")).toBe(false); // Veterans Day
  expect(open("yahoo:^GSPC", "2025-11-11")).toBe(true);
  expect(open("yahoo:^HSI", "2026-02-17")).toBe(false); // lunar New Year
  expect(open("yahoo:BTC-USD", "2026-11-21")).toBe(true); // a Saturday
});

it("the ECB's rates are the demo account's on its days", () => {
  const time = timetable("2026-11-22");
  const account = market(7, time);
  const rates = new Map(["USD", "GBP", "JPY"].map((code) => [code, known.series(`ecb:EUR${code}`)]));
  let compared = 0;
  time.days.forEach((day, i) => {
    const euro = float(account.rate("EUR", i));
    for (const [code, {days, values}] of rates) {
      const at = days.indexOf(day);
      if (at < 0) continue; // TARGET rests
      const dollars = code === "USD" ? 1 : float(account.rate(code, i));
      expect(Math.abs(values[at] / (euro / dollars) - 1), `${code} ${day}`).toBeLessThan(1e-4);
      ++compared;
    }
  });
  expect(compared).toBeGreaterThan(2000);
});

it("Yahoo lists the demo account's shares at the account's marks", () => {
  const time = timetable("2026-11-22");
  const account = market(7, time);
  const at = time.days.length - 1;
  const mark = (name: keyof typeof SHARES) => float(account.mark(SHARES[name], at));
  expect(last("yahoo:VQTM")).toBe(mark("total"));
  expect(last("yahoo:CWGQ")).toBe(mark("foodsRenamed"));
  expect(last("yahoo:9Z07.T")).toBe(mark("robotics"));
  expect(last("yahoo:LDNQ.DE")).toBe(mark("chemie"));
  expect(last("yahoo:RVGQ.L")).toBeCloseTo(100 * mark("water"), 6); // pence
  expect(last("yahoo:^DMX")).toBe(account.index[at]);
  const {days, values} = known.series("yahoo:LKMQ");
  const split = days.indexOf(time.days[time.split]);
  expect(values[split - 1]).toBe(float(account.mark(SHARES.chips, time.split - 1)));
  expect(known.listing("TNDQ")).toBeDefined();
  expect(known.series("yahoo:TNDQ").days[0]).toBe(time.days[time.spinOff]);
  for (const gone of ["CDWK", "FNPQ", "NOSUCH"]) expect(known.listing(gone)).toBeUndefined();
});

it("what is published comes out on its day", () => {
  const at = (iso: string, id: string) => world(new Date(iso)).series(id).days.at(-1);
  expect(at("2026-11-19T03:00:00Z", "fred:WALCL")).toBe("2026-11-11"); // Wednesday evening
  expect(at("2026-11-19T22:00:00Z", "fred:WALCL")).toBe("2026-11-18"); // Thursday
  expect(at("2026-11-20T14:30:00Z", "ecb:EURUSD")).toBe("2026-11-19"); // 15:30 in Frankfurt
  expect(at("2026-11-20T15:30:00Z", "ecb:EURUSD")).toBe("2026-11-20");
  expect(at("2026-11-20T20:59:00Z", "yahoo:^GSPC")).toBe("2026-11-19"); // a minute before the close
  expect(at("2026-11-20T21:00:00Z", "yahoo:^GSPC")).toBe("2026-11-20");
  expect(at("2026-11-22T18:00:00Z", "fred:DGS10")).toBe("2026-11-19"); // Friday's comes on Monday
  expect(at("2026-11-22T18:00:00Z", "fred:CPIAUCSL")).toBe("2026-10-01");
});

it("a month that was not counted has no value", () => {
  expect(known.series("fred:UNRATE").days).not.toContain("2025-10-01");
  expect(known.series("fred:UNRATE").days).toContain("2025-11-01");
});

it("series(id) refuses what is not in the world", () => {
  for (const id of ["fred:NOSUCH", "ecb:EURXXX", "treasury:BC_4YEAR", "yahoo:NOSUCH", "binance:BTCEUR"]) {
    expect(() => known.series(id)).toThrow(RangeError);
  }
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - ma) * (b[i] - mb)));
  return (
    product / Math.sqrt(mean(a.map((value) => (value - ma) ** 2)) * mean(b.map((value) => (value - mb) ** 2)))
  );
}
