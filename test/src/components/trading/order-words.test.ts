import {expect, it} from "vitest";
import {
  inOrder,
  isOpen,
  linkInWords,
  merged,
  modeName,
  STATUS_WORDS
} from "../../../../src/components/trading/order-words.js";
import type {LinkStatus} from "../../../../lib/live/link.js";
import type {OrderRow} from "../../../../lib/orders/desk.js";
import {FINAL, type OrderStatus} from "../../../../lib/orders/state.js";

const row = (id: string, status: OrderStatus, at: number, changedAt = at): OrderRow =>
  ({id, status, at, changedAt}) as OrderRow; // no more of it is looked at

it("isOpen(row) is what is not final, of every status there is", () => {
  for (const status of Object.keys(STATUS_WORDS) as OrderStatus[])
    expect([status, isOpen({status})]).toEqual([status, !FINAL.has(status)]);
});

it("inOrder(rows) puts what works first, of each the latest first", () => {
  const rows = [
    row("a", "filled", 9),
    row("b", "working", 1),
    row("c", "held", 2),
    row("d", "cancelled", 10)
  ];
  expect(inOrder(rows).map(({id}) => id)).toEqual(["c", "b", "d", "a"]);
});

it("merged(rows, changes) takes what changed and what is new, and no older word", () => {
  const rows = [row("a", "working", 1, 5), row("b", "sent", 2)];
  const changes = [row("a", "sent", 1, 4), row("b", "filled", 2, 6), row("c", "intent", 3)];
  expect(merged(rows, changes).map(({id, status}) => [id, status])).toEqual([
    ["a", "working"],
    ["b", "filled"],
    ["c", "intent"]
  ]);
});

it("modeName(status) and linkInWords(link) say where orders go and how the link stands", () => {
  expect((["paper", "ibkr-paper", "live"] as const).map((mode) => modeName({mode}))).toEqual([
    "PAPER",
    "IBKR PAPER",
    "LIVE"
  ]);
  const link = {phase: "ready", sentence: "connected", latencyMs: 3.4} as LinkStatus; // no more of it is looked at
  expect(linkInWords(link)).toBe("connected, 3 ms");
  expect(linkInWords({...link, phase: "cut", sentence: "TWS has lost IBKR"})).toBe("TWS has lost IBKR");
});
