import {beforeAll, expect, it, vi} from "vitest";
import {runTask, type TaskName} from "../../../lib/tasks/index.js";
import {toJson} from "../../../lib/tasks/to-json.js";
import type {KeptRun} from "../../../lib/tasks/run.js";
import {bars, history, prices} from "../../lib/tasks/examples.js";
import {HELD_DAYS, heldStatement} from "../held-statement.js";
import {keepBridge, type Reply, type SendOptions, type TestBridge} from "../harness.js";

let bridge: TestBridge;

beforeAll(async () => {
  bridge = await keepBridge();
  const {status} = await bridge.send("/api/import?name=held.xml", {
    method: "POST",
    headers: {"Content-Type": "text/xml"},
    body: heldStatement(),
    bearer: true
  });
  expect(status).toBe(200);
}, 60_000);

const post = (path: string, body: unknown, options: SendOptions = {}): Promise<Reply> =>
  bridge.send(path, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(body),
    bearer: true,
    ...options
  });

interface Answer {
  run: KeptRun;
  result: Record<string, never> & {assets: string[]};
}
const answerOf = (reply: Reply): Answer => {
  expect([reply.status, reply.status === 200 || reply.text]).toEqual([200, true]);
  return reply.json() as unknown as Answer; // as the document says
};
const asJson = (name: TaskName, given: unknown): unknown => JSON.parse(toJson(runTask(name, given)));

const cross = {bars: [bars], strategy: "sma-cross", parameters: {fast: 3, slow: 8}};

it("POST /api/backtests runs a strategy, keeps the run, and gives it again by its id", async () => {
  const {run, result} = answerOf(await post("/api/backtests", cross));
  expect(result).toEqual(asJson("backtest", cross));
  const {json} = await bridge.send("/api/backtests");
  expect((json().runs as KeptRun[]).map(({key}) => key)).toContain(run.key);
  expect(answerOf(await bridge.send(`/api/backtests/${run.key}`))).toEqual({run, result});
});

it("POST /api/backtests of the same input is the same run, of another one another", async () => {
  const first = answerOf(await post("/api/backtests", cross));
  const again = answerOf(await post("/api/backtests", {...cross, cash: 10_000}));
  const other = answerOf(await post("/api/backtests", {...cross, parameters: {fast: 3, slow: 9}}));
  expect(again.run.key).toBe(first.run.key);
  expect(again.result).toEqual(first.result);
  expect(other.run.key).not.toBe(first.run.key);
  const {changed, figures} = (
    await bridge.send(`/api/runs/${first.run.key}/compare/${other.run.key}`)
  ).json() as {changed: unknown; figures: {name: string; difference: number}[]};
  expect(changed).toEqual([{what: "parameters.slow", first: 8, second: 9}]);
  expect(figures.find(({name}) => name === "trades")?.difference).toBe(
    other.run.figures.trades! - first.run.figures.trades!
  );
});

it("POST /api/backtests/ladder and /sweep are the tasks of lib, kept with the other runs", async () => {
  const ladder = {...cross, costs: {commission: "1bps"}};
  expect(answerOf(await post("/api/backtests/ladder", ladder)).result).toEqual(asJson("ladder", ladder));
  const own = {commission: {bySymbol: {A: 3}, otherwise: 5}, slippage: {bySymbol: {A: -2}, otherwise: 1}};
  const sweep = {
    bars: [bars],
    strategy: "sma-cross",
    parameters: {fast: [2, 9], slow: [5, 8]},
    costs: {slippage: "4bps", own}
  };
  const {run, result} = answerOf(await post("/api/backtests/sweep", sweep));
  expect(result).toEqual(asJson("sweep", sweep));
  const listed = (await bridge.send("/api/runs?task=sweep")).json().runs as KeptRun[];
  expect(listed.map(({key}) => key)).toEqual([run.key]);
  expect((await bridge.send(`/api/backtests/${run.key}`)).status).toBe(404);
  const many = Array.from({length: 400}, (_, i) => i + 1);
  const reply = await post("/api/backtests/sweep", {...sweep, parameters: {fast: many, slow: many}});
  expect(reply.json()).toMatchObject({status: 422, code: "too-many-cells"});
});

