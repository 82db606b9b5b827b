import {expect, it} from "vitest";
import {endOfDay, sessionAt, type TradingSession} from "../../../../lib/orders/paper/tick.js";
import {HandDesk, START} from "./desk.js";

const HOUR = 3_600_000;
/** Sessions of six hours, of which the first began an hour ago. */
const TODAY: TradingSession = {from: START - HOUR, to: START + 5 * HOUR};
const TOMORROW: TradingSession = {from: START + 23 * HOUR, to: START + 29 * HOUR};
const SESSIONS = [TODAY, TOMORROW];
const desk = () => new HandDesk({sessions: SESSIONS});

it("MOO fills at the first quote of the next session, and at none of this one", () => {
  const hand = desk();
  const order = hand.order({type: "MOO"});
  hand.quote(10, {session: TODAY});
  hand.now = TOMORROW.from;
  hand.quote(12, {session: TOMORROW});
  expect(hand.fills(order)).toEqual([[10, 12]]);
});

it("an order for the opening is MOO by another name; LOO goes when the open is beyond its limit", () => {
  const hand = desk();
  const opening = hand.order({type: "MKT", tif: "OPG"});
  const limited = hand.order({type: "LOO", limit: 11});
  hand.quote(10, {session: TODAY});
  hand.now = TOMORROW.from;
  hand.quote(12, {session: TOMORROW});
  expect(hand.fills(opening)).toEqual([[10, 12]]);
  expect(hand.end(limited)).toBe("cancelled: the open is not at its limit: 12");
});

it("what the open does not fill of MOO goes", () => {
  const hand = desk();
  const order = hand.order({type: "MOO"});
  hand.now = TOMORROW.from;
  hand.quote(12, {session: TOMORROW, askSize: 4});
  expect(hand.fills(order)).toEqual([[4, 12]]);
  expect(hand.end(order)).toBe("cancelled: the open is over");
});

it("MOC and LOC wait for the close of their session", () => {
  const hand = desk();
  const [moc, loc, dear] = [
    hand.order({type: "MOC"}),
    hand.order({type: "LOC", limit: 13}),
    hand.order({type: "LOC", limit: 11})
  ];
  hand.quote(10, {session: TODAY});
  expect(hand.fills()).toEqual([]);
  hand.now = TODAY.to - 1000;
  hand.quote(12, {session: TODAY, moment: "close"});
  expect([hand.fills(moc), hand.fills(loc)]).toEqual([[[10, 12]], [[10, 12]]]);
  expect(hand.end(dear)).toBe("cancelled: the close is not at its limit: 12");
});

it("DAY ends with the session that it is in, by the close or by the clock; GTD after its last moment", () => {
  const hand = desk();
  const day = hand.order({type: "LMT", limit: 5, tif: "DAY"});
  const late = hand.order({type: "LMT", limit: 5, tif: "GTD", until: START + 10 * HOUR});
  hand.now = TODAY.to - 1000;
  hand.quote(10, {session: TODAY, moment: "close"});
  expect(hand.end(day)).toBe("expired: its session is over");
  hand.now = START + 10 * HOUR;
  hand.expire();
  expect(hand.end(late)).toBeUndefined();
  hand.now += 1;
  hand.expire();
  expect(hand.end(late)).toBe("expired: its time is over");
  const other = desk();
  const unseen = other.order({type: "LMT", limit: 5, tif: "DAY"});
  other.now = TODAY.to + 1;
  other.expire();
  expect(other.end(unseen)).toBe("expired: its time is over");
});

it("outside of the session an order waits, unless it may fill there", () => {
  const hand = desk();
  const [waits, fills] = [hand.order(), hand.order({outsideHours: true})];
  hand.quote(10, {session: null});
  expect([hand.fills(waits), hand.fills(fills)]).toEqual([[], [[10, 10]]]);
  hand.quote(11, {session: TODAY});
  expect(hand.fills(waits)).toEqual([[10, 11]]);
});

it("orders of the open and the close are rejected where sessions are not known", () => {
  const hand = new HandDesk();
  expect(hand.end(hand.order({type: "MOC"}))).toBe(
    "rejected: the sessions of AAPL are not known, and MOC waits for one"
  );
});

it.each([
  [{type: "LMT"}, "LMT needs a limit"],
  [{type: "MKT", limit: 10}, "MKT takes no limit"],
  [{type: "STP"}, "STP needs a stop price"],
  [{type: "TRAIL"}, "TRAIL and a trail do not go together"],
  [{type: "STP", stop: 10, tif: "IOC"}, "IOC goes with MKT and LMT"],
  [{tif: "GTD"}, "GTD and a last moment go together"],
  [{tif: "GTD", until: START}, "its last moment is over"],
  [{quantity: 0}, "the quantity is 0"],
  [{quantity: NaN}, "the quantity is NaN"]
] as const)("an order that makes no sense is rejected: %o", (more, reason) => {
  const hand = desk();
  expect(hand.end(hand.order(more))).toBe(`rejected: ${reason}`);
});

it("sessionAt and endOfDay: the session of a time, null between two, undefined and the UTC day where none is known", () => {
  const at = [START, TODAY.to + 1, TOMORROW.to + 1].map((time) => sessionAt(SESSIONS, time));
  expect([...at, sessionAt(null, START)]).toEqual([TODAY, null, undefined, undefined]);
  expect([endOfDay(SESSIONS, START), endOfDay(SESSIONS, TODAY.to), endOfDay(null, START)]).toEqual([
    TODAY.to,
    TOMORROW.to,
    Date.UTC(2026, 10, 21)
  ]);
});
