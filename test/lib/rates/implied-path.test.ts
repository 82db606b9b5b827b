import * as fc from "fast-check";
import {expect, it} from "vitest";
import {impliedPath, type ImpliedPath, type Move} from "../../../lib/rates/implied-path.js";

const prices = (of: Record<string, number>) => new Map(Object.entries(of));
const sum = (moves: readonly Move[]) => moves.reduce((total, {probability}) => total + probability, 0);
const mean = (moves: readonly Move[]) =>
  moves.reduce((total, {bp, probability}) => total + bp * probability, 0);
const rounded = ({steps}: ImpliedPath) =>
  steps.map(({start, end, moves}) => ({
    start: start.toFixed(5),
    end: end.toFixed(5),
    moves: moves.map(({bp, probability}) => `${bp}: ${(100 * probability).toFixed(2)} %`)
  }));

it("impliedPath(prices) of 18 September 2026 gives what CME published: 57.6 % for a rise in October", () => {
  const path = impliedPath(
    prices({"2026-10": 96.106, "2026-11": 95.976}),
    ["2026-09-16", "2026-10-28"],
    "2026-09-18"
  );
  expect(rounded(path)).toEqual([{start: "3.88007", end: "4.02400", moves: ["0: 42.43 %", "25: 57.57 %"]}]);
  expect(path.steps[0]).toMatchObject({
    day: "2026-10-28",
    contract: "2026-11",
    basis: "month after",
    flag: null
  });
});

it("impliedPath(prices) of a mid-month meeting: half of June at 4.00 and an average of 4.10 leave 4.20", () => {
  const path = impliedPath(
    prices({"2027-05": 96, "2027-06": 95.9}),
    ["2027-06-15", "2027-07-28"],
    "2027-05-20"
  );
  expect(rounded(path)).toEqual([{start: "4.00000", end: "4.20000", moves: ["0: 20.00 %", "25: 80.00 %"]}]);
  expect(path.steps[0]).toMatchObject({
    contract: "2027-06",
    price: 95.9,
    basis: "month of the meeting",
    flag: null
  });
  expect(path.reason).toBeNull(); // prices end before the next meeting's month
});

it("impliedPath(prices) of a meeting with four days left rests on the free month after it", () => {
  const meetings = ["2027-01-27"];
  const held = {"2026-12": 96.1, "2027-01": 96};
  const path = impliedPath(prices({...held, "2027-02": 96.225}), meetings, "2026-12-15");
  expect(rounded(path)).toEqual([{start: "3.90000", end: "3.77500", moves: ["-25: 50.00 %", "0: 50.00 %"]}]);
  expect(path.steps[0]).toMatchObject({contract: "2027-02", basis: "month after", flag: null});

  const alone = impliedPath(prices(held), meetings, "2026-12-15");
  expect(rounded(alone)[0].end).toBe("4.67500"); // (4.00 - 27/31 x 3.90) x 31/4
  expect(alone.steps[0].flag).toBe("4 days left in the month: an error of the price counts 7.8 fold");
});

it("impliedPath(prices) multiplies two meetings in a row: two of 40 % make 16, 48 and 36 %", () => {
  const path = impliedPath(
    prices({"2026-08": 96, "2026-09": 96.05, "2026-10": 96.1, "2026-11": 96.2}),
    ["2026-09-15", "2026-10-28"],
    "2026-08-03"
  );
  expect(rounded(path)).toEqual([
    {start: "4.00000", end: "3.90000", moves: ["-25: 40.00 %", "0: 60.00 %"]}, // (3.95 - 1/2 x 4.00) x 2
    {start: "3.90000", end: "3.80000", moves: ["-25: 40.00 %", "0: 60.00 %"]}
  ]);
  expect(path.steps[1].total).toEqual([
    {bp: -50, probability: expect.closeTo(0.16, 10)},
    {bp: -25, probability: expect.closeTo(0.48, 10)},
    {bp: 0, probability: expect.closeTo(0.36, 10)}
  ]);
});

it("impliedPath(prices) reckons back over two meetings from the free month after them", () => {
  const path = impliedPath(
    prices({"2026-09": 96.05, "2026-10": 100 - (28 * 3.9 + 3 * 3.8) / 31, "2026-11": 96.2}),
    ["2026-09-15", "2026-10-28"],
    "2026-09-01"
  );
  expect(rounded(path).map(({start, end}) => [start, end])).toEqual([
    ["4.00000", "3.90000"],
    ["3.90000", "3.80000"]
  ]);
});

it("impliedPath(prices) of a move that is certain names it alone", () => {
  const path = impliedPath(prices({"2026-11": 96, "2027-01": 96.25}), ["2026-12-09"], "2026-11-20");
  expect(path.steps[0].moves).toEqual([{bp: -25, probability: 1}]);
});