it("POST /api/backtests takes bars of the lake by dataset, symbols and days", async () => {
  const pull = await post("/api/data/pull", {
    vendor: "vega-datasets",
    symbols: ["^GSPC"],
    from: "2019-11-01"
  });
  await vi.waitFor(() => expect(bridge.services.jobs.get(String(pull.json().id))?.state).toBe("done"), {
    timeout: 60_000
  });
  const lake = {dataset: "vega-datasets/bars/sp500-to-2020-04-17/1d", symbols: ["^GSPC"], from: "2020-01-02"};
  const {run, result} = answerOf(await post("/api/backtests", {strategy: "buy-and-hold", lake}));
  const time = result.time as number[];
  expect(new Date(time[0]).toISOString().slice(0, 10)).toBe("2020-01-02");
  expect(time).toHaveLength(74); // sessions up to 2020-04-17
  expect(run.data).toMatchObject([{name: "bars ^GSPC", values: 6 * 74}]);
  const none = await post("/api/backtests", {strategy: "buy-and-hold", lake: {...lake, symbols: ["AAPL"]}});
  expect(none.json()).toMatchObject({status: 404, code: "no-such-symbol"});
}, 90_000);

it("DELETE /api/runs/{key} forgets a run", async () => {
  const {run} = answerOf(await post("/api/backtests", {bars: [bars], strategy: "buy-and-hold"}));
  expect((await bridge.send(`/api/runs/${run.key}`)).status).toBe(200);
  const remove = () => bridge.send(`/api/runs/${run.key}`, {method: "DELETE", bearer: true});
  expect((await remove()).json()).toEqual({removed: true});
  expect((await remove()).json()).toMatchObject({status: 404, code: "no-such-run"});
  expect((await bridge.send(`/api/backtests/${run.key}`)).status).toBe(404);
});

it("computations on what is sent are those of lib", async () => {
  const values = [100, 40, 60];
  const asked: [path: string, name: TaskName, body: object, given?: object][] = [
    ["optimize", "optimize", {prices, options: {objective: "min-volatility"}}],
    ["frontier", "frontier", {prices, points: 4}],
    ["monte-carlo", "monteCarlo", {history, values, paths: 50, periods: 3, seed: 9}],
    ["factor-analysis", "factorAnalysis", {history, values, factors: {first: history.returns[0]}}],
    [
      "stress-test",
      "stressTest",
      {holdings: [{symbol: "A", value: 9, currency: "USD", class: "STK"}], base: "USD"}
    ],
    ["risk", "risk", {history, values, tail: 0.1}]
  ];
  for (const [path, name, body] of asked) {
    const {run, result} = answerOf(await post(`/api/analytics/${path}`, body));
    expect([name, result]).toEqual([name, asJson(name, body)]);
    expect(run.task).toBe(name);
  }
});

it("computations on an account take what it holds, with its own past", async () => {
  const account = "U2000001";
  const {result: correlation} = answerOf(await bridge.send("/api/analytics/correlation?account=all"));
  expect(correlation.assets).toEqual(["AAA", "BBB"]);
  expect(correlation.matrix).toMatchObject({n: 2, observations: Array(4).fill(HELD_DAYS.length - 1)});

  const {result: risk} = answerOf(await post("/api/analytics/risk", {account}));
  expect(risk.assets).toEqual(["AAA", "BBB"]);
  expect(risk.gains).toHaveLength(HELD_DAYS.length - 1);

  const {result: simulated} = answerOf(
    await post("/api/analytics/monte-carlo", {account, paths: 20, periods: 2, model: "block-bootstrap"})
  );
  const [a, b] = risk.values as unknown as number[];
  expect(simulated.start).toBeCloseTo(a + b + 1000, 8);

  const {result: optimum} = answerOf(
    await post("/api/analytics/optimize", {
      account: "all",
      options: {objective: "min-volatility", turnover: 10}
    })
  );
  const weights = optimum.weights as Record<string, number>;
  expect(weights.AAA).toBeCloseTo(a / (a + b), 6); // so dear a trade is not made

  const {result: frontier} = answerOf(await post("/api/analytics/frontier", {account, points: 3}));
  expect(frontier.current).not.toBeNull();

  const {result: factors} = answerOf(await post("/api/analytics/factor-analysis", {account}));
  expect(factors.components).toMatchObject({of: "correlation"});
});

