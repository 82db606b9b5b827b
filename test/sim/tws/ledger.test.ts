import {type ChildProcess, spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {EventName, OrderType} from "@stoqey/ib";
import {afterEach, beforeEach, expect, it} from "vitest";
import {openLedger} from "../../../sim/tws/ledger.js";
import {CHIPS, CHIPS_ID, client, order, poll, standIn} from "./stand.js";

let folder: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tws-ledger-"));
});
afterEach(async () => {
  for (const one of children) one.kill("SIGKILL");
  children = [];
  const ledger = await openLedger(join(folder, "ledger"), 100); // whatever still keeps the file ends with this
  await ledger.close();
  rmSync(folder, {recursive: true, force: true});
});

/** The stand-in as a process of its own, at the tests' clock, and a way to command it. */
async function server(...flags: string[]) {
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "sim/tws/main.ts",
      "--at",
      "2026-11-20T15:00:00Z",
      "--ledger",
      join(folder, "ledger"),
      ...flags
    ],
    {stdio: ["pipe", "pipe", "inherit"]}
  );
  children.push(child);
  const port = await new Promise<number>((resolve) =>
    createInterface({input: child.stdout}).once("line", (line) =>
      resolve((JSON.parse(line) as {port: number}).port)
    )
  );
  const gone = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once("exit", (_, signal) => resolve(signal))
  );
  return {
    port,
    child,
    gone,
    say: (command: object) => void child.stdin.write(`${JSON.stringify(command)}\n`)
  };
}

it("the order ledger survives kill -9 of the stand-in, whose next process takes its orders up", async () => {
  const first = await server();
  const one = client(first as never);
  await one.until(EventName.nextValidId);
  one.ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT, orderRef: "app:filled"}));
  one.ib.placeOrder(2, CHIPS, order({lmtPrice: 100, orderRef: "app:rests"}));
  await one.until(EventName.openOrder, 2);
  first.say({pin: [CHIPS_ID, {last: 150, bid: 149.99, ask: 150.01, askSize: 500}], tick: 0});
  first.say({tick: 1});
  await one.until(EventName.commissionReport);
  first.child.kill("SIGKILL");
  expect(await first.gone).toBe("SIGKILL");

  const ledger = await openLedger(join(folder, "ledger"));
  const entries = await ledger.read();
  expect(entries.map(({kind, permId}) => [kind, permId - 1_200_000_000])).toEqual([
    ["order", 1],
    ["status", 1],
    ["order", 2],
    ["status", 2],
    ["fill", 1],
    ["status", 1]
  ]);
  expect(
    readFileSync(join(folder, "ledger"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown)
  ).toEqual(entries);
  await ledger.close({end: false});

  const second = await server();
  const again = client(second as never);
  expect(await again.until(EventName.nextValidId)).toEqual([[3]]);
  again.ib.reqOpenOrders();
  again.ib.reqExecutions(1, {});
  again.ib.reqPositions();
  await again.until(EventName.positionEnd);
  expect(again.seen(EventName.openOrder).map(([id]) => id)).toEqual([2]);
  expect(
    again.seen(EventName.execDetails).map(([, , fill]) => (fill as {orderRef: string}).orderRef)
  ).toEqual(["app:filled"]);
  const chips = again
    .seen(EventName.position)
    .find(([, contract]) => (contract as {conId: number}).conId === CHIPS_ID);
  expect(chips?.[2]).toBe(300);
});

it("a process that dies between acknowledgement and fill fills the order in its next life", async () => {
  const first = await server();
  first.say({faults: {crashAfter: "acknowledgement"}});
  const one = client(first as never);
  await one.until(EventName.nextValidId);
  one.ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  await one.until(EventName.orderStatus);
  expect(await first.gone).toBe("SIGKILL");
  expect(one.seen(EventName.execDetails)).toEqual([]);
  const second = await server("--every", "20");
  const again = client(second as never);
  await again.until(EventName.nextValidId);
  await poll(() => {
    again.ib.reqExecutions(1, {});
    return again.seen(EventName.execDetails).length || undefined;
  }, "the fill");
});

it("a stand-in restored from a ledger holds what is still held: children, triggers, corrections", async () => {
  const file = join(folder, "ledger");
  const first = await standIn({ledger: file});
  const one = client(first);
  await one.until(EventName.nextValidId);
  first.market.pin(CHIPS_ID, {last: 150, bid: 149.99, ask: 150.01, bidSize: 500, askSize: 500});
  one.ib.placeOrder(1, CHIPS, order({orderType: OrderType.MKT}));
  one.ib.placeOrder(2, CHIPS, order({lmtPrice: 100, transmit: false}));
  one.ib.placeOrder(
    3,
    CHIPS,
    order({action: "SELL" as never, orderType: OrderType.STP, auxPrice: 90, parentId: 2, tif: "GTC"})
  );
  await one.until(EventName.openOrder, 3);
  first.tick();
  await one.until(EventName.commissionReport);
  first.controls.correct("0000e0d5.6a000000.01.01", {quantity: 80});
  const before = first.positions();
  first.controls.crash();
  await one.until(EventName.disconnected);
  const second = await standIn({ledger: file});
  expect(second.positions()).toEqual(before);
  const again = client(second);
  await again.until(EventName.nextValidId);
  second.market.pin(CHIPS_ID, {last: 80, bid: 79.99, ask: 100.5});
  second.tick();
  again.ib.reqOpenOrders();
  await again.until(EventName.openOrderEnd);
  expect(
    again.seen(EventName.orderStatus).map(([id, status, , , , , , , , held]) => [id, status, held])
  ).toEqual([
    [2, "Submitted", ""],
    [3, "PreSubmitted", "child"]
  ]);
});
