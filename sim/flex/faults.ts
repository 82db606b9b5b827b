import type {ServerResponse} from "node:http";
import {setImmediate as breathe, setTimeout as sleep} from "node:timers/promises";
import {CSV_REPORT, HTML_PAGE} from "./replies.js";

/** What can go wrong on command with one answer. Bytes count from the start of the body. */
export type FlexFault =
  | {kind: "error"; code: number; status?: "Fail" | "Warn"}
  | {kind: "http"; status: number}
  | {kind: "html"}
  | {kind: "csv"}
  | {kind: "empty"}
  | {kind: "content-type"; type: string}
  | {kind: "foreign-url"; url: string}
  | {kind: "redirect"; location: string}
  /** The answer ends early, as if it were whole. */
  | {kind: "truncated"; bytes: number}
  /** The connection breaks; at 0 before the answer begins. */
  | {kind: "reset"; bytes: number}
  /** The connection stays open and says nothing more; at 0 before the answer begins. */
  | {kind: "hang"; bytes: number}
  | {kind: "drip"; bytes: number; everyMs: number};

/** Faults to come. Each of `send` and `get` spoils one answer of its step, in order. */
export interface FlexFaults {
  /** Times that GetStatement answers 1019 for each report requested from now on. */
  generating: number;
  send: FlexFault[];
  get: FlexFault[];
}

/** One answer, before it goes out. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Iterable<string>;
}

const PAGE = {"content-type": "text/html;charset=UTF-8"};

/** Sends an answer, or what a fault makes of it. */
export async function send(res: ServerResponse, answer: Answer, fault?: FlexFault): Promise<void> {
  const {status, headers, body} = spoil(answer, fault);
  const stop = fault && "bytes" in fault && fault.kind !== "drip" ? fault.bytes : Infinity;
  if (stop > 0 || fault?.kind === "truncated") {
    res.writeHead(status, headers);
    res.flushHeaders();
    const step = fault?.kind === "drip" ? fault.bytes : 65_536;
    for (const piece of pieces(body, step, stop)) {
      if (res.destroyed) return;
      if (!res.write(piece)) await drained(res);
      await (fault?.kind === "drip" ? sleep(fault.everyMs) : breathe());
    }
  }
  if (fault?.kind === "hang") return;
  if (fault?.kind !== "reset") res.end();
  else if (stop > 0) res.socket?.destroy(); // a reset would take back what the other side has not read yet
  else res.socket?.resetAndDestroy();
}

function spoil(answer: Answer, fault?: FlexFault): Answer {
  switch (fault?.kind) {
    case "http":
      return {status: fault.status, headers: PAGE, body: [HTML_PAGE]};
    case "html":
      return {status: 200, headers: PAGE, body: [HTML_PAGE]};
    case "csv":
      return {...answer, headers: {"content-type": "text/csv;charset=UTF-8"}, body: [CSV_REPORT]};
    case "empty":
      return {...answer, body: []};
    case "content-type":
      return {...answer, headers: {"content-type": fault.type}};
    case "redirect":
      return {status: 302, headers: {location: fault.location}, body: []};
    default:
      return answer;
  }
}

/** The body as bytes in pieces of one size, up to a stop. */
function* pieces(body: Iterable<string>, size: number, stop: number): Iterable<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  let room = stop;
  for (const text of body) {
    if (room <= 0) return;
    const bytes = Buffer.from(text).subarray(0, room);
    room -= bytes.length;
    held.push(bytes);
    length += bytes.length;
    if (length < size) continue;
    const joined = Buffer.concat(held);
    const whole = length - (length % size);
    for (let start = 0; start < whole; start += size) yield joined.subarray(start, start + size);
    held = [joined.subarray(whole)];
    length -= whole;
  }
  if (length > 0) yield Buffer.concat(held);
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.on("drain", done).on("close", done);
  });
}
