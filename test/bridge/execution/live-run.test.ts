import {expect, it, onTestFinished} from "vitest";
import {createPaperBroker} from "../../../bridge/broker/paper/paper.js";
import {openPaperStore} from "../../../bridge/broker/paper/store.js";
import {runLiveBars} from "../../../bridge/execution/live-run.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {NO_LIMITS, sentRules} from "../../../bridge/execution/paper-run.js";
import {openRunStore} from "../../../bridge/execution/run-store.js";
import {startRunner} from "../../../bridge/execution/runner.js";
import {openTrading} from "../../../bridge/execution/trading-desk.js";
import {combineCosts} from "../../../lib/backtest/costs/combine.js";
import {momentum} from "../../../lib/backtest/strategies/momentum.js";
import {APPLE, HandMarket} from "../broker/paper/market.js";

const MINUTE = 60_000;

it("quotes become bars, and a run on them trades on paper at the quotes that follow", async () => {
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
  /** Prices of each minute; the fifth has none. */
  const minutes = [[100], [101, 102], [103], [99], [], [98, 97]];
  /** Lets a minute pass: its quotes come, a second apart. */
  const pass = (): Promise<void> => {
    const prices = minutes.shift();
    if (!prices) ending.abort();
    const end = (Math.floor(market.now / MINUTE) + 1) * MINUTE;
    for (const price of prices ?? []) market.move(price - 0.01, price + 0.01);
    market.now = end;
    return Promise.resolve();
  };
  await runLiveBars({
    contracts,
    data: market,
    runner,
    everyMs: MINUTE,
    now,
    wait: pass,
    signal: ending.signal,
    onMoment: (_, bars) => counts.push(bars)
  });
  expect(counts).toEqual([1, 1, 1, 1, 0, 1]);
  const fills = trading.fills({limit: 10}).toReversed();
  expect(fills.map(({side, shares, price}) => [side, shares, price])).toEqual([
    ["BOT", 931, 103.01],
    ["SLD", 931, 97.99]
  ]);
  runner.close();
});
