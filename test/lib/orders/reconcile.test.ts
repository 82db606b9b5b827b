import {expect, it} from "vitest";
import {
  positionsAfter,
  reconcile,
  type BrokerLists,
  type ListedOrder,
  type ReadList
} from "../../../lib/orders/reconcile.js";
import {stateOf, type OrderEvent} from "../../../lib/orders/state.js";
import {execution, INTENT} from "./orders.js";

const HOUR = 3_600_000;
const read = <T>(rows: readonly T[], more: Partial<ReadList<T>> = {}): ReadList<T> => ({
  rows,
  reads: 2,
  reachesTo: INTENT.at - HOUR,
  ...more
});
const empty = (): BrokerLists => ({
  working: read<ListedOrder>([]),
  completed: read<ListedOrder>([]),
  executions: read([]),
  positions: read([])
});
const listed = (more: Partial<ListedOrder> = {}): ListedOrder => ({
  account: INTENT.account,
  conId: INTENT.contract.conId,
  permId: 1_700_000_001,
  orderId: 1_000_001,
  clientId: 1,
  orderRef: `app:${INTENT.id}`,
  status: "Submitted",
  ...more
});
const sent: OrderEvent = {kind: "sending", at: INTENT.at, orderId: 1_000_001, clientId: 1};
const open = stateOf(INTENT, [sent]);
const decided = (lists: BrokerLists, orders = [open]) =>
  reconcile({orders, positions: []}, lists).decisions.get(INTENT.id);

it("an order that all lists lack, each read twice and reaching back to it, was not sent", () => {
  const result = reconcile({orders: [open], positions: []}, empty());
  expect(result).toMatchObject({discrepancies: [], isUnlocked: true});
  expect([...result.decisions]).toEqual([[INTENT.id, "not-sent"]]);
});

it("an order in any of the lists is known, by its reference or by IBKR's number", () => {
  expect(decided({...empty(), working: read([listed()])})).toBe("known");
  expect(decided({...empty(), completed: read([listed({orderId: 0, clientId: 0})])})).toBe("known");
  const named = stateOf(INTENT, [
    sent,
    {kind: "status", at: INTENT.at, status: "Submitted", filled: 0, remaining: 100, permId: 1_700_000_001}
  ]);
  expect(decided({...empty(), completed: read([listed({orderRef: ""})])}, [named])).toBe("known");
  expect(decided({...empty(), completed: read([listed({orderRef: "", permId: 7})])}, [named])).toBe(
    "unknown"
  );
});

it("an order that executions fill in part, and that neither works nor is completed, is unknown", () => {
  const partly = stateOf(INTENT, [sent, {kind: "execution", at: INTENT.at, execution: execution(1, 40)}]);
  expect(decided({...empty(), executions: read([execution(1, 40)])}, [partly])).toBe("unknown");
  const whole = stateOf(INTENT, [sent, {kind: "execution", at: INTENT.at, execution: execution(1, 100)}]);
  expect(decided({...empty(), executions: read([execution(1, 100)])}, [whole])).toBe(undefined);
});

it("a list that does not reach back so far, or cannot be read, makes it unknown and locks the contract", () => {
  for (const list of ["working", "completed", "executions"] as const) {
    for (const lists of [
      {...empty(), [list]: read([], {reachesTo: INTENT.at + 1})},
      {...empty(), [list]: null}
    ]) {
      const result = reconcile({orders: [open], positions: []}, lists);
      expect([list, result.decisions.get(INTENT.id)]).toEqual([list, "unknown"]);
      expect([...result.locked]).toEqual([INTENT.contract.conId]);
    }
  }
});

it("nothing is decided while a list is still to be read a second time, and nothing is sent", () => {
  for (const list of ["working", "completed", "executions", "positions"] as const) {
    const result = reconcile({orders: [open], positions: []}, {...empty(), [list]: read([], {reads: 1})});
    expect(result.isUnlocked).toBe(false);
    expect(result.discrepancies).toMatchObject([{kind: "unread", list}]);
    if (list !== "positions") expect(result.decisions.size).toBe(0);
  }
});

it("where IBKR refuses orders, positions and executions are enough to unlock what can be done", () => {
  const lists = {...empty(), working: null, completed: null};
  expect(reconcile({orders: [], positions: []}, lists).isUnlocked).toBe(false);
  expect(reconcile({orders: [], positions: []}, lists, {isReadOnly: true}).isUnlocked).toBe(true);
});

it("an order that is not ours is told and left alone", () => {
  const stranger = listed({orderRef: "", permId: 9, orderId: 0, clientId: 0});
  const result = reconcile({orders: [], positions: []}, {...empty(), working: read([stranger])});
  expect(result.discrepancies).toMatchObject([{kind: "stranger", order: {permId: 9}}]);
  expect(result.isUnlocked).toBe(true);
});

it("positions that differ lock trading, by account and contract", () => {
  const lists = {...empty(), positions: read([{account: "DU1000001", conId: 265598, units: 60}])};
  const ours = [{account: "DU1000001", conId: 265598, units: 100}];
  const result = reconcile({orders: [], positions: ours}, lists);
  expect(result.discrepancies).toMatchObject([{kind: "position", ours: 100, theirs: 60}]);
  expect(result.isUnlocked).toBe(false);
  expect(reconcile({orders: [], positions: [{...ours[0], units: 60 + 1e-12}]}, lists).discrepancies).toEqual(
    []
  );
});

it("an order that has ended is not decided again", () => {
  const done = stateOf(INTENT, [sent, {kind: "execution", at: INTENT.at, execution: execution(1, 100)}]);
  expect(reconcile({orders: [done], positions: []}, empty()).decisions.size).toBe(0);
});

it("positionsAfter(before, executions) adds what was bought, takes off what was sold, and drops what is flat", () => {
  const before = [{account: "DU1000001", conId: 265598, units: -100}];
  expect(positionsAfter(before, [execution(1, 40), execution(2, 60)])).toEqual([]);
  expect(positionsAfter(before, [execution(1, 40), execution(2, 10, {conId: 7, side: "SLD"})])).toEqual([
    {account: "DU1000001", conId: 265598, units: -60},
    {account: "DU1000001", conId: 7, units: -10}
  ]);
});