it("impliedPath(prices) says what it lacks", () => {
  const meetings = ["2026-10-28", "2026-12-09"];
  expect(impliedPath(prices({}), [], "2026-11-01")).toEqual({
    steps: [],
    reason: "no meeting ahead is known: add its day"
  });
  expect(impliedPath(prices({"2026-11": 96}), meetings, "2026-11-01").reason).toBe(
    "no price of the fed funds contract of 2026-12: pull it"
  );
  expect(
    impliedPath(prices({"2026-11": 96, "2027-03": 96}), ["2026-12-09", "2027-01-27"], "2026-11-01").reason
  ).toBe("no price of the fed funds contract of 2026-12: pull it");
  expect(impliedPath(prices({"2026-12": 96}), meetings, "2026-12-01")).toEqual({
    steps: [],
    reason: "no price of the fed funds contract of 2027-01: pull it"
  });
  expect(impliedPath(prices({"2027-01": 96}), meetings, "2026-12-01").reason).toBe(
    "no price of the fed funds contract of 2026-12: pull it"
  );
  expect(impliedPath(prices({"2027-02": 96, "2027-03": 96}), ["2027-03-31"], "2027-02-01").reason).toBe(
    "the meeting ends 2027-03, and 2027-04 has no price: pull its contract"
  );
});

it("impliedPath(prices) takes a meeting on the pricing day for past, and its month for no anchor", () => {
  const held = prices({"2026-10": 96.1, "2026-11": 96.05, "2026-12": 96.02, "2027-01": 96});
  const meetings = ["2026-10-28", "2026-12-09"];
  expect(impliedPath(held, meetings, "2026-10-27").steps.map(({day}) => day)).toEqual(meetings);
  const after = impliedPath(held, meetings, "2026-10-28");
  expect(after.steps.map(({day}) => day)).toEqual(["2026-12-09"]);
  expect(after.steps[0].start).toBeCloseTo(3.95, 12);
});

it("impliedPath(prices) tells two meetings of one month not apart, and says so", () => {
  const path = impliedPath(
    prices({"2027-02": 96, "2027-04": 96.25}),
    ["2027-03-03", "2027-03-17"],
    "2027-02-10"
  );
  expect(path.steps).toMatchObject([
    {
      day: "2027-03-17",
      changeBp: expect.closeTo(-25, 9),
      flag: "2 meetings in 2027-03: their moves cannot be told apart"
    }
  ]);
});

/** Fed funds a year from November 2026: its meetings, and rates that move at each. */
const MEETINGS = [
  "2026-12-09",
  "2027-01-27",
  "2027-03-17",
  "2027-04-28",
  "2027-06-09",
  "2027-07-28",
  "2027-09-15"
];
const moved = fc.array(fc.integer({min: -80, max: 80}), {
  minLength: MEETINGS.length,
  maxLength: MEETINGS.length
});

function pathOf(bps: readonly number[]): {average: Map<string, number>; ends: number[]} {
  const ends = bps.reduce<number[]>((rates, bp) => [...rates, (rates.at(-1) ?? 4) + bp / 100], []);
  const average = new Map<string, number>();
  for (let i = 0; i < 11; ++i) {
    const first = new Date(Date.UTC(2026, 10 + i, 1));
    const month = first.toISOString().slice(0, 7);
    const days = new Date(Date.UTC(2026, 11 + i, 0)).getUTCDate();
    let total = 0;
    for (let d = 1; d <= days; ++d) {
      const day = `${month}-${String(d).padStart(2, "0")}`;
      total += [4, ...ends][MEETINGS.filter((meeting) => meeting < day).length];
    }
    average.set(month, 100 - total / days);
  }
  return {average, ends};
}

it("impliedPath(prices) finds the rates that made the averages", () => {
  fc.assert(
    fc.property(moved, (bps) => {
      const {average, ends} = pathOf(bps);
      const {steps} = impliedPath(average, MEETINGS, "2026-11-20");
      expect(steps).toHaveLength(ends.length);
      steps.forEach(({end}, i) => expect(end).toBeCloseTo(ends[i], 8));
    })
  );
});

it("impliedPath(prices) has probabilities from 0 to 1 that sum to 1 and whose mean is the expected change", () => {
  const price = fc.double({min: 95, max: 97, noNaN: true});
  const board = fc.array(price, {minLength: 11, maxLength: 11});
  fc.assert(
    fc.property(board, (values) => {
      const held = new Map(
        [...pathOf([0, 0, 0, 0, 0, 0, 0]).average.keys()].map((month, i) => [month, values[i]])
      );
      const {steps} = impliedPath(held, MEETINGS, "2026-11-20");
      expect(steps.length).toBeGreaterThan(5);
      for (const {moves, total, changeBp, end} of steps) {
        for (const {probability} of [...moves, ...total]) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        expect(sum(moves)).toBeCloseTo(1, 12);
        expect(sum(total)).toBeCloseTo(1, 12);
        expect(mean(moves)).toBeCloseTo(changeBp, 6);
        expect(steps[0].start + mean(total) / 100).toBeCloseTo(end, 8);
      }
    })
  );
});
