import {z} from "zod";
import {Name} from "../../lib/tasks/door.js";
import {factorChoices} from "../../lib/tasks/factor-analysis.js";
import {frontierChoices} from "../../lib/tasks/frontier.js";
import type {TaskName} from "../../lib/tasks/index.js";
import {monteCarloChoices} from "../../lib/tasks/monte-carlo.js";
import {OptimizeOptions} from "../../lib/tasks/optimize.js";
import {riskChoices} from "../../lib/tasks/risk.js";
import {HoldingSchema, stressChoices} from "../../lib/tasks/stress-test.js";
import {LINKAGES} from "../../lib/risk/cluster/linkage.js";
import {stressHoldings} from "../../lib/portfolio/holdings-history.js";
import {Problem} from "../problem.js";
import {AccountId} from "./common.js";
import {
  eitherOr,
  History,
  MOST_BYTES,
  NumberList,
  ofAccount,
  Prices,
  readFactors,
  readHeld,
  readHoldings
} from "./columns.js";
import {endpoint, type Desk, type Ready} from "./endpoint.js";
import {readyRun, withResult} from "./runs.js";
import {goneOf, LIMITS} from "./task-endpoint.js";
import type {Request} from "express";

const HELD = "What an account holds is taken, with its past, or what is sent.";

async function answer(name: TaskName, given: unknown, desk: Desk, request: Request): Promise<Ready> {
  return readyRun(await desk.services.tasks.run(name, given, goneOf(request)));
}

const Result = z.looseObject({});
const common = {
  method: "post",
  tag: "research",
  bodyBytes: MOST_BYTES,
  problems: [404, 409, 413, 415, 422]
} as const;
const Values = NumberList.meta({description: "value of each asset, in one currency"});
/** Paths that a reply has room for. */
const MOST_PATHS = 100_000;

/** Prices of what is held by day, and the weights of it. */
async function heldPrices(desk: Desk, of: Parameters<typeof readHeld>[1]) {
  const {past, values} = await readHeld(desk, of);
  const whole = values.reduce((sum, value) => sum + value, 0);
  const assets = past.assets.map(({name}) => name);
  return {
    prices: {assets, dates: past.days, prices: past.assets.map(({prices}) => prices)},
    weights: whole > 0 ? Object.fromEntries(assets.map((name, i) => [name, values[i] / whole])) : undefined
  };
}

const optimize = endpoint({
  ...common,
  path: "/api/analytics/optimize",
  summary: "Choose a portfolio from prices, with the proof that none is better",
  description: `${HELD} Of an account, turnover counts from the weights that are held, where no others are given. ${LIMITS}`,
  body: z
    .strictObject({...ofAccount, prices: Prices.exactOptional(), options: OptimizeOptions})
    .superRefine(eitherOr("prices")),
  reply: {description: "the run; weights and certificate", schema: withResult("Optimum", Result)},
  async handle({body: {prices: sent, options, ...of}, desk, request}) {
    if (sent) return answer("optimize", {prices: sent, options}, desk, request);
    const {prices, weights} = await heldPrices(desk, of);
    const current = options.turnover && options.current === undefined && weights;
    return answer("optimize", {prices, options: {...options, ...(current && {current})}}, desk, request);
  }
});

const frontier = endpoint({
  ...common,
  path: "/api/analytics/frontier",
  summary: "Portfolios of least volatility for what they are expected to return",
  description: `${HELD} ${LIMITS}`,
  body: z
    .strictObject({...ofAccount, prices: Prices.exactOptional(), ...frontierChoices})
    .superRefine(eitherOr("prices")),
  reply: {description: "the run; portfolios, lowest return first", schema: withResult("Frontier", Result)},
  async handle({body: {prices: sent, account, currency, years, horizon, ...choices}, desk, request}) {
    if (sent) return answer("frontier", {prices: sent, ...choices}, desk, request);
    const {prices, weights} = await heldPrices(desk, {account, currency, years, horizon});
    const current = choices.current ?? weights;
    return answer("frontier", {prices, ...choices, ...(current && {current})}, desk, request);
  }
});

const monteCarlo = endpoint({
  ...common,
  path: "/api/analytics/monte-carlo",
  summary: "Simulate what a portfolio becomes",
  description: `${HELD} ${LIMITS}`,
  body: z
    .strictObject({
      ...ofAccount,
      history: History.exactOptional(),
      values: Values.exactOptional(),
      cash: z.number().default(0).meta({description: "riskless money beside what is sent"}),
      ...monteCarloChoices,
      paths: monteCarloChoices.paths
        .removeDefault()
        .max(MOST_PATHS, `${MOST_PATHS} paths at most`)
        .default(10_000)
    })
    .superRefine(eitherOr("history")),
  reply: {description: "the run; summary, fan and paths", schema: withResult("MonteCarlo", Result)},
  async handle({body, desk, request}) {
    const {account, currency, years, horizon, history, values = [], cash, ...choices} = body;
    if (history) return answer("monteCarlo", {history, values, cash, ...choices}, desk, request);
    const held = await readHeld(desk, {account, currency, years, horizon});
    const own = {history: held.history, values: held.values, cash: held.view.cash.value ?? 0};
    return answer("monteCarlo", {...own, ...choices}, desk, request);
  }
});

