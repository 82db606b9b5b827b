import {expect, it} from "vitest";
import {BarFileError, readBars} from "../../../lib/backtest/read-bars.js";

const HEADER = "date,open,high,low,close,volume\n";
const TWO = "2025-01-01,10,12,9,11,100\n2025-01-02,11,13,10,12,200\n";
const day = (text: string) => Date.parse(text);

it("readBars(csv) reads times, prices and volumes by their names", () => {
  const {bars, warnings} = readBars(HEADER + TWO, {symbol: "X", currency: "EUR"});
  expect(bars).toEqual({
    symbol: "X",
    currency: "EUR",
    time: Float64Array.of(day("2025-01-01"), day("2025-01-02")),
    open: Float64Array.of(10, 11),
    high: Float64Array.of(12, 13),
    low: Float64Array.of(9, 10),
    close: Float64Array.of(11, 12),
    volume: Float64Array.of(100, 200)
  });
  expect(warnings).toEqual([]);
});

it.each([
  ["an unnamed first column", ",Open,High,Low,Close,Volume\n2025-01-01,10,12,9,11,100\n"],
  ["any case and order", "CLOSE,low,High,Timestamp,OPEN,Volume\n11,9,12,2025-01-01,10,100\n"],
  ["other columns", "Date,Open,High,Low,Close,Adj Close,Volume\n2025-01-01,10,12,9,11,10.7,100\n"],
  ["semicolons", "datetime;open;high;low;close;volume\n2025-01-01;10;12;9;11;100\n"],
  ["tabs", "time\topen\thigh\tlow\tclose\tvolume\n2025-01-01\t10\t12\t9\t11\t100\n"],
  [
    "a byte order mark, returns, blank lines, space",
    "\uFEFFdate, open,high,low,close,volume\r\n\r\n 2025-01-01 ,10,12,9,11,100\r\n"
  ]
])("readBars(csv) takes %s", (_, csv) => {
  const {bars} = readBars(csv);
  expect([bars.time[0], bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([day("2025-01-01"), 10, 12, 9, 11, 100]); // prettier-ignore
});

it.each([
  ["2025-01-31", "2025-01-31T00:00:00Z"],
  ["2025/01/31", "2025-01-31T00:00:00Z"],
  ["20250131", "2025-01-31T00:00:00Z"],
  ["2025-01-31 15:30", "2025-01-31T15:30:00Z"],
  ["2025-01-31T15:30:05.25", "2025-01-31T15:30:05.250Z"],
  ["2025-01-31 15:30:00Z", "2025-01-31T15:30:00Z"],
  ["2025-01-31 15:30:00-05:00", "2025-01-31T20:30:00Z"],
  ["2025-01-31 15:30:00+0530", "2025-01-31T10:00:00Z"],
  ["1738337400", "2025-01-31T15:30:00Z"],
  ["1738337400000", "2025-01-31T15:30:00Z"]
])("readBars(csv) reads the time %s as %s", (text, iso) => {
  expect(new Date(readBars(`${HEADER}${text},10,12,9,11,100\n`).bars.time[0])).toEqual(new Date(iso));
});

it("readBars(csv) joins a date and a time that stand apart", () => {
  const {bars} = readBars("Date,Time,Open,High,Low,Close\n2025-01-31,09:30,10,12,9,11\n");
  expect(bars.time[0]).toBe(day("2025-01-31T09:30:00Z"));
});

it("a volume that is missing is NaN, as is all of a column that is not there", () => {
  expect([...readBars(`${HEADER}2025-01-01,10,12,9,11,\n`).bars.volume]).toEqual([NaN]);
  expect([...readBars("date,open,high,low,close\n2025-01-01,10,12,9,11\n").bars.volume]).toEqual([NaN]);
});

it.each(["2025-01-03,NaN,NaN,NaN,NaN,NaN", "2025-01-03,,,,,", "2025-01-03,null,null,null,null,null"])(
  "a row without any price is a missing bar, left out with a warning: %s",
  (row) => {
    const {bars, warnings} = readBars(`${HEADER}${TWO}${row}\n`);
    expect(bars.close).toEqual(Float64Array.of(11, 12));
    expect(warnings).toEqual(["no price in line 4: left out"]);
  }
);

it("one row, and prices that never change, are bars too", () => {
  expect(readBars(`${HEADER}2025-01-01,10,10,10,10,0\n`).bars.time).toHaveLength(1);
  expect(readBars(`${HEADER}2025-01-01,10,10,10,10,5\n2025-01-02,10,10,10,10,5\n`).bars.time).toHaveLength(2);
});

it.each([
  ["there are no bars: the file needs rows of time, open, high, low, close", HEADER],
  ["there are no bars: the file needs rows of time, open, high, low, close", `${HEADER}2025-01-01,,,,,\n`],
  ["missing column: date, time, datetime or timestamp: there are ", ""],
  ["missing column: date, time, datetime or timestamp: there are day, open", "day,open\n1,2\n"],
  ["missing column: low: there are date, open, high, close", "date,open,high,close\n2025-01-01,1,1,1\n"],
  ["two columns are named close", "date,open,high,low,close,close\n2025-01-01,1,1,1,1,1\n"],
  [
    "line 4: time 2025-01-02T00:00:00.000Z is that of line 3 again: keep one of them",
    `${HEADER}${TWO}2025-01-02,11,13,10,12,200\n`
  ],
  [
    "line 4: time 2024-12-31T00:00:00.000Z is before 2025-01-02T00:00:00.000Z of line 3: sort the rows by time",
    `${HEADER}${TWO}2024-12-31,11,13,10,12,200\n`
  ],
  ["line 2: low 12 and high 13 do not hold open 11 and close 12", `${HEADER}2025-01-01,11,13,12,12,1\n`],
  ["line 2: low 10 and high 12 do not hold open 11 and close 12.5", `${HEADER}2025-01-01,11,12,10,12.5,1\n`],
  ["line 2: open -11: a price is a number above zero", `${HEADER}2025-01-01,-11,12,10,12,1\n`],
  ["line 2: low 0: a price is a number above zero", `${HEADER}2025-01-01,11,12,0,12,1\n`],
  ["line 2: close is empty: a price is a number above zero", `${HEADER}2025-01-01,11,12,10,,1\n`],
  ["line 4: close NaN: a price is a number above zero", `${HEADER}${TWO}2025-01-03,11,12,10,NaN,1\n`],
  ["line 2: high Infinity: a price is a number above zero", `${HEADER}2025-01-01,11,Infinity,10,12,1\n`],
  ["line 2: open 1.234,5: a price is a number above zero", `${HEADER}2025-01-01,"1.234,5",12,10,12,1\n`],
  ["line 2: volume -5: it is a number, zero or more", `${HEADER}2025-01-01,11,12,10,12,-5\n`],
  ["line 2: 5 columns, but 6 names", `${HEADER}2025-01-01,11,12,10,12\n`],
  [
    "line 2: time 31.01.2025: write 2025-01-31, 2025-01-31 15:30, 20250131 or seconds since 1970",
    `${HEADER}31.01.2025,11,12,10,12,1\n`
  ],
  [
    "line 2: time 2025-02-30: write 2025-01-31, 2025-01-31 15:30, 20250131 or seconds since 1970",
    `${HEADER}2025-02-30,11,12,10,12,1\n`
  ],
  [
    "line 2: time 2025-01-31 25:00: write 2025-01-31, 2025-01-31 15:30, 20250131 or seconds since 1970",
    `${HEADER}2025-01-31 25:00,11,12,10,12,1\n`
  ]
])("readBars(csv) refuses what it cannot use: %s", (message, csv) => {
  expect(() => readBars(csv)).toThrow(new BarFileError(message));
});

it("readBars(csv) refuses what is no CSV", () => {
  expect(() => readBars(`${HEADER}"2025-01-01,1,1,1,1,1\n`)).toThrow(/^the file is no CSV: /);
});
