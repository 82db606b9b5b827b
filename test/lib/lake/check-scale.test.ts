import {expect, it} from "vitest";
import {rowsOf, type Row} from "../../../lib/lake/columns.js";
import {validate} from "../../../lib/lake/validate.js";
import {dayOf} from "../../../lib/time/day.js";
import {barsOf} from "./bars.js";

const options = {calendar: "none", frequency: "1d", today: "2026-11-20"} as const;
const POUNDS = [75.1, 75.4, 75.2, 74.9, 75.6, 75.41, 75.3, 75.5, 75.2, 75.8];

/** The closes with some of them in pence. */
const inPence = (...places: number[]) =>
  POUNDS.map((close, i) => (places.includes(i) ? Math.round(close * 100) : close));

function checkBars(closes: readonly number[]) {
  const {good, quarantined, problems} = validate(
    rowsOf("bars", barsOf("VOD.L", "2024-03-04", closes)),
    options
  );
  return {good: [...good.columns.close], quarantined: [...quarantined.columns.close], problems};
}

const series = (values: readonly number[], from = 19_000): Row<"series">[] =>
  values.map((value, i) => ({series: "WTREGEN", day: dayOf(from + 7 * i), value, unit: "usd"}));

it("validate(bars, …) sets aside a run of pence among pounds, and says where", () => {
  const {good, quarantined, problems} = checkBars(inPence(4, 5, 6));
  expect(good).toEqual(POUNDS.filter((_, i) => i < 4 || i > 6));
  expect(quarantined).toEqual([7560, 7541, 7530]);
  expect(problems[0]).toEqual({
    code: "mixed-units",
    symbol: "VOD.L",
    day: "2024-03-08",
    sentence:
      "VOD.L 2024-03-08: close 7560 is about 10^2 times those around it, in another unit: set aside: look at the vendor's unit; if it is a split, add it to the actions, and pull again",
    state: "quarantined"
  });
  expect(problems.map(({day}) => day)).toEqual(["2024-03-08", "2024-03-11", "2024-03-12"]);
});

it("validate(bars, …) sets pounds among pence aside alike, at the ends, too", () => {
  expect(checkBars(inPence(0, 1)).quarantined).toEqual([7510, 7540]);
  expect(checkBars(inPence(9)).quarantined).toEqual([7580]);
  expect(checkBars(inPence(0, 1, 2, 3, 4, 5, 6, 8)).quarantined).toEqual([75.5, 75.8]);
  expect(checkBars(inPence(1, 3, 5, 7)).quarantined).toHaveLength(4);
});

it("validate(bars, …) keeps the unit that came first when as many rows have either", () => {
  expect(checkBars(inPence(5, 6, 7, 8, 9)).good).toEqual(POUNDS.slice(0, 5));
});

it("validate(bars, …) takes sixty times the price for no other unit", () => {
  expect(checkBars(POUNDS.map((close, i) => (i === 5 ? close * 60 : close))).quarantined).toEqual([]);
});

it("validate(bars, …) takes a wild price for what it is", () => {
  const wild = [1, 40, 2, 90, 1, 100, 3, 50, 1, 70];
  expect(checkBars(wild).quarantined).toEqual([]);
});

it("validate(bars, {actions}) takes a split of a hundred for a split", () => {
  const rows = barsOf("X", "2024-03-04", inPence(5, 6, 7, 8, 9));
  const actions = rowsOf("actions", [{symbol: "X", day: rows[5].day!, type: "split", value: 0.01}]);
  expect(validate(rowsOf("bars", rows), {...options, actions}).problems).toEqual([]);
  expect(validate(rowsOf("bars", rows), options).quarantined.length).toBe(5);
});

it("validate(bars, {previous}) sets aside what comes in another unit than what is held", () => {
  const rows = barsOf("X", "2024-03-04", inPence(4, 5, 6, 7, 8, 9));
  const previous = rowsOf("bars", rows.slice(0, 4));
  const {quarantined} = validate(rowsOf("bars", rows.slice(4)), {...options, previous});
  expect(quarantined.length).toBe(6);
  const again = rowsOf("bars", barsOf("X", "2024-03-04", inPence(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
  expect(validate(again, {...options, previous}).quarantined.length).toBe(10); // the same days, in pence
  expect(validate(rowsOf("bars", rows.slice(0, 4)), {...options, previous}).quarantined.length).toBe(0);
});

it("validate(bars, {previous}) leaves what is held as it is, and judges by the unit that most of it has", () => {
  const rows = barsOf("X", "2024-03-04", inPence(3));
  const {good, problems} = validate(rowsOf("bars", rows.slice(4)), {
    ...options,
    previous: rowsOf("bars", rows.slice(0, 4))
  });
  expect(good.length).toBe(6);
  expect(problems.filter(({state}) => state === "quarantined")).toEqual([]);
});

it("validate(series, …) sets aside billions among millions, and millions that stay for good when fewer", () => {
  const levels = [701, 702, 699, 698, 705, 704, 703, 700, 701];
  const check = (values: number[]) =>
    validate(rowsOf("series", series(values)), options).quarantined.columns.value;
  expect([...check(levels.map((value, i) => (i === 3 ? value / 1000 : value)))]).toEqual([0.698]);
  expect([...check(levels.map((value, i) => (i > 5 ? value * 1e6 : value)))]).toEqual([703e6, 700e6, 701e6]);
});

it("validate(series, …) leaves a series that leaps by itself, and one too short to know, as they are", () => {
  const reverseRepo = [0.002, 2.1, 0.1, 0.003, 3.1, 11, 0.02, 0.5, 0.005, 5.2]; // usd billion, as in 2019
  expect(validate(rowsOf("series", series(reverseRepo)), options).quarantined.length).toBe(0);
  expect(validate(rowsOf("series", series([700, 701, 701_000])), options).quarantined.length).toBe(0);
  const signs = [1, -1, 2, 0, 1.5, 0, -1.2, 0.9, 1, 1.1];
  expect(validate(rowsOf("series", series(signs)), options).quarantined.length).toBe(0);
});
