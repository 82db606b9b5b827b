import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import type {Broker} from "../bridge/broker/broker.js";
import {createWire} from "../bridge/broker/ibkr/connect.js";
import {createIbkrBroker, type IbkrBroker} from "../bridge/broker/ibkr/ibkr.js";
import {createPaperBroker, type PaperBroker} from "../bridge/broker/paper/paper.js";
import {openPaperStore} from "../bridge/broker/paper/store.js";
import {OrdersStore} from "../bridge/execution/orders-store.js";
import {openTrading} from "../bridge/execution/trading-desk.js";
import type {Trading} from "../bridge/execution/trading.js";
import {LiveFeed} from "../bridge/live/feed.js";
import type {LiveRoom} from "../bridge/live/room.js";
import {Snapshots} from "../bridge/live/snapshots.js";
import type {Log} from "../bridge/log.js";
import type {ComponentHealth, Figures} from "../bridge/services.js";
import type {Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import type {SummaryView} from "../lib/ledger/views.js";
import type {LiveNav} from "../lib/live/figures.js";
import {lotsTakenBy} from "./lots-taken.js";
import {statementsTold} from "./statement-orders.js";
import {shortAge} from "../lib/live/words.js";

export interface DeskOptions {
  /** Where orders go; `paper` in the demo. */
  mode: Config["TRADING_MODE"];
  isKilledBySetting: boolean;
  /** Where TWS or its stand-in answers. */
  tws: {host: string; port: number; clientId: number};
  /** Market-data lines of the account. */
  lines: number;
  /** Where the journal of orders and the paper account are kept. */
  folder: string;
  live: LiveRoom;
  store: Store;
  figures: Figures;
  log: Pick<Log, "info" | "warn" | "error">;
  now: () => Date;
}

/** The brokers of a room and what trades through them. */
export interface TradingDesk {
  trading: Trading;
  health(): ComponentHealth[];
  /** Statements have changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the link to TWS, the broker that orders go to, and all that trades; nothing waits for the link. */
export function openDesk(options: DeskOptions): TradingDesk {
  const {mode, isKilledBySetting, tws, folder, live, store, figures, log} = options;
  const now = () => options.now().getTime();
  const seams = new Map<string, LiveNav["seam"]>();
  const readSeam = async (account: string) => {
    const seam = await seamOf(figures, account);
    seams.set(account, seam);
    return seam;
  };
  const {orders, ibkr, paper} = openParts(folder, mode, {
    connect: () => createIbkrBroker({wire: createWire({...tws, log, now}), log, now, lines: options.lines}),
    now
  });
  const broker: Broker = paper ?? ibkr;
  const trading: Trading = openTrading({
    store: orders,
    mode,
    isKilledBySetting,
    port: tws.port,
    broker,
    data: ibkr,
    now,
    wait: (ms, signal) => setTimeout(ms, undefined, {signal}),
    lotsTaken: lotsTakenBy({
      figures,
      trading: () => trading,
      multiplierOf: (conId) =>
        broker.positions().find(({contract}) => contract.conId === conId)?.contract.multiplier ?? 1,
      now
    }),
    statementNav(account) {
      const seam = seams.get(account);
      return seam ? {day: seam.day, value: Number(seam.value), flowsSince: 0} : null;
    }
  });
  const settle = () => {
    if (!paper) trading.settleByStatements((intent) => statementsTold(store, intent));
  };
  const unsubscribe = trading.subscribe(({kind}) => {
    if (kind === "status") settle(); // an order may have become unknown long after its statement came
  });
  const feed = new LiveFeed(live, {readSeam, now});
  feed.takeBroker(ibkr);
  if (paper) feed.takeBroker(paper);
  feed.takeTrading(trading);
  const snapshots = new Snapshots({store, tables: live.tables, now: options.now});
  return {
    trading,
    health: () => [linkHealth(ibkr, mode, now()), tradingHealth(trading)],
    async refresh() {
      settle();
      await feed.refresh();
    },
    async close() {
      unsubscribe();
      feed.close();
      await snapshots.close();
      await trading.close();
      await paper?.close();
      await ibkr.close();
      orders.close();
    }
  };
}

/** Opens journal, link and paper account: all, or, where a file is not as it should be, nothing. */
function openParts(
  folder: string,
  mode: DeskOptions["mode"],
  {connect, now}: {connect: () => IbkrBroker; now: () => number}
): {orders: OrdersStore; ibkr: IbkrBroker; paper: PaperBroker | null} {
  const opened: {close(): unknown}[] = [];
  const open = <T extends {close(): unknown}>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    const orders = open(new OrdersStore(join(folder, "orders.db")));
    const store = mode === "paper" ? open(openPaperStore(join(folder, "paper.db"))) : null;
    const ibkr = open(connect());
    return {orders, ibkr, paper: store && createPaperBroker({data: ibkr, store, now})};
  } catch (error) {
    for (const part of opened) void part.close();
    throw error;
  }
}

/** The last day of an account's statements and its value then. */
async function seamOf(figures: Figures, account: string): Promise<LiveNav["seam"]> {
  const text = await figures.view("summary", {accounts: [account], range: "1M"});
  const {scope, nav} = JSON.parse(text) as SummaryView; // what the view is
  return scope.asOf !== null && nav.value !== null && scope.accounts.includes(account)
    ? {day: scope.asOf, value: nav.value}
    : null;
}

/** With nobody at the other end and orders on paper, the link is only not there; else something is wrong. */
function linkHealth(ibkr: IbkrBroker, mode: Config["TRADING_MODE"], now: number): ComponentHealth {
  const {phase, sentence, address, latencyMs, lastByteAt, serverVersion} = ibkr.status();
  if (phase !== "ready") {
    const isUnused = mode === "paper" && lastByteAt === null;
    return {name: "link", status: isUnused ? "off" : "degraded", message: sentence};
  }
  const problems = ibkr.streams().flatMap(({name, problem}) => (problem ? [`${name}: ${problem}`] : []));
  const facts = [
    `connected to ${address}`,
    `version ${serverVersion}`,
    latencyMs === null ? "no heartbeat yet" : `there and back ${latencyMs.toFixed(1)} ms`,
    lastByteAt === null
      ? "no byte yet"
      : `last byte ${shortAge(now - lastByteAt)} ago`.replace("now ago", "now"),
    ...problems
  ];
  return {name: "link", status: problems.length ? "degraded" : "ok", message: facts.join(", ")};
}

function tradingHealth(trading: Trading): ComponentHealth {
  const {mode, blocked, kill} = trading.status();
  const where = `orders go to ${mode === "paper" ? "paper" : mode}`;
  if (kill) return {name: "trading", status: "ok", message: `${where}; the kill switch is thrown`};
  return {
    name: "trading",
    status: blocked && mode !== "paper" ? "degraded" : "ok",
    message: blocked ? `${where}; nothing can be sent: ${blocked}` : where
  };
}