it("a stress test of an account revalues its options by their underlying", async () => {
  const {result} = answerOf(
    await post("/api/analytics/stress-test", {account: "U2000001", historical: ["covid"]})
  );
  const [first] = result.results as {holdings: {symbol: string; gain: {value: number | null}}[]}[];
  const gains = Object.fromEntries(first.holdings.map(({symbol, gain}) => [symbol, gain.value]));
  expect(gains.AAA).toBeLessThan(0);
  expect(gains["AAA 240315P00045000"]).toBeLessThan(0); // it is short
  expect(gains["USD cash"]).toBe(0);
});

it("what makes no sense is told in a sentence", async () => {
  const wrong: [path: string, body: object, status: number, detail: string | RegExp][] = [
    ["backtests", {...cross, strategy: "magic"}, 400, /unknown strategy: magic: there are sma-cross/],
    ["backtests", {strategy: "buy-and-hold"}, 400, /give bars, or lake: one of the two/],
    ["backtests", {...cross, bars: [{...bars, high: bars.low}]}, 422, /^invalid bar 0 of A: /],
    ["backtests", {...cross, costs: {commission: "much"}}, 400, /costs.commission: invalid cost: much/],
    [
      "backtests",
      {strategy: "buy-and-hold", lake: {dataset: "none/bars/of/1d", symbols: ["A"]}},
      404,
      "none/bars/of/1d"
    ],
    ["analytics/optimize", {options: {objective: "hrp"}}, 400, "give account, or prices"],
    [
      "analytics/optimize",
      {account: "all", prices, options: {objective: "hrp"}},
      400,
      "give account or prices, not both"
    ],
    ["analytics/optimize", {account: "U9", options: {objective: "hrp"}}, 404, "no such account: U9"],
    ["analytics/optimize", {prices, options: {objective: "hrp", gross: 1}}, 400, "hrp takes no gross limit"],
    ["analytics/monte-carlo", {account: "all", paths: 1e6}, 400, "100000 paths at most"],
    ["analytics/factor-analysis", {account: "all", benchmarks: ["SPY"]}, 404, "the lake has no SPY"],
    ["analytics/stress-test", {account: "all", historical: ["y2k"]}, 400, "unknown episode: y2k"],
    [
      "analytics/risk",
      {history: {assets: ["A"], returns: [[0.1]]}, values: [1]},
      422,
      "needs two periods or more"
    ]
  ];
  for (const [path, body, status, detail] of wrong) {
    const reply = await post(`/api/${path}`, body);
    expect([path, reply.status]).toEqual([path, status]);
    expect(reply.json().detail).toMatch(detail);
  }
});

it("a computation is a job that can be cancelled, and its request is told", async () => {
  const long = {history, values: [1, 1, 1], paths: 100_000, periods: 10_000, points: 1};
  const answered = post("/api/analytics/monte-carlo", long);
  const id = await vi.waitFor(() => {
    const job = bridge.services.jobs
      .list()
      .find(({kind, state}) => kind === "monteCarlo" && state === "running");
    if (!job) throw new Error("not yet");
    return job.id;
  }, 50_000);
  expect((await bridge.send(`/api/jobs/${id}`, {method: "DELETE", bearer: true})).status).toBe(202);
  const {status, json} = await answered;
  expect([status, json().code]).toEqual([409, "cancelled"]);
  expect(bridge.services.jobs.get(id)?.state).toBe("cancelled");
});

it("a computation needs the token and an origin of ours", async () => {
  const body = JSON.stringify(cross);
  const headers = {"Content-Type": "application/json"};
  const own = {...headers, Origin: bridge.url};
  const none = await bridge.send("/api/backtests", {method: "POST", headers: own, body});
  expect(none.status).toBe(401);
  const foreign = {...headers, Origin: "http://elsewhere.example"};
  const other = await bridge.send("/api/backtests", {method: "POST", headers: foreign, body, bearer: true});
  expect(other.status).toBe(403);
});

it("a body that is too large is refused", async () => {
  const close = Array<number>(500_000).fill(123.456789);
  const reply = await post("/api/backtests", {...cross, bars: [{...bars, close}]});
  expect(reply.json()).toMatchObject({status: 413, code: "too-large"});
});
