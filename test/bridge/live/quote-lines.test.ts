import {expect, it} from "vitest";
import {QuoteLines} from "../../../bridge/live/quote-lines.js";
import {LiveTables} from "../../../bridge/live/tables.js";
import {quoteOf} from "../broker-told.js";
import {fakeBroker, UNKNOWN} from "./fake-broker.js";

function linesAt() {
  const tables = new LiveTables();
  const lines = new QuoteLines(tables);
  return {tables, lines, ...fakeBroker()};
}

it("hold(conId) opens one line for all holders, and the last one who lets go closes it", async () => {
  const {lines, broker, told} = linesAt();
  lines.openAt(broker);
  const [first, second] = [lines.hold(7), lines.hold(7)];
  await expect.poll(() => told.open).toEqual([7]);
  first();
  first();
  expect(told.open).toEqual([7]);
  second();
  expect(told.open).toEqual([]);
});

it("a line opens with the quote that its broker has, and takes it away when it closes", async () => {
  const {lines, broker, quotes, tables} = linesAt();
  quotes.set(7, quoteOf(7, 12));
  lines.openAt(broker);
  const free = lines.hold(7);
  await expect.poll(() => tables.get("quotes", "7")?.last).toBe(12);
  free();
  expect(tables.get("quotes", "7")).toBeUndefined();
});

it("what is held before there is a broker, or while its link is down, opens when it is up", async () => {
  const {lines, broker, told} = linesAt();
  lines.hold(7);
  told.isUp = false;
  lines.openAt(broker);
  await Promise.resolve();
  expect(told.open).toEqual([]);
  await new Promise(setImmediate);
  told.isUp = true;
  lines.openAt(broker);
  await expect.poll(() => told.open).toEqual([7]);
});

it("nothing is opened for whoever let go while the contract was looked up, nor for one that is not known", async () => {
  const {lines, broker, told} = linesAt();
  lines.openAt(broker);
  lines.hold(7)();
  lines.hold(UNKNOWN);
  await new Promise(setImmediate);
  expect(told.open).toEqual([]);
});

it("openAt(another) moves the lines from one broker to the other", async () => {
  const {lines, broker, told} = linesAt();
  const other = fakeBroker();
  lines.openAt(broker);
  lines.hold(7);
  await expect.poll(() => told.open).toEqual([7]);
  lines.openAt(other.broker);
  await expect.poll(() => other.told.open).toEqual([7]);
  expect(told.open).toEqual([]);
});
