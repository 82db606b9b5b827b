import fc from "fast-check";
import {expect, it} from "vitest";
import {
  checkJournal,
  JOURNAL_START,
  nextEntry,
  type JournalBody,
  type JournalEntry
} from "../../../lib/orders/journal.js";
import {INTENT} from "./orders.js";

const bodies: JournalBody[] = [
  {kind: "intent", intent: INTENT, by: "a person", broker: "ibkr", label: "AAPL"},
  {kind: "event", intent: INTENT.id, event: {kind: "sending", at: INTENT.at, orderId: 1, clientId: 1}},
  {kind: "control", by: "a person", control: {what: "kill-switch", on: true, reason: "enough"}},
  {kind: "event", intent: INTENT.id, event: {kind: "error", at: INTENT.at, code: 201, message: "no"}}
];

function journal(): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [i, body] of bodies.entries()) entries.push(nextEntry(entries.at(-1), INTENT.at + i, body));
  return entries;
}

it("a journal that is as it was written holds, also read back from JSON", () => {
  const entries = journal();
  const check = checkJournal(JSON.parse(JSON.stringify(entries)));
  expect(check).toEqual({lines: 4, head: entries[3].hash, problem: null});
  expect(checkJournal([])).toEqual({lines: 0, head: JOURNAL_START, problem: null});
});

it("a line with a number that is none reads back as it was hashed", () => {
  const entry = nextEntry(undefined, INTENT.at, {
    kind: "intent",
    intent: {...INTENT, quantity: NaN},
    by: "a person",
    broker: "ibkr",
    label: "AAPL"
  });
  expect(checkJournal([JSON.parse(JSON.stringify(entry))]).problem).toBeNull();
});

it("a line that is changed, taken out, put in or moved is found, and named", () => {
  const entries = journal();
  const changed = entries.with(1, {...entries[1], at: entries[1].at + 1});
  expect(checkJournal(changed).problem).toEqual({seq: 2, sentence: "line 2 is not as it was written"});
  expect(checkJournal(entries.toSpliced(1, 1)).problem?.sentence).toBe(
    "line 3 follows line 1: lines are missing"
  );
  expect(checkJournal(entries.toSpliced(1, 0, entries[1])).problem?.seq).toBe(2);
  expect(checkJournal([entries[1], entries[0]]).problem?.seq).toBe(2);
});

it("a journal cut at its end is found by the hash of an earlier check", () => {
  const entries = journal();
  const head = entries[3].hash;
  expect(checkJournal(entries, head).problem).toBeNull();
  expect(checkJournal(entries.slice(0, 3)).problem).toBeNull(); // nothing in it tells
  expect(checkJournal(entries.slice(0, 3), head).problem?.sentence).toContain("cut short");
  expect(checkJournal(entries, entries[1].hash).problem).toBeNull(); // it has grown since
});

it("whatever value of whatever line is changed, the chain breaks at that line", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 3}), fc.string({minLength: 1, maxLength: 5}), (i, text) => {
      const entries = journal();
      const body = {...entries[i].body, note: text} as unknown as JournalBody; // a field that was not there
      expect(checkJournal(entries.with(i, {...entries[i], body})).problem?.seq).toBe(i + 1);
    })
  );
});
