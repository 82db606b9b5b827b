import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import type {Broker} from "../bridge/broker/broker.js";
import {createWire} from "../bridge/broker/ibkr/connect.js";
import {createIbkrBroker, type IbkrBroker} from "../bridge/broker/ibkr/ibkr.js";
import {openTrading} from "../bridge/execution/trading-desk.js";
import type {Trading} from "../bridge/execution/trading.js";
import {LiveFeed} from "../bridge/live/feed.js";
import type {LiveRoom} from "../bridge/live/room.js";
import {Snapshots} from "../bridge/live/snapshots.js";
import type {Log} from "../bridge/log.js";
import type {ComponentHealth, Figures} from "../bridge/services.js";
import type {Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import type {LiveNav} from "../lib/live/figures.js";
import {openParts} from "./desk-parts.js";
import {lotsTakenBy} from "./lots-taken.js";
import {navOf, seamOf} from "./statement-nav.js";
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
  const {orders, ibkr, paper} = openParts({
    orders: join(folder, "orders.db"),
    paper: mode === "paper" ? join(folder, "paper.db") : null,
    connect: () => createIbkrBroker({wire: createWire({...tws, log, now}), log, now, lines: options.lines}),
    terms: {now}
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
    statementNav: (account) => navOf(seams.get(account))
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
