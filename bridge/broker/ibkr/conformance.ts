import {randomUUID} from "node:crypto";
import type {OrderContract, OrderIntent} from "../../../lib/orders/order.js";
import type {BrokerEvent} from "../broker.js";
import {isPaperAccount} from "./check.js";
import {createContracts} from "./contracts.js";
import {createWire, type WireOptions} from "./connect.js";
import {createLists, type Lists} from "./lists.js";
import {createOrders, type Orders} from "./orders.js";
import {recordWire, type Recorder} from "./recorder.js";
import type {Wire} from "./wire.js";

/** One line of the checklist. */
export interface ConformanceItem {
  what: string;
  status: "ok" | "error";
  /** What was seen. */
  sentence: string;
}

export interface ConformanceOptions {
  host: string;
  port: number;
  clientId: number;
  /** Contract that is ordered, far from its price. */
  conId: number;
  /** A limit, in the contract's currency, at which a purchase of one unit never fills. */
  limit: number;
  /** Ports that are paper accounts'. */
  paperPorts?: readonly number[];
  onRecord?: (recorder: Recorder) => void;
  patienceMs?: number;
}

export const PAPER_PORTS: readonly number[] = [7497, 4002];
const STEP_MS = 20;
const silent = {info: () => undefined, warn: () => undefined, error: () => undefined} as WireOptions["log"];

/** One wire with all that is said of orders on it. */
interface Line {
  wire: Wire;
  orders: Orders;
  lists: Lists;
  events: BrokerEvent[];
}

/**
 * Runs a checklist on a paper account: orders of one unit far below the market, each cancelled again.
 * @throws RangeError before anything is sent, when the port or an account is not a paper account's
 */
export async function* runConformance(options: ConformanceOptions): AsyncGenerator<ConformanceItem> {
  const {port, paperPorts = PAPER_PORTS, patienceMs = 15_000} = options;
  if (!paperPorts.includes(port))
    throw new RangeError(`the checklist runs on paper accounts alone, port 7497 or 4002: not ${port}`);
  let line = await connect(options);
  try {
    const {accounts, phase, sentence} = line.wire.status();
    if (phase !== "ready") throw new RangeError(sentence);
    const real = accounts.filter((account) => !isPaperAccount(account));
    if (real.length || !accounts.length)
      throw new RangeError(
        `the checklist runs on paper accounts alone: ${real.join(", ") || "there is none"}`
      );
    yield item("session", true, sentence);
    const contracts = createContracts(line.wire, Date.now);
    const [facts] = await contracts.find({conId: options.conId});
    yield item(
      "contract",
      facts !== undefined,
      facts ? facts.label : `TWS knows no contract ${options.conId}`
    );
    if (!facts) return;
    const make = maker(accounts[0], facts.contract, options.limit);
    yield* single(line, make, patienceMs);
    yield* preview(line, make);
    yield* bracket(line, make, patienceMs);
    yield* refusal(line, make, patienceMs);

    const kept = make();
    const orderId = line.orders.takeOrderId(0);
    await line.orders.place({intent: kept, orderId, transmit: true});
    await statusOf(line, orderId, (status) => WORKING.has(status), patienceMs);
    await close(line);
    line = await connect(options);
    const {working} = await line.lists.read(AbortSignal.timeout(4 * patienceMs));
    const found = working?.rows.filter(({orderRef}) => orderRef === `app:${kept.id}`) ?? [];
    yield item(
      "reconnect",
      found.length === 1,
      `the order works on ${found.length} time(s) after a new connection`
    );
    await line.orders.cancel(orderId);
    const isGone = await statusOf(line, orderId, (status) => ENDED.has(status), patienceMs);
    yield item("cancel after reconnect", isGone, isGone ? "confirmed" : "no confirmation came");
    const {protocolErrors} = line.wire;
    yield item("messages", protocolErrors === 0, `${protocolErrors} messages could not be read`);
  } finally {
    await leaveNothing(line, patienceMs);
    await close(line);
  }
}

const WORKING: ReadonlySet<string> = new Set(["PreSubmitted", "Submitted"]);
const ENDED: ReadonlySet<string> = new Set(["Cancelled", "ApiCancelled", "Inactive", "Filled"]);

const item = (what: string, isWell: boolean, sentence: string): ConformanceItem => ({
  what,
  status: isWell ? "ok" : "error",
  sentence
});

type Make = (fields?: Partial<OrderIntent>) => OrderIntent;

const maker =
  (account: string, contract: OrderContract, limit: number): Make =>
  (fields = {}) => ({
    id: randomUUID(),
    at: Date.now(),
    account,
    contract,
    action: "BUY",
    quantity: 1,
    type: "LMT",
    limit,
    tif: "DAY",
    ...fields
  });

async function connect({
  host,
  port,
  clientId,
  onRecord,
  patienceMs = 15_000
}: ConformanceOptions): Promise<Line> {
  const wire = createWire({host, port, clientId, log: silent, patienceMs});
  onRecord?.(recordWire(wire, () => performance.now()));
  const contracts = createContracts(wire, Date.now);
  const magnifierOf = (conId: number) => contracts.magnifierOf(conId);
  const events: BrokerEvent[] = [];
  const orders = createOrders({
    wire,
    log: silent,
    now: Date.now,
    magnifierOf,
    tell: (event) => void events.push(event),
    whatIfMs: patienceMs
  });
  const lists = createLists({wire, now: Date.now, magnifierOf});
  await poll(() => wire.status().phase === "ready" || wire.status().tries > 0, patienceMs);
  return {wire, orders, lists, events};
}

