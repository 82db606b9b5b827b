import {expect, it, onTestFinished} from "vitest";
import type {ContractFacts} from "../../../bridge/broker/broker.js";
import type {BrokerBar} from "../../../bridge/broker/ibkr/bars.js";
import {createPaperBroker} from "../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../bridge/broker/paper/store.js";
import {runLiveBars} from "../../../bridge/execution/live-run.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {NO_LIMITS, sentRules} from "../../../bridge/execution/paper-run.js";
import {openRunStore} from "../../../bridge/execution/run-store.js";
import {startRunner, type Runner} from "../../../bridge/execution/runner.js";
import {openTrading} from "../../../bridge/execution/trading-desk.js";
import {combineCosts} from "../../../lib/backtest/costs/combine.js";
import {momentum} from "../../../lib/backtest/strategies/momentum.js";
import {APPLE, HandMarket} from "../broker/paper/market.js";

const MINUTE = 60_000;

it("bars of five seconds become longer ones, and a run on them trades on paper at the quotes that follow", async () => {
  const market = new HandMarket();
  const now = () => market.now;
  const wait = () => Promise.resolve();
  const broker = createPaperBroker({
    data: market,
    store: openPaperStore(":memory:"),
    now,
    costs: () => combineCosts()
  });
  const [orders, runs] = [new OrdersStore(":memory:"), openRunStore(":memory:")];
  const trading = openTrading({
    store: orders,
    mode: "paper",
    isKilledBySetting: false,
    port: 0,
    broker,
    data: broker,
    now,
    wait
  });
  onTestFinished(async () => {
    await trading.close();
    await broker.close();
    runs.close();
    orders.close();
  });
  trading.setLimits("PAPER", {account: NO_LIMITS, strategies: {}}, "test");
  await trading.reconcile("test");
  const contracts = await market.contracts({conId: APPLE.conId});
  const runner = await startRunner({
    run: "live",
    trading,
    store: runs,
    strategy: momentum({lookback: 1}),
    parameters: {lookback: 1},
    account: "PAPER",
    symbols: [{symbol: "AAPL", currency: "USD", conId: APPLE.conId, steps: contracts[0].steps}],
    rules: sentRules(0.05),
    dryRun: false,
    lateMs: MINUTE,
    now
  });
  const ending = new AbortController();
  const counts: number[] = [];
  let hear: (bar: BrokerBar) => void = () => undefined;
  const data = {
    watchQuote: market.watchQuote,
    watchBars(_: ContractFacts, heard: typeof hear) {
      hear = heard;
      return () => void (hear = () => undefined);
    }
  };
  /** Prices of each minute; the fifth has none. */
  const minutes = [[100], [101, 102], [103], [99], [], [98, 97]];
  /** Lets a minute pass: its quotes and bars come, five seconds apart. */
  const pass = (): Promise<void> => {
    const prices = minutes.shift();
    if (!prices) ending.abort();
    const end = (Math.floor(market.now / MINUTE) + 1) * MINUTE;
    for (const [n, price] of (prices ?? []).entries()) {
      market.move(price - 0.01, price + 0.01);
      const prices = {open: price, high: price, low: price, close: price};
      hear({day: "", from: end - MINUTE + 5000 * n, ...prices, volume: 1, vwap: null, trades: null});
    }
    market.now = end;
    return Promise.resolve();
  };
  await runLiveBars({
    contracts,
    data,
    runner,
    everyMs: MINUTE,
    now,
    wait: pass,
    signal: ending.signal,
    onMoment: (_, bars) => counts.push(bars),
    onProblem: (sentence) => expect.fail(sentence)
  });
  expect(counts).toEqual([1, 1, 1, 1, 0, 1]);
  const fills = trading.fills({limit: 10}).toReversed();
  expect(fills.map(({side, shares, price}) => [side, shares, price])).toEqual([
    ["BOT", 931, 103.01],
    ["SLD", 931, 97.99]
  ]);
  runner.close();
});

it("a bar is handed on once its last seconds have come, and without them when they are late", async () => {
  const contracts = [1, 2].map((conId) => ({contract: {conId}}) as ContractFacts); // their numbers tell them apart
  const hear = new Map<number, (bar: BrokerBar) => void>();
  const waits: {ms: number; signal: AbortSignal; over: () => void}[] = [];
  const lived: [number, (number | null)[]][] = [];
  let now = MINUTE - 5000;
  const ending = new AbortController();
  const tell = (conId: number, from: number, close: number) =>
    hear.get(conId)!({
      day: "",
      from,
      open: close,
      high: close,
      low: close,
      close,
      volume: 1,
      vwap: null,
      trades: null
    });
  const running = runLiveBars({
    contracts,
    data: {
      watchQuote: () => () => undefined,
      watchBars({contract: {conId}}, heard) {
        hear.set(conId, heard);
        return () => void hear.delete(conId);
      }
    },
    runner: {
      bars: async (time: number, bars: ({close: number} | null)[]) =>
        void lived.push([time, bars.map((bar) => bar?.close ?? null)]),
      settled: async () => undefined
    } as unknown as Runner, // what is asked of it
    everyMs: MINUTE,
    now: () => now,
    wait: (ms, signal) =>
      new Promise((over, fail) => {
        waits.push({ms, signal, over});
        signal.addEventListener("abort", () => fail(signal.reason as Error));
      }),
    signal: ending.signal,
    onProblem: () => undefined
  });
  expect(waits.at(-1)?.ms).toBe(7000); // to the close, and two seconds for what is on its way
  tell(1, MINUTE - 5000, 10);
  expect(waits.at(-1)?.signal.aborted).toBe(false);
  now = MINUTE + 300;
  tell(2, MINUTE - 5000, 20);
  expect(waits.at(-1)?.signal.aborted).toBe(true);
  await expect.poll(() => lived).toEqual([[MINUTE, [10, 20]]]);
  tell(1, MINUTE, 11);
  now = 2 * MINUTE + 2000;
  await expect.poll(() => waits.length).toBe(2);
  waits[1].over();
  await expect.poll(() => lived.at(-1)).toEqual([2 * MINUTE, [11, null]]);
  ending.abort();
  await running;
  expect(hear.size).toBe(0);
});
