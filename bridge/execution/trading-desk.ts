import type {
  FillRow,
  KillAsk,
  OrderAsk,
  OrderPreview,
  OrderRow,
  TradingStatus
} from "../../lib/orders/desk.js";
import type {JournalBody, JournalCheck, JournalEntry} from "../../lib/orders/journal.js";
import {modeProblem, type TradingMode} from "../../lib/orders/mode.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {checkOrder, type Decision} from "../../lib/orders/risk/gate.js";
import {within} from "../../lib/orders/risk/limits.js";
import {
  onlyReduces,
  type Situation,
  type TradingState,
  type WhatIf
} from "../../lib/orders/risk/situation.js";
import {FINAL} from "../../lib/orders/state.js";
import {settledByStatement} from "../../lib/orders/statement-settlement.js";
import {keyOf} from "../../lib/key.js";
import type {Broker, BrokerEvent, BrokerWhatIf, ContractFacts} from "../broker/broker.js";
import {Problem} from "../problem.js";
import {AccountWatch} from "./account-watch.js";
import {lineOf} from "./broker-events.js";
import {DeskLog} from "./desk-log.js";
import {leftOver} from "./groups.js";
import {askedFor, intentsOf} from "./intents.js";
import {throwKillSwitch} from "./kill-switch.js";
import {createMarketView} from "./market-view.js";
import type {OrdersStore} from "./orders-store.js";
import {resetPaper} from "./paper-reset.js";
import {previewOf, type LotsTaken} from "./preview.js";
import {Reconciler} from "./reconciler.js";
import {Sender} from "./send.js";
import {afterFill, situationOf, type SituationParts, type StatementNav} from "./situation.js";
import type {CancelResult, LimitSet, RiskEvent, Trading} from "./trading.js";

