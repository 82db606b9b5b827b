/**
 * The stand-in as a process of its own, for clients that are not in this one.
 *
 * `tsx sim/tws/main.ts [--version 176] [--port 0] [--seed 7] [--every 100] [--ledger FILE] [--at ISO_TIME]` prints
 * `{"port": N}` and takes a command a line on stdin: `{"tick": 1}`, `{"faults": {"silent": true}}`,
 * `{"control": "loseLink", "with": []}`, `{"pin": [conId, {"last": 10}]}`, `{"show": "ledger"}`; it ends with stdin.
 * A fault that says crash kills the process as `kill -9` does.
 */

import {createInterface} from "node:readline";
import {parseArgs} from "node:util";
import type {Quote} from "./market.js";
import {startTws, type Tws, type TwsFaults} from "./service.js";

const {values} = parseArgs({
  options: {
    version: {type: "string", default: "176"},
    port: {type: "string", default: "0"},
    seed: {type: "string", default: "7"},
    every: {type: "string"},
    ledger: {type: "string"},
    at: {type: "string"}
  }
});

interface Command {
  tick?: number;
  faults?: Partial<Omit<TwsFaults, "taken">> & {taken?: number[]};
  control?: keyof Tws["controls"];
  with?: unknown[];
  pin?: [conId: number, quote: Partial<Quote>];
  show?: "ledger" | "positions" | "clients";
}

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

const shift = values.at === undefined ? 0 : Date.parse(values.at) - Date.now();
const tws = await startTws({
  version: Number(values.version),
  port: Number(values.port),
  seed: Number(values.seed),
  clock: () => new Date(Date.now() + shift),
  ...(values.every !== undefined && {everyMs: Number(values.every)}),
  ...(values.ledger !== undefined && {ledger: values.ledger}),
  onCrash: () => process.kill(process.pid, "SIGKILL")
});
say({port: tws.port});

async function run({tick = 0, faults, control, with: given = [], pin, show}: Command): Promise<void> {
  const {taken, ...plain} = faults ?? {};
  Object.assign(tws.faults, plain, taken && {taken: new Set(taken)});
  if (pin) tws.market.pin(...pin);
  if (control) (tws.controls[control] as (...all: unknown[]) => unknown)(...given); // the line's writer knows its form
  for (let i = 0; i < tick; ++i) tws.tick();
  if (show) say({[show]: await tws[show]()});
}

for await (const line of createInterface({input: process.stdin})) {
  try {
    await run(JSON.parse(line) as Command);
  } catch (cause) {
    say({error: cause instanceof Error ? cause.message : String(cause)});
  }
}
await tws.close();
process.exit(0);
