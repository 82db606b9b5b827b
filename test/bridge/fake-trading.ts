import type {Broker, ContractFacts} from "../../bridge/broker/broker.js";
import type {LimitSet, Trading} from "../../bridge/execution/trading.js";
import {Problem} from "../../bridge/problem.js";
import type {FillRow, OrderAsk, OrderRow, TradingStatus} from "../../lib/orders/desk.js";
import {checkJournal, nextEntry, type JournalEntry} from "../../lib/orders/journal.js";
import {DEFAULT_LIMITS} from "../../lib/orders/risk/limits.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import {linkStatus, shareFacts} from "./broker-told.js";

/** Trading that sends nothing: what endpoints hand to it, and by whom, stands in `heard`. */
export interface FakeTrading extends Trading {
  heard: unknown[][];
}

export const ACCOUNT = "DU7000001";
export const ORDER_ID = "5c2fb3bb-9b0c-4d50-a1c8-6e6a5d7f8a01";

const NOW = Date.parse("2024-01-05T12:00:00Z");

const LINK = linkStatus({since: NOW, clientId: 0, accounts: [ACCOUNT], lastByteAt: NOW});

/** INVT in New York; ABC in New York and in London, which is ambiguous. */
export const CONTRACTS: ContractFacts[] = [
  shareFacts(11, "INVT"),
  shareFacts(21, "ABC", {primaryExchange: "NYSE"}),
  shareFacts(22, "ABC", {currency: "GBP", primaryExchange: "LSE"})
].map((facts) => ({...facts, name: `${facts.label} Corporation`}));

const ALLOWED: Decision = {
  allowed: true,
  reason: null,
  rules: [{rule: "well-formed", passed: true, reason: "quantity and prices make sense", context: {}}]
};

