/**
 * What safety costs: the risk gate without what-if and storage, the cancels of a thrown kill switch, and the rate at which
 * orders leave, over the real link against the stand-in for TWS.
 */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {median} from "d3-array";
import {createWire} from "../bridge/broker/ibkr/connect.js";
import {createIbkrBroker} from "../bridge/broker/ibkr/ibkr.js";
import {OrdersStore} from "../bridge/execution/orders-store.js";
import {situationOf, type SituationParts} from "../bridge/execution/situation.js";
import {DeskLog} from "../bridge/execution/desk-log.js";
import {openTrading} from "../bridge/execution/trading-desk.js";
import type {OrderAsk} from "../lib/orders/desk.js";
import {checkOrder} from "../lib/orders/risk/gate.js";
import {DEFAULT_LIMITS, type RiskLimits} from "../lib/orders/risk/limits.js";
import {sessionBefore} from "../lib/time/calendar.js";
import {startTws} from "../sim/tws/service.js";

const ACCOUNT = "DU7000001";
const WORKING = 45;
const BURST = 60;
const quiet = {info: () => undefined, warn: () => undefined, error: () => undefined};
const free: RiskLimits = {
  ...DEFAULT_LIMITS,
  positionNotional: null,
  grossNotional: null,
  orderValue: null,
  ordersPerMinute: null,
  duplicateSeconds: 0,
  priceCollar: null,
  dailyLoss: null,
  regularHoursOnly: false
};

const folder = mkdtempSync(join(tmpdir(), "bench-trading-"));
const now = Date.now;
const tws = await startTws({version: 193, everyMs: 20, clock: () => new Date()});
const broker = createIbkrBroker({
  wire: createWire({host: "127.0.0.1", port: tws.port, clientId: 3, log: quiet}),
  log: quiet
});
const store = new OrdersStore(join(folder, "orders.db"));
store.append(now(), [
  {kind: "control", by: "bench", control: {what: "limits", account: ACCOUNT, limits: free, strategies: {}}}
]);
const desk = openTrading({
  store,
  mode: "ibkr-paper",
  isKilledBySetting: false,
  port: 7497,
  broker,
  data: broker,
  statementNav: () => ({day: sessionBefore(new Date().toISOString().slice(0, 10)), value: 0, flowsSince: 0}),
  now,
  wait: (ms, signal) => sleep(ms, undefined, {signal})
});

async function until(holds: () => boolean): Promise<void> {
  for (const end = now() + 30_000; !holds(); await sleep(1))
    if (now() > end) throw new Error("it did not come to it");
}

/** Shares of which none is sold short: TWS takes 20 orders on one side of a contract, and what covers is not cancelled. */
const listings = ["VQTM", "LKMQ", "RVGQ", "VQBD"].map(
  (symbol) => tws.catalogue.all.find(({localSymbol}) => localSymbol === symbol)! // each is listed
);
let asked = 0;
const ask = (): OrderAsk => {
  const listing = listings[asked++ % listings.length];
  const {last} = tws.market.quote(listing, new Date());
  return {
    id: crypto.randomUUID(),
    account: ACCOUNT,
    conId: listing.conId,
    action: "BUY",
    quantity: 1,
    type: "LMT",
    limit: Math.round(last / 2),
    tif: "DAY"
  };
};
const cancels = () => tws.calls.filter(({request}) => request.kind === "cancelOrder");

/** Most of some moments within any second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from, i) => sorted.filter((at, k) => k >= i && at - from < 1000).length));
}

try {
  await until(() => desk.status().reconciliation.isUnlocked);
  await until(() => broker.figures(ACCOUNT)?.netLiquidation !== undefined);

  // the kill switch, with 45 orders at work
  const rounds: {first: number; last: number}[] = [];
  for (let round = 0; round < 5; ++round) {
    await Promise.all(Array.from({length: WORKING}, () => desk.submit(ask(), "bench")));
    await until(
      () =>
        desk.orders({state: "working", limit: 1000}).filter(({status}) => status === "working").length ===
        WORKING
    );
    await sleep(1100); // the rate's window is free again
    tws.calls.length = 0;
    const start = now();
    await desk.killSwitch({on: true, reason: "bench", cancel: "opening"}, "bench");
    await until(() => cancels().length === WORKING);
    const at = cancels().map((call) => call.at.getTime() - start);
    rounds.push({first: Math.min(...at), last: Math.max(...at)});
    await until(() => desk.orders({state: "working", limit: 1000}).length === 0);
    await desk.killSwitch({on: false, reason: "bench", cancel: "none"}, "bench");
  }
  const lasts = rounds.map(({last}) => last);
  console.log(
    `kill switch: the last of ${WORKING} cancels at TWS after ${median(lasts)} ms, median of ${lasts.length} (${lasts.join(", ")})`
  );

  // orders in a burst
  await sleep(1100);
  tws.calls.length = 0;
  await Promise.all(Array.from({length: BURST}, () => desk.submit(ask(), "bench")));
  const messages = tws.calls.map(({at}) => at.getTime());
  console.log(
    `${BURST} orders asked for at once, each with its what-if: ${mostInASecond(messages)} messages at TWS in any second at most, ${messages.length} in all`
  );

  // the gate, with what works and is held
  const log = new DeskLog({store, broker: "ibkr", now});
  const parts: SituationParts = {
    log,
    broker,
    data: broker,
    now,
    isKilledBySetting: false,
    blocked: () => null,
    locked: () => new Set(),
    statementNav: () => ({day: "2999-01-01", value: 0, flowsSince: 0})
  };
  const [facts] = await broker.contracts({conId: listings[0].conId});
  const [{intent}] = log.book.open("ibkr");
  const micros: {whole: number[]; rules: number[]} = {whole: [], rules: []};
  for (let i = 0; i < 20_000; ++i) {
    const start = performance.now();
    const situation = situationOf(intent, facts, parts);
    const between = performance.now();
    checkOrder(intent, DEFAULT_LIMITS, situation);
    const end = performance.now();
    micros.whole.push(1000 * (end - start));
    micros.rules.push(1000 * (end - between));
  }
  const {positions, working} = situationOf(intent, facts, parts);
  console.log(
    `risk gate, ${positions.length} positions and ${log.book.open("ibkr").length} working orders (${working.length} stakes): ` +
      `rules ${median(micros.rules)!.toFixed(1)} us, with all they rest on ${median(micros.whole)!.toFixed(1)} us, medians of ${micros.whole.length}`
  );
} finally {
  await desk.close();
  await broker.close();
  await tws.close();
  store.close();
  rmSync(folder, {recursive: true, force: true});
}
