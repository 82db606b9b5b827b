import {expect, it} from "vitest";
import type {Ending} from "../../../../bridge/broker/ibkr/session.js";
import {noteOf, verdictOf} from "../../../../bridge/broker/ibkr/session-phase.js";

const FRIDAY = Date.UTC(2026, 10, 20, 15);
const SUNDAY = Date.UTC(2026, 10, 22, 15);
const BEFORE = {
  address: "127.0.0.1:7497",
  clientId: 12,
  wasCut: false,
  lastReadyAt: null,
  lastGarbledAt: null,
  now: FRIDAY
};

const ending = (fields: Partial<Ending> = {}): Ending => ({
  stage: "none",
  isSilent: false,
  garbled: null,
  refusal: null,
  message: "",
  ...fields
});

it("a TWS that nobody answers for waits for its login; on Sundays the weekly one is named", () => {
  const friday = verdictOf(ending(), BEFORE, 25_000);
  const sunday = verdictOf(ending(), {...BEFORE, now: SUNDAY}, 25_000);
  expect([friday.phase, sunday.phase]).toEqual(["login", "login"]);
  expect(friday.sentence).not.toContain("second factor");
  expect(sunday.sentence).toContain("on Sundays IBKR asks for the whole login with its second factor");
});

it("a TWS that was there a moment ago restarts; after ten minutes somebody must log in", () => {
  const minute = 60_000;
  const soon = verdictOf(ending(), {...BEFORE, lastReadyAt: FRIDAY - 9 * minute}, 25_000);
  const late = verdictOf(ending(), {...BEFORE, lastReadyAt: FRIDAY - 10 * minute}, 25_000);
  expect([soon.phase, late.phase]).toEqual(["restarting", "login"]);
});

it("a session that ends is a restart when TWS had lost IBKR before, else a break", () => {
  const ready = ending({stage: "ready"});
  expect(verdictOf(ready, {...BEFORE, wasCut: true}, 25_000).phase).toBe("restarting");
  expect(verdictOf(ready, BEFORE, 25_000)).toEqual({
    phase: "waiting",
    sentence: "the connection to TWS at 127.0.0.1:7497 broke off: it is opened anew",
    isFinal: false
  });
  expect(verdictOf({...ready, isSilent: true}, BEFORE, 25_000).sentence).toBe(
    "nothing came from TWS at 127.0.0.1:7497 for 25 s: it is opened anew"
  );
});

it("what only a person can change is refused, and quick tries are of no use", () => {
  for (const code of [326, 506, 503, 1300]) {
    const verdict = verdictOf(ending({refusal: {code, message: "words"}}), BEFORE, 25_000);
    expect([verdict.phase, verdict.isFinal]).toEqual(["refused", true]);
  }
});

it("noteOf(1100) names the nightly reset in its hours in New York, a lost connection at others", () => {
  const at = (hour: number, minute: number, day = 20) => Date.UTC(2026, 10, day, hour + 5, minute);
  const words = (now: number) => {
    const note = noteOf(1100, "Connectivity between IBKR and Trader Workstation has been lost.", now);
    return note.kind === "cut" && note.sentence.includes("nightly reset");
  };
  expect([words(at(23, 30)), words(at(0, 30)), words(at(2, 0, 21))]).toEqual([true, true, true]);
  expect([words(at(10, 0)), words(at(2, 0, 20)), words(at(23, 14))]).toEqual([false, false, false]);
});

it("noteOf(321) is the read-only mode when its text says so, a plain refusal otherwise", () => {
  const text = "Error validating request.-'bA' : cause - The API interface is currently in Read-Only mode.";
  expect(noteOf(321, text, FRIDAY).kind).toBe("read-only");
  expect(noteOf(321, "Error validating request: no such account", FRIDAY).kind).toBe("other");
});

it("noteOf(2103) and noteOf(2104) name the farm that broke and the one that is well", () => {
  expect(noteOf(2103, "Market data farm connection is broken:usfarm", FRIDAY)).toEqual({
    kind: "farm",
    name: "usfarm",
    isBroken: true
  });
  expect(noteOf(2104, "Market data farm connection is OK:usfarm", FRIDAY)).toEqual({
    kind: "farm",
    name: "usfarm",
    isBroken: false
  });
});

it("what cannot be read is a break on a session, slow the second time in ten minutes, and another program before one", () => {
  const minute = 60_000;
  const garbled = ending({stage: "ready", garbled: "a message of 0 bytes"});
  const first = verdictOf(garbled, BEFORE, 0);
  const [soon, late] = [9, 10].map((ago) =>
    verdictOf(garbled, {...BEFORE, lastGarbledAt: FRIDAY - ago * minute}, 0)
  );
  expect(first).toEqual({
    phase: "waiting",
    sentence:
      "what came from TWS at 127.0.0.1:7497 could not be read (a message of 0 bytes): it is opened anew",
    isFinal: false
  });
  expect([soon.isFinal, late.isFinal]).toEqual([true, false]);
  expect(soon.sentence).toContain("again: restart TWS if it stays");
  const stranger = verdictOf({...garbled, stage: "socket"}, {...BEFORE, lastGarbledAt: FRIDAY}, 0);
  expect([stranger.phase, stranger.isFinal]).toEqual(["login", false]);
  expect(stranger.sentence).toContain("does not speak TWS's protocol (a message of 0 bytes)");
});
