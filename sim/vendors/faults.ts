import type {ServerResponse} from "node:http";
import {setTimeout as sleep} from "node:timers/promises";
import type {Answer} from "./vendor.js";

/** What can go wrong on command with an answer. Bytes count from the start of the body. */
export type VendorFault =
  /** In the vendor's own words; 429 and 418 with Retry-After when given. */
  | {kind: "status"; status: number; retryAfterSeconds?: number}
  | {kind: "wrong-key"}
  | {kind: "quota"}
  /** A page with a challenge, HTTP 200. */
  | {kind: "html"}
  /** The answer ends early, as if it were whole. */
  | {kind: "truncated"; bytes: number}
  /** The connection breaks; at 0 before the answer begins. */
  | {kind: "reset"; bytes: number}
  | {kind: "slow"; ms: number}
  /** Values missing in the vendor's own way, at every seventh row. */
  | {kind: "nulls"}
  /** A column, tag or field has another name. */
  | {kind: "columns"}
  /** Yahoo: pence become pounds; FRED: millions become billions, in data and metadata. */
  | {kind: "unit"}
  /** The vendor's clock is so many days ahead (behind: negative). */
  | {kind: "clock"; days: number}
  /** Today's session is open, whatever the time of day: the last bar is a live one. */
  | {kind: "live"}
  /** Values of a symbol are others than they were, from a day to a day. */
  | {kind: "revised"; symbol: string; from: string; to: string; factor: number}
  /** A symbol splits, `ratio` new shares for one old: all closes before the day are rescaled. */
  | {kind: "split"; symbol: string; day: string; ratio: number};

/** Faults to come of one vendor. */
export interface VendorFaults {
  /** Each spoils one answer, in order; null lets one pass. */
  next: (VendorFault | null)[];
  /** These spoil every answer, as long as they stand here. */
  always: VendorFault[];
}

const PIECE = 16_384;

/** Sends an answer in pieces (so without its length), or what the faults leave of it. */
export async function send(
  res: ServerResponse,
  {status, headers, body}: Answer,
  faults: readonly VendorFault[]
): Promise<void> {
  const find = <K extends VendorFault["kind"]>(kind: K) =>
    faults.find((fault): fault is Extract<VendorFault, {kind: K}> => fault.kind === kind);
  const [slow, reset] = [find("slow"), find("reset")];
  if (slow) await sleep(slow.ms, undefined, {ref: false});
  const bytes = Buffer.from(body).subarray(0, (reset ?? find("truncated"))?.bytes);
  if (reset && !bytes.length) return void res.socket?.resetAndDestroy();
  res.writeHead(status, headers);
  let sent = Promise.resolve();
  for (let start = 0; start < bytes.length; start += PIECE)
    sent = new Promise((done) => res.write(bytes.subarray(start, start + PIECE), () => done()));
  if (!reset) return void res.end();
  await sent;
  res.socket?.destroy(); // a reset would take back what the other side has not read yet
}

/** Seconds that a vendor tells to wait, as a header. */
export function retryAfter(answer: Answer, seconds: number | undefined): Answer {
  if (seconds === undefined) return answer;
  return {...answer, headers: {...answer.headers, "retry-after": String(seconds)}};
}
