import * as fc from "fast-check";
import {expect, it} from "vitest";
import {readFlexClock, readFlexDate, type SlashDates} from "../../../lib/time/flex-date.js";

const read = (text: string, seen: SlashDates = {}) => {
  const reading = readFlexDate(text, seen);
  return "value" in reading ? reading.value : reading.fault;
};

it("readFlexDate(text) reads every form of date that a query can be set to", () => {
  for (const text of ["20210904", "2021-09-04", "04-Sep-21", "04-SEP-2021"])
    expect(read(text)).toBe("2021-09-04");
  for (const text of ["09/04/2021", "09/04/21"]) expect(read(text, {order: "mdy"})).toBe("2021-09-04");
  for (const text of ["04/09/2021", "04/09/21"]) expect(read(text, {order: "dmy"})).toBe("2021-09-04");
});

const DATES = ["20210904", "2021-09-04", "09/04/2021", "09/04/21", "04-Sep-21"];
const SEPARATORS = [";", ",", ", ", " ", "T", ""];
const TIMES = ["114604", "11:46:04"];

it("readFlexDate(text) reads every date with every separator and every time", () => {
  for (const date of DATES)
    for (const separator of SEPARATORS)
      for (const time of TIMES)
        expect(read(date + separator + time, {order: "mdy"})).toBe("2021-09-04T11:46:04");
});

it("readFlexDate(text) keeps the zone as printed, after a space", () => {
  expect(read("20210904;114604 EDT")).toBe("2021-09-04T11:46:04 EDT");
  expect(read("2021-09-04 11:46:04 America/New_York")).toBe("2021-09-04T11:46:04 America/New_York");
  expect(read("2021-09-04T11:46:04-0400")).toBe("2021-09-04T11:46:04 -0400");
  expect(read("2021-09-04, 11:46:04 GMT+1")).toBe("2021-09-04T11:46:04 GMT+1");
});

it("readFlexDate(text) takes years of two digits as 1980 to 2079", () => {
  expect(read("05-Nov-79")).toBe("2079-11-05");
  expect(read("05-Nov-80")).toBe("1980-11-05");
});

it("readFlexDate(text) learns the order of day and month from a date that can be read in one way only", () => {
  const seen: SlashDates = {};
  expect(read("05/05/2025", seen)).toBe("2025-05-05");
  expect(read("03/04/2025", seen)).toBe("ambiguous");
  expect(read("31/03/2025", seen)).toBe("2025-03-31");
  expect(read("03/04/2025", seen)).toBe("2025-04-03");
  expect(read("03/25/2025", seen)).toBe("contradicts");
});

it("readFlexDate(text) refuses days and times that there are not", () => {
  for (const text of [
    "20230229",
    "20231301",
    "2023-00-10",
    "31-Feb-23",
    "13/13/2023",
    "x",
    "20230101;250000",
    "20230101;116100",
    "20230101 noon?",
    "2023-1-1",
    "202301"
  ])
    expect(read(text)).toBe("unreadable");
  expect(read("20240229")).toBe("2024-02-29");
  expect(read("21000229")).toBe("unreadable");
});

it("readFlexDate(text) gives back any day and second in any form", () => {
  const moment = fc.date({
    min: new Date("1980-01-01T00:00:00Z"),
    max: new Date("2079-12-31T23:59:59Z"),
    noInvalidDate: true
  });
  fc.assert(
    fc.property(moment, fc.constantFrom(...SEPARATORS), (date, separator) => {
      const iso = date.toISOString().slice(0, 19);
      const [day, time] = iso.split("T");
      const [year, month, dayOfMonth] = day.split("-");
      for (const text of [
        `${year}${month}${dayOfMonth}`,
        day,
        `${month}/${dayOfMonth}/${year}`,
        `${month}/${dayOfMonth}/${year.slice(2)}`
      ]) {
        expect(read(text, {order: "mdy"})).toBe(day);
        expect(read(text + separator + time.replaceAll(":", ""), {order: "mdy"})).toBe(iso);
        expect(read(text + separator + time, {order: "mdy"})).toBe(iso);
      }
    })
  );
});

it("readFlexClock(text) reads a time of day", () => {
  expect(readFlexClock("093000")).toBe("09:30:00");
  expect(readFlexClock("09:30:00 EST")).toBe("09:30:00");
  expect(readFlexClock("noon")).toBeUndefined();
});
