/** The order ledger: what was ordered, what became of it, what was filled; appended to, never changed. */

import {spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {connect, type Socket} from "node:net";
import {createInterface} from "node:readline";
import {setTimeout as sleep} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import type {Order} from "./wire/order.js";
import type {Fill, Status} from "./working.js";

/** One line; times are ISO texts. */
export type Entry =
  | {
      kind: "order";
      permId: number;
      clientId: number;
      orderId: number;
      account: string;
      conId: number;
      exchange: string;
      order: Order;
      at: string;
    }
  | {
      kind: "status";
      permId: number;
      status: Status;
      quantity: number;
      transmitted: boolean;
      reason: string;
      at: string;
    }
  | ({kind: "fill"; at: string} & Omit<Fill, "at">);

export interface Ledger {
  append(entry: Entry): void;
  /** All entries, oldest first, with everything appended before. */
  read(): Promise<Entry[]>;
  /** Lets go of the ledger; its process goes on unless it is ended. */
  close(options?: {end?: boolean}): Promise<void>;
}

/** A ledger that is gone with this process. */
export function memoryLedger(entries: Entry[] = []): Ledger {
  return {
    append: (entry) => void entries.push(structuredClone(entry)),
    read: () => Promise.resolve(structuredClone(entries)),
    close: () => Promise.resolve()
  };
}

const PROCESS = fileURLToPath(new URL("ledger-process.ts", import.meta.url));

/**
 * The ledger of a file, in the process that keeps it; starts that process if there is none.
 * @param idleMs how long the process stays when nobody is connected
 */
export async function openLedger(file: string, idleMs = 30_000): Promise<Ledger> {
  const socket = (await reach(file)) ?? (await start(file, idleMs));
  const waiting = new Map<number, (entries: Entry[]) => void>();
  let asked = 0;
  createInterface({input: socket}).on("line", (line) => {
    const {read, entries} = JSON.parse(line) as {read: number; entries: Entry[]};
    waiting.get(read)?.(entries);
    waiting.delete(read);
  });
  const say = (what: object) => socket.write(`${JSON.stringify(what)}\n`);
  return {
    append: (entry) => void say({append: entry}),
    read: () =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, resolve);
        socket.once("close", () => reject(new Error(`the ledger of ${file} is closed`)));
        say({read: asked});
      }),
    close: ({end = true} = {}) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once("close", () => resolve());
        if (end) say({end});
        else socket.end();
      })
  };
}

async function start(file: string, idleMs: number): Promise<Socket> {
  spawn(process.execPath, [PROCESS, file, String(idleMs)], {detached: true, stdio: "ignore"}).unref();
  for (let waited = 0; waited < 10_000; waited += 20) {
    const socket = await reach(file);
    if (socket) return socket;
    await sleep(20);
  }
  throw new Error(`the ledger's process for ${file} does not answer: look for a Node older than 24`);
}

/** A connection to the process that keeps a file, if there is one. */
function reach(file: string): Promise<Socket | undefined> {
  let port: number;
  try {
    port = Number(readFileSync(`${file}.port`, "utf8"));
  } catch {
    return Promise.resolve(undefined); // no process has said its port yet
  }
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.once("connect", () => resolve(socket));
    socket.on("error", () => resolve(undefined));
  });
}