async function close({wire, orders, lists}: Line): Promise<void> {
  orders.close();
  lists.close();
  await wire.close();
}

async function poll(look: () => boolean, timeoutMs: number): Promise<boolean> {
  for (const end = performance.now() + timeoutMs; performance.now() < end;) {
    if (look()) return true;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return look();
}

const said = ({events}: Line, orderId: number) =>
  events.flatMap((each) => (each.kind === "order" && each.orderId === orderId ? [each] : []));

const statusOf = (line: Line, orderId: number, fits: (status: string) => boolean, timeoutMs: number) =>
  poll(() => said(line, orderId).some(({event}) => event.kind === "status" && fits(event.status)), timeoutMs);

async function* single(line: Line, make: Make, patienceMs: number): AsyncGenerator<ConformanceItem> {
  const intent = make();
  const orderId = line.orders.takeOrderId(0);
  const isSent = await line.orders.place({intent, orderId, transmit: true});
  const isThere = await statusOf(line, orderId, (status) => WORKING.has(status), patienceMs);
  const told = said(line, orderId);
  const permId = told.find((each) => each.permId > 0)?.permId ?? 0;
  const hasRef = told.some(({orderRef}) => orderRef === `app:${intent.id}`);
  yield item("order", isSent && isThere, isThere ? `acknowledged as ${permId}` : "no acknowledgement came");
  yield item("reference", hasRef && permId > 0, hasRef ? "told back as it was sent" : "not told back");
  const before = await line.lists.read(AbortSignal.timeout(4 * patienceMs));
  const isListed = before.working?.rows.some(({orderRef}) => orderRef === `app:${intent.id}`) ?? false;
  yield item("working orders", isListed, isListed ? "list it" : "do not list it");
  await line.orders.cancel(orderId);
  const isGone = await statusOf(line, orderId, (status) => ENDED.has(status), patienceMs);
  yield item("cancel", isGone, isGone ? "confirmed" : "no confirmation came");
  const after = await line.lists.read(AbortSignal.timeout(4 * patienceMs));
  const isDone = after.completed?.rows.some(({orderRef}) => orderRef === `app:${intent.id}`) ?? false;
  yield item("completed orders", isDone, isDone ? "list it" : "do not list it");
}

async function* preview(line: Line, make: Make): AsyncGenerator<ConformanceItem> {
  try {
    const {initMarginAfter, commission, mostCommission} = await line.orders.whatIf(make());
    const cost = commission ?? mostCommission;
    yield item(
      "what-if",
      initMarginAfter !== null,
      `margin after it ${initMarginAfter ?? "not told"}, commission ${cost ?? "not told"}`
    );
  } catch (error) {
    yield item("what-if", false, error instanceof Error ? error.message : String(error));
  }
}

async function* bracket(line: Line, make: Make, patienceMs: number): AsyncGenerator<ConformanceItem> {
  const parent = make();
  const limit = parent.limit!; // make() gives one
  const [parentId, profitId, stopId] = [0, 0, 0].map(() => line.orders.takeOrderId(0));
  const {limit: _, ...plain} = make({action: "SELL", type: "STP", stop: limit / 2, parent: parent.id});
  await line.orders.place({intent: parent, orderId: parentId, transmit: false});
  const profit = make({action: "SELL", limit: limit * 2, parent: parent.id});
  await line.orders.place({intent: profit, orderId: profitId, parentId, transmit: false});
  await line.orders.place({intent: plain, orderId: stopId, parentId, transmit: true});
  const all = await Promise.all(
    [parentId, profitId, stopId].map((id) => statusOf(line, id, (status) => WORKING.has(status), patienceMs))
  );
  yield item("bracket", all.every(Boolean), `${all.filter(Boolean).length} of 3 legs acknowledged`);
  await line.orders.cancel(parentId);
  const gone = await Promise.all(
    [parentId, profitId, stopId].map((id) => statusOf(line, id, (status) => ENDED.has(status), patienceMs))
  );
  yield item(
    "bracket cancel",
    gone.every(Boolean),
    `${gone.filter(Boolean).length} of 3 legs ended with the parent`
  );
}

async function* refusal(line: Line, make: Make, patienceMs: number): AsyncGenerator<ConformanceItem> {
  const limit = make().limit! + 0.00001234; // off every step
  const orderId = line.orders.takeOrderId(0);
  await line.orders.place({intent: make({limit}), orderId, transmit: true});
  await poll(() => said(line, orderId).length > 0, patienceMs);
  const error = said(line, orderId).find(({event}) => event.kind === "error")?.event;
  const isRefused = error?.kind === "error";
  yield item("price off its step", isRefused, isRefused ? `refused with ${error.code}` : "not refused");
  if (!isRefused) await line.orders.cancel(orderId);
}

/** Cancels what the checklist left at work, on whatever connection there is. */
async function leaveNothing(line: Line, patienceMs: number): Promise<void> {
  if (line.wire.status().phase !== "ready") return;
  const {working} = await line.lists.read(AbortSignal.timeout(4 * patienceMs));
  const ours = working?.rows.filter(
    ({clientId, orderRef}) => clientId === line.wire.clientId && orderRef.startsWith("app:")
  );
  for (const {orderId} of ours ?? []) await line.orders.cancel(orderId);
}
