import {expect, it} from "vitest";
import type {Series} from "../../../../lib/backtest/event/past.js";
import {barsOf, play} from "../bars.js";

const BARS = barsOf([[10, 12, 9, 11, 100], [11, 14, 10, 13, 200], [13, 15, 12, 14, 300]]); // prettier-ignore

/** Returns what a look at the series gives at the close of a day. */
function seenAt<Value>(day: number, look: (series: Series) => Value): Value {
  const seen: Value[] = [];
  play(BARS, {[day]: (_, {series}) => void seen.push(look(series[0]))});
  return seen[0];
}

it("ages count back from the last known bar", () => {
  const look = (series: Series) => [0, 1].map((age) => [series.open(age), series.high(age), series.low(age), series.close(age), series.volume(age)]); // prettier-ignore
  expect(seenAt(1, look)).toEqual([
    [11, 14, 10, 13, 200],
    [10, 12, 9, 11, 100]
  ]);
});

it("a bar before the first one is NaN", () => {
  expect(seenAt(1, (series) => [series.close(2), series.time(2)])).toEqual([NaN, NaN]);
});

it.each([-1, 0.5, NaN])("an age of %d, which would be the future or none, throws", (age) => {
  expect(() => seenAt(1, (series) => [series.close(age)])).not.toThrow();
  const run = play(BARS, {1: (_, {series}) => void series[0].close(age)});
  expect(run.stopped?.reason).toBe(`invalid age: ${age}: a past bar is 0 or more`);
});

it("closes(count) is a copy of what is known, which leads nowhere else", () => {
  const closes = seenAt(1, (series) => series.closes(5));
  expect([...closes]).toEqual([11, 13]);
  expect(closes.buffer.byteLength).toBe(16);
  expect([...seenAt(2, (series) => series.closes(2))]).toEqual([13, 14]);
});

it("nothing of a series can be reached but by its age", () => {
  const reachable = seenAt(1, (series) =>
    [...Object.getOwnPropertyNames(series), ...Object.getOwnPropertySymbols(series)].map((name) =>
      Reflect.get(series, name)
    )
  );
  expect(reachable).toEqual(["A", "USD"]);
});

it("a symbol that has no bar at the moment is not fresh", () => {
  const fresh: boolean[][] = [];
  const look = (_: unknown, {series}: {series: readonly Series[]}) =>
    void fresh.push(series.map((each) => each.fresh));
  const other = barsOf([[1, 1, 1, 1], [1, 1, 1, 1]], {symbol: "B", days: [0, 2]}); // prettier-ignore
  play([BARS, other], {0: look, 1: look, 2: look});
  expect(fresh).toEqual([
    [true, true],
    [true, false],
    [true, true]
  ]);
});
