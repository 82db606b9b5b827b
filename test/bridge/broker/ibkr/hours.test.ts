import {expect, it} from "vitest";
import {sessionsOf} from "../../../../bridge/broker/ibkr/hours.js";
import {zoneOf} from "../../../../bridge/broker/ibkr/zones.js";

const iso = (sessions: {from: number; to: number}[] | null) =>
  sessions?.map(({from, to}) => [from, to].map((at) => new Date(at).toISOString().slice(0, 16)));

it("sessionsOf reads sessions with dates, a holiday among them", () => {
  const text = "20261125:0930-20261125:1600;20261126:CLOSED;20261127:0930-20261127:1300";
  expect(iso(sessionsOf(text, "America/New_York"))).toEqual([
    ["2026-11-25T14:30", "2026-11-25T21:00"],
    ["2026-11-27T14:30", "2026-11-27T18:00"]
  ]);
});

it("sessionsOf reads a session that begins on the day before, and the clock's change in it", () => {
  expect(iso(sessionsOf("20261101:1700-20261102:1600", "America/Chicago"))).toEqual([
    ["2026-11-01T23:00", "2026-11-02T22:00"]
  ]);
  expect(iso(sessionsOf("20261030:1700-20261102:1600", "America/Chicago"))).toEqual([
    ["2026-10-30T22:00", "2026-11-02T22:00"]
  ]);
});

it("sessionsOf reads the form of old: spans of one day, the last of them past midnight", () => {
  expect(iso(sessionsOf("20261124:0700-1830,1930-0200;20261125:CLOSED", "Europe/London"))).toEqual([
    ["2026-11-24T07:00", "2026-11-24T18:30"],
    ["2026-11-24T19:30", "2026-11-25T02:00"]
  ]);
});

it("sessionsOf gives none where all is closed, and null where it cannot be read or the zone is not known", () => {
  expect(sessionsOf("20261126:CLOSED", "America/New_York")).toEqual([]);
  for (const text of [
    undefined,
    "",
    "open",
    "20261131:0930-20261131:1600",
    "0930-1600",
    "20261125:0930-2561"
  ])
    expect(sessionsOf(text, "America/New_York")).toBeNull();
  expect(sessionsOf("20261125:0930-20261125:1600", null)).toBeNull();
});

it("zoneOf knows TWS's names, and takes none that two zones go by", () => {
  expect(
    ["US/Eastern", "EST (Eastern Standard Time)", "GB-Eire", "MET", "Japan", "Europe/Paris"].map(zoneOf)
  ).toEqual([
    "America/New_York",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Tokyo",
    "Europe/Paris"
  ]);
  expect(["CST", "GMT", "Mars/Base", "", undefined].map(zoneOf)).toEqual([null, null, null, null, null]);
});