export function fakeTrading(): FakeTrading {
  const heard: unknown[][] = [];
  const rows = new Map<string, {ask: OrderAsk; row: OrderRow}>();
  const entries: JournalEntry[] = [];
  let limits: LimitSet = {account: DEFAULT_LIMITS, strategies: {}};
  let status: TradingStatus = {
    mode: "paper",
    broker: "paper",
    state: "ACTIVE",
    isKilledBySetting: false,
    kill: null,
    isConfirmed: true,
    reconciliation: {isUnlocked: true, sentence: "all agree", at: NOW, discrepancies: []},
    locked: [],
    blocked: null
  };
  // what endpoints ask of a broker
  const broker = {
    kind: "paper",
    accounts: () => [ACCOUNT],
    status: () => LINK,
    positions: () => [],
    figures: () => ({currency: "USD", netLiquidation: 1000, cashByCurrency: {USD: 1000}, rates: {USD: 1}}),
    contracts: async ({conId, symbol, currency}: {conId?: number; symbol?: string; currency?: string}) =>
      CONTRACTS.filter(
        ({contract}) =>
          (conId === undefined || contract.conId === conId) &&
          (symbol === undefined || contract.symbol === symbol) &&
          (currency === undefined || contract.currency === currency)
      )
  } as unknown as Broker;
  const note = (what: string, ...rest: unknown[]) => {
    heard.push([what, ...rest]);
    const by = String(rest.at(-1));
    entries.push(
      nextEntry(entries.at(-1), NOW, {
        kind: "control",
        by,
        control: {what: "state", state: "ACTIVE", reason: what}
      })
    );
  };
  const find = (id: string) => {
    const found = rows.get(id);
    if (!found) throw new Problem(404, "no-such-order", `there is no order ${id}`);
    return found;
  };
  const change = (id: string, patch: Partial<OrderRow>) => {
    const found = find(id);
    found.row = {...found.row, ...patch};
    return found.row;
  };
  return {
    heard,
    settleByStatements: () => undefined,
    broker,
    data: broker,
    status: () => status,
    subscribe: () => () => undefined,
    async submit(ask, by) {
      const known = rows.get(ask.id);
      if (known && JSON.stringify(known.ask) !== JSON.stringify(ask))
        throw new Problem(409, "other-order", `order ${ask.id} asked for something else`);
      if (!known) {
        note("submit", ask, by);
        rows.set(ask.id, {ask, row: rowOf(ask)});
      }
      return {order: find(ask.id).row, decision: ALLOWED, children: []};
    },
    preview: async (ask) => ({
      decision: ALLOWED,
      label: "INVT",
      currency: "USD",
      units: {before: 0, after: ask.quantity},
      price: ask.limit ?? null,
      value: null,
      commission: {least: 1, most: 1.5, currency: "USD"},
      cash: {before: 1000, after: null},
      grossExposure: {before: 0, after: null},
      weight: {before: 0, after: null},
      currencyExposure: {before: 0, after: null},
      currencyCash: {before: null, after: null},
      margin: {initBefore: 0, initAfter: 10, equityAfter: 1000, excessAfter: 990},
      lots: [{opened: "2023-02-01", units: 1, cost: 10, gain: 2, isLongTerm: false}],
      notes: ["there is no live quote"]
    }),
    async cancel(id, by) {
      if (find(id).row.status === "cancelled") throw new Problem(409, "ended", "the order has ended");
      note("cancel", id, by);
      return change(id, {status: "cancelled"});
    },
    orders: ({state, limit}) =>
      [...rows.values()]
        .map(({row}) => row)
        .filter((row) => state === "all" || row.status === "working")
        .slice(0, limit),
    fills: ({order}) => [FILL].filter((fill) => order === undefined || fill.order === order),
    order: (id) => rows.get(id)?.row ?? null,
    limits: () => limits,
    setLimits(account, set, by) {
      note("limits", account, by);
      limits = set;
    },
    setState(state, by, reason) {
      note("state", state, reason, by);
      status = {...status, state};
    },
    riskEvents: () => [
      {at: NOW, order: ORDER_ID, account: ACCOUNT, kind: "decision", allowed: true, reason: "", context: {}}
    ],
    async killSwitch({on, reason, cancel}, by) {
      note("kill-switch", on, reason, cancel, by);
      status = {...status, kill: on ? {by, reason, at: NOW} : null};
      return on ? [{order: ORDER_ID, label: "INVT", what: "sent", sentence: "its cancel is sent"}] : [];
    },
    async cancelEverything(account, typed, by) {
      if (typed !== account) throw new Problem(403, "not-typed", `type ${account} to cancel everything`);
      note("everything", account, by);
    },
    confirm(typed, by) {
      if (typed !== ACCOUNT) throw new Problem(403, "not-typed", "that is not the account");
      note("confirm", by);
    },
    resetPaper: (typed, by) => note("reset-paper", typed, by),
    begun: () => null,
    async reconcile(by) {
      note("reconcile", by);
      return status;
    },
    acknowledge: ({account, conId, units}, by) => note("acknowledge", account, conId, units, by),
    settle(id, as, by) {
      note("settle", id, as, by);
      return change(id, {status: as});
    },
    journal: ({after, limit}) => entries.filter(({seq}) => seq > after).slice(0, limit),
    verify: (head) => checkJournal(entries, head),
    close: async () => undefined
  };
}

const rowOf = ({
  id,
  account,
  conId,
  action,
  quantity,
  type,
  limit,
  stop,
  tif,
  strategy
}: OrderAsk): OrderRow => ({
  id,
  account,
  conId,
  label: "INVT",
  currency: "USD",
  action,
  quantity,
  type,
  limit: limit ?? null,
  stop: stop ?? null,
  tif,
  strategy: strategy ?? null,
  parent: null,
  status: "working",
  filled: 0,
  averagePrice: null,
  commission: null,
  problem: null,
  broker: "paper",
  orderId: 1,
  permId: 101,
  at: NOW,
  changedAt: NOW
});

const FILL: FillRow = {
  execId: "0000e0d5.65a1.01.01",
  account: ACCOUNT,
  conId: 11,
  side: "BOT",
  shares: 1,
  price: 10,
  time: NOW,
  permId: 101,
  clientId: 0,
  orderId: 1,
  orderRef: `app:${ORDER_ID}`,
  order: ORDER_ID,
  label: "INVT",
  currency: "USD",
  commission: 1,
  commissionCurrency: "USD",
  corrections: 0,
  broker: "paper"
};
