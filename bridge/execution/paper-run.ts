import {join} from "node:path";
import type {Bars} from "../../lib/backtest/bars.js";
import {type ExecutionRules, PROFILES} from "../../lib/backtest/contract.js";
import type {Costs} from "../../lib/backtest/costs/costs.js";
import type {EventResult} from "../../lib/backtest/event/engine.js";
import type {Strategy} from "../../lib/backtest/event/strategy.js";
import type {FillRow, OrderRow} from "../../lib/orders/desk.js";
import type {LivePosition} from "../../lib/live/figures.js";
import type {OrderContract} from "../../lib/orders/order.js";
import type {RateOf} from "../../lib/orders/paper/account.js";
import {ibkrCostsOf} from "../../lib/orders/paper/costs.js";
import type {RiskLimits} from "../../lib/orders/risk/limits.js";
import {againstBacktest} from "../../lib/orders/run/lived-run.js";
import type {Shortfall} from "../../lib/orders/shortfall.js";
import {createPaperBroker} from "../broker/paper/paper.js";
import {openPaperStore} from "../broker/paper/store.js";
import {OrdersStore} from "./orders-store.js";
import {createReplay} from "./replay.js";
import {openRunStore} from "./run-store.js";
import {startRunner} from "./runner.js";
import {openTrading} from "./trading-desk.js";

/** Bars that are played are nobody's money: nothing but cash bounds a run on them. */
export const NO_LIMITS: RiskLimits = {
  positionNotional: null,
  grossNotional: null,
  orderUnits: null,
  orderValue: null,
  priceCollar: null,
  dailyLoss: null,
  ordersPerMinute: null,
  duplicateSeconds: 0,
  restricted: [],
  marginBuffer: 1,
  regularHoursOnly: false
};

/** Rules of a strategy whose orders are sent: whole units, counted at the decision, with so much of the equity kept. */
export function sentRules(cashBuffer: number): ExecutionRules {
  return {
    ...PROFILES.default,
    sizing: "close",
    wholeUnits: true,
    wholeEquity: 1 - cashBuffer,
    path: "nearer-extreme",
    end: "leave"
  };
}

export interface PaperRunOptions {
  bars: readonly Bars[];
  /** Makes the strategy anew, for the run and for the backtest. */
  create: () => Strategy;
  parameters: Readonly<Record<string, number>>;
  rules: ExecutionRules;
  cash: number;
  costs?: (contract: OrderContract, rateOf: RateOf) => Costs | null;
  dryRun?: boolean;
  /** Folder of the account, the journal and the run, which goes on where it was; null for one that nobody needs later. */
  folder: string | null;
  /** Name of the run. */
  run: string;
  /** Called after each time that was played; what it returns is waited for, which is the speed of the play. */
  onMoment?: (time: number) => Promise<void> | void;
}

export interface PaperRun {
  orders: OrderRow[];
  fills: FillRow[];
  positions: LivePosition[];
  /** Net liquidation at each close. */
  equity: (readonly [time: number, value: number])[];
  /** What a dry run would have sent, and what was refused, in words. */
  notes: string[];
  /** On the same bars by the same rules, free of costs. */
  backtest: EventResult;
  shortfall: Shortfall;
}

/** Runs a strategy on bars that are played as quotes, through the journal, the gate and the paper broker as live. */
export async function runOnPaper(options: PaperRunOptions): Promise<PaperRun> {
  const {bars, create, parameters, rules, cash, costs = ibkrCostsOf, dryRun = false, folder, run} = options;
  const replay = createReplay(bars);
  const now = () => replay.now();
  const wait = () => Promise.resolve();
  const base = bars[0].currency;
  const place = (name: string) => (folder === null ? ":memory:" : join(folder, name));
  const broker = createPaperBroker({
    data: replay,
    store: openPaperStore(place("paper.db")),
    now,
    rules,
    costs,
    account: {base, cash}
  });
  const journal = new OrdersStore(place("orders.db"));
  const isKilledBySetting = false;
  const trading = openTrading({
    store: journal,
    mode: "paper",
    isKilledBySetting,
    port: 0,
    broker,
    data: broker,
    now,
    wait
  });
  const runs = openRunStore(place("runs.db"));
  const [account] = broker.accounts();
  try {
    trading.setLimits(account, {account: NO_LIMITS, strategies: {}}, "run");
    await trading.reconcile("run");
    const strategy = create();
    const runner = await startRunner({
      run,
      trading,
      store: runs,
      strategy,
      parameters,
      account,
      symbols: replay.symbols,
      rules,
      dryRun,
      lateMs: Infinity, // the clock of what is played stands still while nobody plays
      now
    });
    const notes: string[] = [];
    runner.subscribe((note) => {
      if (note.kind === "refused") notes.push(`${iso(note.decidedAt)} ${note.reason}`);
      else if (note.kind === "order" && (dryRun || note.reason !== null)) {
        const {ask, symbol, reason} = note;
        const what = `${ask.action} ${ask.quantity} ${symbol} ${ask.type}`;
        notes.push(`${iso(note.decidedAt)} ${what}${reason === null ? "" : `: ${reason}`}`);
      }
    });
    const equity: [number, number][] = [];
    for (let moment = replay.step(); moment; moment = replay.step()) {
      await runner.settled();
      await runner.bars(moment.time, moment.bars);
      await runner.settled();
      equity.push([moment.time, broker.figures(account)?.netLiquidation ?? NaN]);
      await options.onMoment?.(moment.time);
    }
    const {backtest, shortfall} = againstBacktest(runner.fills(), {bars, create, cash, rules});
    runner.close();
    return {
      orders: trading.orders({state: "all", limit: 1_000_000}).toReversed(),
      fills: trading.fills({limit: 1_000_000}).toReversed(),
      positions: broker.positions(account),
      equity,
      notes,
      backtest,
      shortfall
    };
  } finally {
    await trading.close();
    await broker.close();
    runs.close();
    journal.close();
  }
}

const iso = (time: number): string => new Date(time).toISOString().slice(0, 16).concat("Z");
