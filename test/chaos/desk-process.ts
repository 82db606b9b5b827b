/**
 * A desk in a process of its own, to be killed. It waits for `{"start": {…}}` on stdin, all its modules loaded, and then
 * does what each line says; it tells what became of it, a line each, on stdout.
 */
import {createInterface} from "node:readline";
import {setTimeout as sleep} from "node:timers/promises";
import {createIbkrBroker} from "../../bridge/broker/ibkr/ibkr.js";
import {createWire} from "../../bridge/broker/ibkr/connect.js";
import {OrdersStore} from "../../bridge/execution/orders-store.js";
import {openTrading} from "../../bridge/execution/trading-desk.js";
import type {Trading} from "../../bridge/execution/trading.js";
import type {KillAsk, OrderAsk} from "../../lib/orders/desk.js";
import {sessionBefore} from "../../lib/time/calendar.js";

export interface Start {
  file: string;
  port: number;
  /** What the clock is ahead of the machine's, milliseconds. */
  shift: number;
}

export type Command =
  | {start: Start}
  | {submit: OrderAsk}
  | {cancel: string}
  | {kill: KillAsk}
  | {acknowledge: {account: string; conId: number; units: number}}
  | {reconcile: true}
  | {end: true};

/** What the desk tells. */
export interface Told {
  ready?: true;
  /** Of each change: where reconciliation stands. */
  unlocked?: boolean;
  differences?: {account: string; conId: number; theirs: number}[];
  answered?: {id: string; status: string; problem: string | null};
  reconciled?: true;
  failed?: string;
}

const say = (what: Told): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const quiet = {info: () => undefined, warn: () => undefined, error: () => undefined};

function start({file, port, shift}: Start): Trading {
  const now = () => Date.now() + shift;
  const wire = createWire({
    host: "127.0.0.1",
    port,
    clientId: 3,
    log: quiet,
    now,
    heartbeatMs: 300,
    patienceMs: 3000,
    retry: {firstMs: 20, openMs: 80}
  });
  const broker = createIbkrBroker({wire, log: quiet, now});
  const desk = openTrading({
    store: new OrdersStore(file),
    mode: "ibkr-paper",
    isKilledBySetting: false,
    port: 7497, // the class of port that the mode allows; the stand-in's own is any
    broker,
    data: broker,
    statementNav: () => ({
      day: sessionBefore(new Date(now()).toISOString().slice(0, 10)),
      value: broker.figures(broker.accounts()[0])?.netLiquidation ?? 0,
      flowsSince: 0
    }),
    now,
    wait: (ms, signal) => sleep(ms, undefined, {signal})
  });
  desk.subscribe((what) => {
    if (what.kind !== "status") return;
    const {isUnlocked, discrepancies} = what.status.reconciliation;
    const differences = discrepancies.flatMap((each) => (each.kind === "position" ? [each] : []));
    say({unlocked: isUnlocked, differences});
  });
  return desk;
}

let desk: Trading | undefined;

async function run(command: Command): Promise<void> {
  if ("start" in command) {
    desk = start(command.start);
    say({unlocked: desk.status().reconciliation.isUnlocked});
    return;
  }
  if (!desk) throw new Error("start it first");
  if ("submit" in command) {
    const {order} = await desk.submit(command.submit, "the chaos");
    say({answered: {id: order.id, status: order.status, problem: order.problem}});
  } else if ("cancel" in command) await desk.cancel(command.cancel, "the chaos");
  else if ("kill" in command) await desk.killSwitch(command.kill, "the chaos");
  else if ("acknowledge" in command) desk.acknowledge(command.acknowledge, "the chaos");
  else if ("reconcile" in command) {
    await desk.reconcile("the chaos");
    say({reconciled: true});
  } else {
    await desk.close();
    process.exit(0);
  }
}

if (import.meta.main) {
  say({ready: true});
  for await (const line of createInterface({input: process.stdin})) {
    run(JSON.parse(line) as Command).catch((error: unknown) =>
      // the test's own lines
      say({failed: error instanceof Error ? error.message : String(error)})
    );
  }
  process.exit(0);
}
