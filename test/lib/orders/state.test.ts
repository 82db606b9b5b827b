import fc from "fast-check";
import {expect, it} from "vitest";
import {FINAL, IB_STATUSES, stateOf, type IbStatus, type OrderEvent} from "../../../lib/orders/state.js";
import {execution, INTENT} from "./orders.js";

const at = INTENT.at;
const sending: OrderEvent = {kind: "sending", at, orderId: 1_000_001, clientId: 1};
const told = (status: IbStatus, filled = 0): OrderEvent => ({
  kind: "status",
  at,
  status,
  filled,
  remaining: INTENT.quantity - filled,
  permId: 1_700_000_001
});
const fill = (n: number, shares: number): OrderEvent => ({
  kind: "execution",
  at,
  execution: execution(n, shares)
});
const error = (code: number): OrderEvent => ({kind: "error", at, code, message: "as IBKR says"});
const cancelling: OrderEvent = {kind: "cancelling", at};
const status = (...events: OrderEvent[]) => stateOf(INTENT, events).status;

it("an order goes from its intent through what IBKR says to its end", () => {
  expect(status()).toBe("intent");
  expect(status(sending)).toBe("sent");
  expect(status(sending, told("PreSubmitted"))).toBe("held");
  expect(status(sending, told("PreSubmitted"), told("Submitted"))).toBe("working");
  expect(status(sending, told("Submitted"), fill(1, 40))).toBe("partly-filled");
  expect(status(sending, told("Submitted"), fill(1, 40), fill(2, 60))).toBe("filled");
  expect(status(sending, told("Submitted"), cancelling)).toBe("cancelling");
  expect(status(sending, told("Submitted"), cancelling, told("Cancelled"))).toBe("cancelled");
  expect(status(sending, error(201))).toBe("rejected");
});

it("units filled are those of the executions, never a sum of what statuses say", () => {
  const state = stateOf(INTENT, [sending, told("Submitted", 40), told("Submitted", 40), fill(1, 40)]);
  expect(state).toMatchObject({filled: 40, toldFilled: 40, averagePrice: 229.5, permId: 1_700_000_001});
  const early = stateOf(INTENT, [sending, told("Filled", 100)]);
  expect(early).toMatchObject({status: "filled", filled: 0, toldFilled: 100});
});

it("a market order that fills without any status is filled", () => {
  expect(status(sending, fill(1, 100))).toBe("filled");
});

it("a cancel that comes too late leaves the order as it was", () => {
  expect(status(sending, told("Submitted"), cancelling, error(161))).toBe("working");
  expect(status(sending, told("Submitted"), told("PendingCancel"), fill(1, 100))).toBe("filled");
});

it("a fill after the cancel counts, and fills the order when it is all of it", () => {
  const state = stateOf(INTENT, [sending, told("Cancelled"), fill(1, 30)]);
  expect(state).toMatchObject({status: "cancelled", filled: 30});
  expect(status(sending, told("Cancelled"), fill(1, 100))).toBe("filled");
});

it("an inactive order is blocked until it comes to life or is refused", () => {
  expect(status(sending, told("Inactive"))).toBe("blocked");
  expect(status(sending, told("Inactive"), told("Submitted"))).toBe("working");
  expect(status(sending, told("Inactive"), error(201))).toBe("rejected");
});

it("a status that comes late does not take a working order back to sent", () => {
  expect(status(sending, told("Submitted"), told("PendingSubmit"))).toBe("working");
  expect(status(told("Submitted"), sending)).toBe("working");
});

it("what reconciliation decided falls when IBKR tells of the order after all", () => {
  const unknown: OrderEvent = {kind: "settled", at, as: "unknown", by: "reconciliation"};
  expect(status(sending, unknown)).toBe("unknown");
  expect(status(sending, unknown, told("Submitted"))).toBe("working");
  expect(status(sending, {...unknown, as: "not-sent"})).toBe("not-sent");
  expect(status(sending, {...unknown, as: "not-sent"}, fill(1, 100))).toBe("filled");
});

it("a warning leaves an order as it is, and is shown", () => {
  const state = stateOf(INTENT, [sending, told("PreSubmitted"), error(399)]);
  expect(state).toMatchObject({status: "held", problem: {code: 399, message: "as IBKR says"}});
});

const anyEvent = fc.oneof(
  fc.constant(sending),
  fc.constant(cancelling),
  fc.tuple(fc.constantFrom(...IB_STATUSES), fc.constantFrom(0, 40, 100)).map((told_) => told(...told_)),
  fc.integer({min: 1, max: 4}).map((n) => fill(n, 25)),
  fc.constantFrom(161, 201, 202, 399, 10147).map(error)
);

it("a filled order stays filled, whatever comes, and no event takes a fill away", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, {maxLength: 20}), fc.array(anyEvent, {maxLength: 8}), (before, after) => {
      const [first, then] = [stateOf(INTENT, before), stateOf(INTENT, [...before, ...after])];
      if (first.status === "filled") expect(then.status).toBe("filled");
      if (FINAL.has(first.status)) expect(FINAL.has(then.status)).toBe(true);
      expect(then.filled).toBeGreaterThanOrEqual(first.filled);
      expect(then.toldFilled).toBeGreaterThanOrEqual(first.toldFilled);
    })
  );
});

it("events that come twice change nothing, and those of an end may come in any order", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, {maxLength: 12}), (events) => {
      const twice = events.flatMap((event) => [event, event]);
      expect(stateOf(INTENT, twice)).toEqual(stateOf(INTENT, events));
    })
  );
  const ends = [
    fill(1, 25),
    fill(2, 25),
    fill(3, 25),
    fill(4, 25),
    told("Filled", 100),
    told("Submitted", 50)
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(ends, {minLength: ends.length}), (events) => {
      expect(stateOf(INTENT, [sending, ...events])).toEqual(stateOf(INTENT, [sending, ...ends]));
    })
  );
});