/** What a desk is put together from. */
export interface TradingOptions {
  store: OrdersStore;
  mode: TradingMode;
  /** `KILL_SWITCH` of the settings. */
  isKilledBySetting: boolean;
  /** Port of TWS or IB Gateway by the settings. */
  port: number;
  /** That orders go to. */
  broker: Broker;
  /** That quotes and contracts come from. */
  data: Broker;
  statementNav?: (account: string) => StatementNav | null;
  lotsTaken?: LotsTaken;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What is said of an order that was written down before the desk was ended. */
const UNDECIDED: Decision = {allowed: false, reason: "the desk stopped before it was decided", rules: []};

/** Returns the desk of a store: nothing trades but through it. It closes neither the store nor the brokers. */
export function openTrading(options: TradingOptions): Trading {
  const {store, mode, isKilledBySetting, port, broker, data, now, wait} = options;
  const log = new DeskLog({store, broker: broker.kind, now});
  const listeners = new Set<Parameters<Trading["subscribe"]>[0]>();
  /** Asks that are being looked into, by id. */
  const asked = new Map<string, {ask: OrderAsk; answer: ReturnType<Trading["submit"]>}>();
  let confirmed: string | null = null;
  let contradiction: string | null = null;
  let wasReady = false;

  const sender = new Sender({log, broker, now, stopped: () => killed() ?? blocked()});
  const reconciler = new Reconciler({
    log,
    broker,
    now,
    wait,
    isPlacing: (id) => sender.isPlacing(id),
    onChange: () => tellStatus()
  });
  const watch = new AccountWatch({
    log,
    broker,
    now,
    wait,
    isSettled: () => wasReady && reconciler.status.isUnlocked,
    compare: () => reconciler.run({keepUnlocked: true})
  });
  const parts: SituationParts = {
    log,
    broker,
    data,
    now,
    isKilledBySetting,
    blocked,
    locked: () => reconciler.locked,
    statementNav: options.statementNav ?? (() => null)
  };
  const {factsOf, withQuotes} = createMarketView(data, wait);
  const unsubscribe = [
    log.subscribe(({orders, controls}) => {
      for (const id of orders) {
        const row = log.book.row(id);
        if (row) for (const listener of listeners) listener({kind: "order", row});
      }
      if (controls) tellStatus();
    }),
    broker.subscribe(take)
  ];
  onLink();

  function killed(): string | null {
    if (isKilledBySetting) return "KILL_SWITCH is set: no order goes out";
    const {kill} = log.controls;
    return kill && `the kill switch is thrown, by ${kill.by}: ${kill.reason}`;
  }

  /** Why nothing can go out, but for the kill switch and the state, which the gate tells by themselves. */
  function blocked(): string | null {
    if (log.problem) return log.problem;
    if (contradiction) return contradiction;
    const link = broker.status();
    if (link.phase !== "ready") return link.sentence;
    if (broker.kind === "ibkr") {
      const problem = modeProblem(mode, {accounts: broker.accounts(), port});
      if (problem) return problem;
      if (link.isReadOnly)
        return "TWS refuses orders: take the tick from Read-Only API in its settings, API, Settings";
      if (mode === "live" && confirmed === null)
        return "live trading waits for the account's id to be typed in, once after each start";
    }
    const {isUnlocked, sentence} = reconciler.status;
    return isUnlocked ? null : sentence;
  }

  function status(): TradingStatus {
    const {state, kill} = log.controls;
    return {
      mode,
      broker: broker.kind,
      state,
      isKilledBySetting,
      kill,
      isConfirmed: mode !== "live" || confirmed !== null,
      reconciliation: reconciler.status,
      locked: [...reconciler.locked],
      blocked: killed() ?? (state === "HALTED" ? "trading is halted" : null) ?? blocked()
    };
  }

  function tellStatus(): void {
    const what = {kind: "status", status: status()} as const;
    for (const listener of listeners) listener(what);
  }

  function take(event: BrokerEvent): void {
    if (event.kind === "link") return onLink();
    try {
      if (event.kind === "account") return watch.hearFigures(event.figures);
      if (event.kind === "position") return watch.hearPosition(event.position);
      const corrected = log.book.corrected.size;
      const line = lineOf(event, log.book, {broker: broker.kind, at: now()});
      if (line) log.append(line);
      if (event.kind === "execution") sender.cancel(leftOver(log.book, broker)).catch(contradict);
      if (log.book.corrected.size > corrected) void reconciler.run({keepUnlocked: true});
    } catch (error) {
      contradict(error);
    }
  }

  function contradict(error: unknown): void {
    contradiction = `trading stopped: ${error instanceof Error ? error.message : String(error)}`;
    tellStatus();
  }

  function onLink(): void {
    const {phase, sentence} = broker.status();
    const isReady = phase === "ready";
    if (isReady && !wasReady)
      reconciler
        .run()
        .then(() => sender.resume(leftOver(log.book, broker)))
        .catch(contradict);
    if (!isReady) reconciler.stop(sentence);
    wasReady = isReady;
    tellStatus();
  }

  const limitsOf = ({account, strategy}: OrderIntent) => {
    const set = log.controls.limits(account);
    return within(set.account, strategy === undefined ? undefined : set.strategies[strategy]);
  };

  /** Asks the gate of an order and of its children, each child as if its parent had filled. */
  function decide(
    family: readonly OrderIntent[],
    facts: ContractFacts,
    whatIf: WhatIf | null
  ): {situation: Situation; decisions: Decision[]} {
    const [main] = family;
    const situation = situationOf(main, facts, parts, whatIf);
    const later = afterFill(situation, main);
    const decisions = family.map((intent) =>
      checkOrder(intent, limitsOf(intent), intent === main ? situation : later)
    );
    return {situation, decisions};
  }

  async function whatIfOf(intent: OrderIntent, facts: ContractFacts): Promise<BrokerWhatIf | null> {
    const isNeeded = broker.hasMargin && !onlyReduces(intent, situationOf(intent, facts, parts));
    return isNeeded ? broker.whatIf(intent).catch(() => null) : null; // the gate refuses what has no margin
  }

  function checkAccount(account: string): void {
    if (broker.accounts().includes(account)) return;
    const known = broker.accounts().join(", ") || "none yet";
    throw new Problem(
      422,
      "no-such-account",
      `orders do not go to account ${account}: the broker manages ${known}`
    );
  }

  function answer(id: string): Awaited<ReturnType<Trading["submit"]>> {
    const order = log.book.row(id)!; // it is in the book when it is asked for
    const decision = log.book.get(id)?.decision ?? UNDECIDED;
    const children = childrenOf(id).flatMap(({intent}) => log.book.row(intent.id) ?? []);
    return {order, decision, children};
  }

  const childrenOf = (id: string) => log.book.all().filter(({intent}) => intent.parent === id);

  /** @throws Problem 409 when an id asked for something else before */
  function checkSame(ask: OrderAsk, before: OrderAsk): void {
    if (keyOf(ask) !== keyOf(before))
      throw new Problem(
        409,
        "other-order",
        `order ${ask.id} asked for something else: each order has an id of its own`
      );
  }

  async function submitNew(ask: OrderAsk, by: string): ReturnType<Trading["submit"]> {
    checkAccount(ask.account);
    const facts = await factsOf(ask.conId);
    const family = await withQuotes(facts, async () => {
      const [first] = intentsOf(ask, facts, now());
      const whatIf = await whatIfOf(first, facts);
      const intents = intentsOf(ask, facts, now()); // nothing is waited for from here to the wire
      log.append(
        ...intents.map((intent): JournalBody => ({
          kind: "intent",
          intent,
          by,
          broker: broker.kind,
          label: facts.label
        }))
      );
      const {decisions} = decide(intents, facts, whatIf);
      const refusal = decisions.find(({allowed}) => !allowed);
      log.append(
        ...intents.map(({id}, i): JournalBody => ({
          kind: "decision",
          intent: id,
          decision:
            refusal && decisions[i].allowed
              ? {...decisions[i], allowed: false, reason: refusal.reason}
              : decisions[i]
        }))
      );
      if (!refusal) return {intents, sent: sender.send(intents)};
      const at = now();
      log.append(
        ...intents.map(({id}): JournalBody => ({
          kind: "event",
          intent: id,
          event: {kind: "settled", at, as: "rejected", by: "the risk gate"}
        }))
      );
      return {intents, sent: Promise.resolve()};
    });
    await family.sent;
    return answer(ask.id);
  }

  return {
    broker,
    data,
    status,

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async submit(ask, by) {
      const pending = asked.get(ask.id);
      if (pending) {
        checkSame(ask, pending.ask);
        return pending.answer;
      }
      const known = log.book.get(ask.id);
      if (known) {
        const children = childrenOf(ask.id).map(({intent}) => intent);
        checkSame(ask, askedFor(known.intent, children));
        return answer(ask.id);
      }
      const answering = submitNew(ask, by).finally(() => asked.delete(ask.id));
      asked.set(ask.id, {ask, answer: answering});
      return answering;
    },

    async preview(ask): Promise<OrderPreview> {
      checkAccount(ask.account);
      const facts = await factsOf(ask.conId);
      return withQuotes(facts, async () => {
        const family = intentsOf(ask, facts, now());
        const whatIf = await broker.whatIf(family[0]).catch(() => null); // what it costs, though nothing be held against it
        const {situation, decisions} = decide(family, facts, whatIf);
        const decision = decisions.find(({allowed}) => !allowed) ?? decisions[0];
        const lotsTaken = options.lotsTaken ?? (() => Promise.resolve([]));
        return previewOf(family[0], facts, situation, {parts, decision, whatIf, lotsTaken});
      });
    },

    async cancel(id, by) {
      const order = log.book.get(id);
      if (!order) throw new Problem(404, "no-such-order", `there is no order ${id}`);
      if (FINAL.has(order.state.status))
        throw new Problem(409, "ended", `order ${id} is ${order.state.status}: there is nothing to cancel`);
      log.append({kind: "control", by, control: {what: "cancel", order: id}});
      await sender.cancel([id]);
      return log.book.row(id)!; // it was there
    },

    orders({state, limit}) {
      const all = state === "working" ? log.book.open(broker.kind).reverse() : log.book.all();
      return all.slice(0, limit).flatMap(({intent}) => log.book.row(intent.id) ?? []);
    },

    fills({limit, order}): FillRow[] {
      const rows = log.book.fills().map((fill) => log.book.fillRow(fill));
      return rows
        .filter((row) => order === undefined || row.order === order)
        .reverse()
        .slice(0, limit);
    },

    order: (id) => log.book.row(id),

    limits: (account): LimitSet => log.controls.limits(account),

    setLimits(account, {account: limits, strategies}, by) {
      log.append({kind: "control", by, control: {what: "limits", account, limits, strategies}});
    },

    setState(state: TradingState, by, reason) {
      log.append({kind: "control", by, control: {what: "state", state, reason}});
    },

    riskEvents({limit}): RiskEvent[] {
      return log
        .risks(limit)
        .map(({at, execution_order: order, account, kind, allowed, reason, context}) => ({
          at,
          order,
          account,
          kind,
          allowed: allowed === null ? null : allowed === 1,
          reason,
          context: JSON.parse(context) as Record<string, unknown> // as the journal has it
        }));
    },

    killSwitch: (ask: KillAsk, by): Promise<CancelResult[]> =>
      throwKillSwitch(ask, by, {log, broker, sender}),

    async cancelEverything(account, typed, by) {
      checkAccount(account);
      if (typed.trim() !== account)
        throw new Problem(
          403,
          "not-confirmed",
          `type the account's id, ${account}, to cancel every order in it`
        );
      log.append({kind: "control", by, control: {what: "cancel-everything", account}});
      if (!(await broker.cancelEverything()))
        throw new Problem(503, "no-link", `nothing was cancelled: ${broker.status().sentence}`);
    },

    confirm(typed, by) {
      const account = broker.accounts().find((each) => each === typed.trim());
      if (account === undefined)
        throw new Problem(
          403,
          "not-confirmed",
          "that is not the id of an account that TWS manages: type it as TWS shows it"
        );
      log.append({kind: "control", by, control: {what: "confirm", account}});
      confirmed = account;
      tellStatus();
    },

    resetPaper: (typed, by) =>
      resetPaper(typed, by, {
        log,
        broker,
        now,
        isAsking: () => asked.size > 0,
        compare: () => reconciler.run()
      }),
    begun: (account) => log.controls.begun(account),

    async reconcile() {
      await reconciler.run();
      return status();
    },

    acknowledge({account, conId, units}, by) {
      log.append({kind: "control", by, control: {what: "acknowledge", account, conId, units}});
      reconciler.again();
    },

    settle(id, as, by): OrderRow {
      const order = log.book.get(id);
      if (!order) throw new Problem(404, "no-such-order", `there is no order ${id}`);
      if (order.state.status !== "unknown")
        throw new Problem(
          409,
          "not-unknown",
          `order ${id} is ${order.state.status}: only an unknown one is settled by hand`
        );
      log.append({kind: "event", intent: id, event: {kind: "settled", at: now(), as, by}});
      reconciler.again();
      return log.book.row(id)!; // it was there
    },

    settleByStatements(told) {
      const unknown = log.book.open(broker.kind).filter(({state}) => state.status === "unknown");
      const lines = unknown.flatMap(({intent, state}) =>
        settledByStatement(state, told(intent), now())
          .filter(
            (event) => (event.kind !== "execution" && event.kind !== "commission") || !log.book.isKnown(event)
          )
          .map((event): JournalBody => ({kind: "event", intent: intent.id, event}))
      );
      if (!lines.length) return;
      log.append(...lines);
      reconciler.again();
    },

    journal: ({after, limit}): JournalEntry[] => log.entries(after, limit),
    verify: (expectedHead): JournalCheck => log.verify(expectedHead),

    async close() {
      watch.close();
      for (const off of unsubscribe) off();
      reconciler.stop("the desk stops");
      listeners.clear();
      await Promise.allSettled([...asked.values()].map(({answer: pending}) => pending));
      log.close();
    }
  };
}
