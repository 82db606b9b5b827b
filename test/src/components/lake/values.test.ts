import {expect, it} from "vitest";
import {digitsOf, printBytes, printRange, printValue} from "../../../../src/components/lake/values.js";
import {timeMarks} from "../../../../src/components/bars-plot.js";
import {dayNumber} from "../../../../lib/time/day.js";

const DAY_MS = 86_400_000;
const en = (text: string) => text.replaceAll("\u202f", " ");

it("digitsOf(values) gives the decimals that the values need, fewer to large ones", () => {
  expect(digitsOf([1.5, 2.25, null, NaN])).toBe(2);
  expect(digitsOf([100, 2_000])).toBe(0);
  expect(digitsOf([1.123456789])).toBe(6);
  expect(digitsOf([123_456.123456])).toBe(1);
});

it("printValue(value, type, digits) prints days, times in UTC, numbers, and nothing where none is given", () => {
  expect(printValue(DAY_MS * 365, "day", 0)).toBe("1971-01-01");
  expect(printValue(Date.UTC(2026, 10, 20, 21), "time", 0)).toBe("2026-11-20 21:00");
  expect(printValue(-1234.5, "number", 2)).toBe("−1,234.50");
  expect(printValue(null, "number", 2)).toBe("");
});

it("printRange(from, to, type) says as much of a day as tells its ends apart", () => {
  const day = dayNumber;
  expect(en(printRange(day("2016-10-24"), day("2026-11-20"), "day"))).toBe("Oct 2016 – Nov 2026");
  expect(en(printRange(day("2026-10-24"), day("2026-11-20"), "day"))).toBe("24 Oct – 20 Nov");
  expect(en(printRange(day("2026-10-24"), day("2026-10-24"), "day"))).toBe("24 Oct");
  const at = Date.UTC(2026, 0, 5, 14, 30);
  expect(en(printRange(at, at + 2 * 3_600_000, "time"))).toBe("5 Jan 14:30 – 5 Jan 16:30");
  expect(printRange(-40.25, 184_000, "number")).toBe("−40.2 – 184K");
});

it("printBytes(bytes) takes the unit that fits", () => {
  expect([5_600, 398_000, 3_940_000, 2_500_000_000].map(printBytes)).toEqual([
    "5.6 kB",
    "398 kB",
    "3.9 MB",
    "2.5 GB"
  ]);
});

it("timeMarks(times, width) marks the first bar of a year, a month, a day or an hour, no two on one another", () => {
  const days = Float64Array.from({length: 3000}, (_, i) => Date.UTC(2016, 5, 1) + i * DAY_MS);
  expect(timeMarks(days, 1000).map(({text}) => text)).toEqual([
    "2017",
    "2018",
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024"
  ]);
  const gap = Float64Array.from([...days.slice(0, 200), ...days.slice(-30)]);
  const marks = timeMarks(gap, 1000);
  expect(new Set(marks.map(({at}) => at)).size).toBe(marks.length);
  const hours = Float64Array.from({length: 30}, (_, i) => Date.UTC(2026, 0, 5) + i * 3_600_000);
  expect(timeMarks(hours, 400).every(({text}) => /^\d+ \w+ \d\d:00$/.test(text))).toBe(true);
});
