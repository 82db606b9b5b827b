import type {LinkStatus} from "../../lib/live/link.js";
import type {
  CancelResult,
  FillRow,
  KillAsk,
  LimitSet,
  OrderAsk,
  OrderPreview,
  OrderRow,
  RiskEvent,
  TradingStatus
} from "../../lib/orders/desk.js";
import type {JournalCheck, JournalEntry} from "../../lib/orders/journal.js";
import type {Happening} from "../../lib/orders/run/decider.js";
import type {RunSettings} from "../../lib/orders/run/lived-run.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import type {TradingState} from "../../lib/orders/risk/situation.js";
import type {PriceSteps} from "../../lib/orders/tick.js";
import {ask} from "../data/bridge-importer.js";

/** What the bridge answers of trading, and what it is told; each call throws with the bridge's sentence. */

export interface Session {
  mode: "demo" | "real";
  /** Whether this page may change things. */
  known: boolean;
  /** Whether a broker is open. */
  trades: boolean;
}

export interface Risk {
  status: TradingStatus;
  links: {broker: LinkStatus; data: LinkStatus};
  accounts: readonly {account: string; limits: LimitSet}[];
  events: readonly RiskEvent[];
}

/** A contract as the search offers it. */
export interface ContractFound {
  conId: number;
  label: string;
  name: string;
  secType: string;
  currency: string;
  exchange: string;
  multiplier: number;
  steps: PriceSteps;
}

/** A run of a strategy that `tearsheet run` keeps. */
export interface KeptStrategyRun {
  run: string;
  settings: RunSettings;
  fills: number;
  /** When something happened last, milliseconds since 1970 UTC. */
  last: number | null;
}

interface LivedStrategyRun extends KeptStrategyRun {
  /** Oldest first, as JSON keeps them. */
  happenings: Happening[];
  /** By the id that an order went out under, in its symbol's currency. */
  commissions: Record<string, number>;
}

interface Sent {
  order: OrderRow;
  decision: Decision;
  children: OrderRow[];
}

const get = <T>(path: string): Promise<T> => ask<T>(path, {});

const send = <T>(method: "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<T> =>
  ask<T>(path, {
    method,
    ...(body && {headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)})
  });

export const readSession = () => get<Session>("/api/session");
export const readRisk = (events = 50) => get<Risk>(`/api/risk?events=${events}`);
export const readOrders = async () => (await get<{orders: OrderRow[]}>("/api/orders?limit=200")).orders;
export const readFills = async () => (await get<{fills: FillRow[]}>("/api/fills?limit=200")).fills;
export const readJournal = async (after: number) =>
  (await get<{entries: JournalEntry[]}>(`/api/journal?after=${after}&limit=1000`)).entries;
export const verifyJournal = () => get<JournalCheck>("/api/journal/verify");

/** Contracts of a symbol, or the one of a number. */
export const findContracts = async (text: string) => {
  const query = new URLSearchParams(/^\d+$/.test(text) ? {conId: text} : {symbol: text});
  return (await get<{contracts: ContractFound[]}>(`/api/contracts?${query}`)).contracts;
};

export const previewOrder = (order: OrderAsk) => send<OrderPreview>("POST", "/api/orders/preview", order);
export const sendOrder = (order: OrderAsk) => send<Sent>("POST", "/api/orders", order);
export const cancelOrder = (id: string) => send("DELETE", `/api/orders/${id}`);
export const settleOrder = (id: string, as: "cancelled" | "rejected" | "not-sent") =>
  send("POST", `/api/orders/${id}/settle`, {as});
export const setLimits = (account: string, limits: LimitSet) =>
  send("PUT", "/api/risk/limits", {account, limits});
export const setState = (state: TradingState, reason: string) =>
  send("PUT", "/api/risk/state", {state, reason});
export const throwKillSwitch = (what: KillAsk) =>
  send<{status: TradingStatus; results: CancelResult[]}>("POST", "/api/kill-switch", what);
export const cancelEverything = (account: string, typed: string) =>
  send("POST", "/api/kill-switch/everything", {account, typed});
export const confirmLive = (typed: string) => send("POST", "/api/live/confirm", {typed});
export const resetPaper = (typed: string) => send("POST", "/api/paper/reset", {typed});
export const reconcileAgain = () => send("POST", "/api/reconciliation");
export const acknowledge = (position: {account: string; conId: number; units: number}) =>
  send("POST", "/api/reconciliation/acknowledge", position);

export const readStrategyRuns = async (): Promise<readonly KeptStrategyRun[]> =>
  (await get<{runs: KeptStrategyRun[]}>("/api/strategy-runs")).runs;
export const readStrategyRun = (run: string): Promise<LivedStrategyRun> =>
  get(`/api/strategy-runs/${encodeURIComponent(run)}`);
