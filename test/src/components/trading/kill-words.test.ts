import {expect, it} from "vitest";
import {cancelInWords, killInWords, whom} from "../../../../src/components/trading/kill-words.js";

it("killInWords(status) says why no order goes out, and nothing while they may", () => {
  expect(killInWords({kill: null, isKilledBySetting: false})).toBeNull();
  expect(killInWords({kill: null, isKilledBySetting: true})).toContain("KILL_SWITCH is set");
  const kill = {by: "session", reason: "wrong size", at: Date.parse("2026-03-02T14:30:05Z")};
  expect(killInWords({kill, isKilledBySetting: false})).toBe(
    "No order goes out: the kill switch was thrown on 2 Mar 2026, 14:30:05 by a page: wrong size"
  );
});

it("whom(by) tells a page from a script, and names anyone else", () => {
  expect(["session", "bearer", "daily loss"].map(whom)).toEqual([
    "a page",
    "a script with the token",
    "daily loss"
  ]);
});

it("cancelInWords(result, row) waits for the end of a cancel that was sent, by the order's own status", () => {
  const sent = {what: "sent", sentence: "on the wire"} as const;
  const row = {status: "cancelling", filled: 0, quantity: 10} as const;
  expect(cancelInWords(sent, undefined)).toEqual({text: "on the wire", done: false});
  expect(cancelInWords(sent, row)).toEqual({text: "on the wire", done: false});
  expect(cancelInWords(sent, {...row, status: "cancelled"})).toEqual({text: "cancelled", done: true});
  expect(cancelInWords(sent, {...row, status: "cancelled", filled: 4}).text).toBe(
    "cancelled; 4 of 10 had filled"
  );
  expect(cancelInWords(sent, {...row, status: "filled"})).toMatchObject({
    text: "it filled before the cancel came",
    done: true
  });
});

it("cancelInWords(result, row) is done with what stays and what never left, and not with what waits for the link", () => {
  const working = {status: "working", filled: 0, quantity: 10} as const;
  expect(cancelInWords({what: "kept", sentence: "it stays"}, working)).toEqual({
    text: "it stays",
    done: true
  });
  expect(cancelInWords({what: "dropped", sentence: "never left"}, undefined).done).toBe(true);
  expect(cancelInWords({what: "queued", sentence: "waits"}, working)).toEqual({text: "waits", done: false});
});