const factorAnalysis = endpoint({
  ...common,
  path: "/api/analytics/factor-analysis",
  summary: "How holdings move with factors, and with their own principal components",
  description: `${HELD} Factors of an account are benchmarks of the lake, by name. ${LIMITS}`,
  body: z
    .strictObject({
      ...ofAccount,
      history: History.exactOptional(),
      values: Values.exactOptional(),
      factors: z
        .record(Name, NumberList)
        .default({})
        .meta({description: "returns of factors, beside history"}),
      benchmarks: z.array(Name).max(20).default([]).meta({
        description: "factors of an account: names of benchmarks, as /api/ledger/context lists them"
      }),
      ...factorChoices
    })
    .superRefine(eitherOr("history")),
  reply: {description: "the run; exposures and components", schema: withResult("FactorAnalysis", Result)},
  async handle({body, desk, request}) {
    const {account, currency, years, horizon, history, values, factors, benchmarks, ...choices} = body;
    if (history) {
      const sent = {history, factors, ...(values && {values})};
      return answer("factorAnalysis", {...sent, ...choices}, desk, request);
    }
    const held = await readHeld(desk, {account, currency, years, horizon});
    const own = {
      history: held.history,
      values: held.values,
      factors: await readFactors(desk, benchmarks, held.past)
    };
    return answer("factorAnalysis", {...own, ...choices}, desk, request);
  }
});

const stressTest = endpoint({
  ...common,
  path: "/api/analytics/stress-test",
  summary: "Put holdings through scenarios of history and of one's own; options are revalued",
  description: `${HELD} ${LIMITS}`,
  body: z
    .strictObject({
      account: ofAccount.account,
      currency: ofAccount.currency,
      holdings: z.array(HoldingSchema).max(10_000).exactOptional(),
      base: ofAccount.currency.meta({
        description: "currency in which the values of holdings stand; USD when absent"
      }),
      ...stressChoices
    })
    .superRefine(eitherOr("holdings")),
  reply: {description: "the run; gains by scenario and holding", schema: withResult("StressTest", Result)},
  async handle({body: {account, currency, holdings, base = "USD", ...choices}, desk, request}) {
    if (holdings) return answer("stressTest", {holdings, base, ...choices}, desk, request);
    const view = await readHoldings(desk, {account, currency, years: 1, horizon: 1});
    const held = stressHoldings(view);
    if (!held.length || view.currency === null)
      throw new Problem(409, "nothing-held", "nothing is held: import a statement with positions");
    return answer("stressTest", {holdings: held, base: view.currency, ...choices}, desk, request);
  }
});

const risk = endpoint({
  ...common,
  path: "/api/analytics/risk",
  summary: "What could be lost over one period, and what it comes from",
  description: `${HELD} ${LIMITS}`,
  body: z
    .strictObject({
      ...ofAccount,
      history: History.exactOptional(),
      values: Values.exactOptional(),
      ...riskChoices
    })
    .superRefine(eitherOr("history")),
  reply: {description: "the run; VaR and CVaR with their parts", schema: withResult("Risk", Result)},
  async handle({body, desk, request}) {
    const {account, currency, years, horizon, history, values = [], ...choices} = body;
    if (history) return answer("risk", {history, values, ...choices}, desk, request);
    const held = await readHeld(desk, {account, currency, years, horizon});
    return answer("risk", {history: held.history, values: held.values, ...choices}, desk, request);
  }
});

const text = (least: number, most: number, start: string) =>
  z
    .string()
    .regex(/^\d{1,3}(\.\d+)?$/, "a number")
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .prefault(start);

const correlation = endpoint({
  method: "get",
  path: "/api/analytics/correlation",
  tag: "research",
  summary: "Correlations of what an account holds, clustered",
  description: LIMITS,
  query: z.strictObject({
    account: z
      .union([z.literal("all"), AccountId])
      .default("all")
      .meta({description: "an account, or all"}),
    currency: ofAccount.currency,
    years: text(0.1, 50, "3").meta({description: "years of history"}),
    horizon: text(1, 60, "1").pipe(z.int()).meta({description: "days of prices that a return spans"}),
    method: z.enum(LINKAGES).default("average")
  }),
  problems: [404, 409, 422],
  reply: {
    description: "the run; matrix and clusters",
    schema: withResult(
      "Correlation",
      z.looseObject({
        assets: z.array(z.string()),
        matrix: z.object({
          n: z.int(),
          values: z.array(z.number().nullable()).meta({description: "row by row"}),
          observations: z.array(z.int())
        }),
        clusters: z.looseObject({order: z.array(z.int())})
      })
    )
  },
  async handle({query: {method, account, currency, years, horizon}, desk, request}) {
    const {history} = await readHeld(desk, {account, ...(currency && {currency}), years, horizon});
    return answer("correlation", {history, method}, desk, request);
  }
});

/** Computations on what accounts hold, or on what is sent. */
export const analytics = [optimize, frontier, monteCarlo, factorAnalysis, stressTest, correlation, risk];
