import {PROFILES, type ProfileName} from "../../lib/backtest/contract.js";
import type {OwnCosts} from "../../lib/backtest/costs/own.js";
import {parseRate} from "../../lib/backtest/costs/costs.js";
import {METRIC_PROFILES, type MetricProfile} from "../../lib/backtest/metrics/metric.js";
import type {EngineName} from "../../lib/tasks/backtest.js";
import {factsOf, parametersFor, refusalOf, STRATEGY_FACTS} from "./strategies.js";

/** What a backtest is made of, as the page's address says it. */
export interface Setup {
  /** `layer/provider/kind/universe/frequency` of the lake, or `file`; null: what the page begins with. */
  data: string | null;
  symbol: string | null;
  /** First and last day, ISO; null: as far as the bars go. */
  start: string | null;
  end: string | null;
  strategy: string;
  parameters: Readonly<Record<string, number>>;
  engine: EngineName;
  profile: ProfileName;
  /** In place of the profile's; null: the profile's. */
  fill: "next-open" | "same-close" | null;
  /** In the bars' currency. */
  cash: number;
  /** In words: `5bps`, `0.005/share`, `0.001`. */
  commission: string;
  slippage: string;
  /** Beside commission and slippage: IBKR's published prices for US shares, or what one's own fills cost; null: none. */
  costs: CostModel | null;
  /** Price impact of the own orders; null: none. */
  impact: "square-root" | "volume-share" | null;
  /** For borrowed shares, a fraction a year; null: nothing. */
  borrow: number | null;
  convention: MetricProfile;
}

/** What the page says when its address says nothing. */
export const DEFAULT_SETUP: Setup = {
  data: null,
  symbol: null,
  start: null,
  end: null,
  strategy: STRATEGY_FACTS[0].name,
  parameters: parametersFor(STRATEGY_FACTS[0].name),
  engine: "event",
  profile: "default",
  fill: null,
  cash: 100_000,
  commission: "5bps",
  slippage: "5bps",
  costs: null,
  impact: null,
  borrow: null,
  convention: "ours"
};

/** Models of what trading costs, by the names that the command line has for them. */
export const COST_MODELS = ["ibkr-fixed", "ibkr-tiered", "own"] as const;
export type CostModel = (typeof COST_MODELS)[number];

const IMPACTS = ["square-root", "volume-share"] as const;
const ENGINES = ["event", "vector"] as const satisfies readonly EngineName[];
const FILLS = ["next-open", "same-close"] as const;
const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

/** Returns the setup that a query string says; what is missing or not understood takes its default. */
export function parseSetup(search: string): Setup {
  const query = new URLSearchParams(search);
  const one = <T extends string>(all: readonly T[], key: string): T | undefined =>
    all.find((value) => value === query.get(key));
  const asked = query.get("strategy");
  const strategy = STRATEGY_FACTS.find(({name}) => name === asked)?.name ?? DEFAULT_SETUP.strategy;
  const [start, end] = [dayOf(query.get("start")), dayOf(query.get("end"))];
  const isBackwards = start !== null && end !== null && start > end;
  const cash = Number(query.get("cash") ?? NaN);
  const borrow = Number(query.get("borrow") ?? NaN);
  return {
    data: query.get("data") || null,
    symbol: query.get("symbol") || null,
    start: isBackwards ? null : start,
    end: isBackwards ? null : end,
    strategy,
    parameters: parametersOf(strategy, query.get("set") ?? ""),
    engine: one(ENGINES, "engine") ?? DEFAULT_SETUP.engine,
    profile: one(PROFILE_NAMES, "profile") ?? DEFAULT_SETUP.profile,
    fill: one(FILLS, "fill") ?? null,
    cash: cash > 0 && cash < Infinity ? cash : DEFAULT_SETUP.cash,
    commission: rateOf(query.get("commission")) ?? DEFAULT_SETUP.commission,
    slippage: rateOf(query.get("slippage")) ?? DEFAULT_SETUP.slippage,
    costs: one(COST_MODELS, "costs") ?? null,
    impact: one(IMPACTS, "impact") ?? null,
    borrow: borrow > 0 && borrow <= 10 ? borrow : null,
    convention: one(METRIC_PROFILES, "convention") ?? DEFAULT_SETUP.convention
  };
}

/** Returns the query string with this setup written into it: defaults are left out, other keys are kept. */
export function formatSetup(setup: Setup, search = ""): string {
  const query = new URLSearchParams(search);
  const {parameters, ...plain} = setup;
  for (const [key, value] of Object.entries(plain)) {
    if (value === null || value === DEFAULT_SETUP[key as keyof Setup]) query.delete(key);
    else query.set(key, String(value));
  }
  const usual = parametersFor(setup.strategy);
  const words = Object.entries(parameters).map(([name, value]) => `${name}:${value}`);
  if (words.length === 0 || Object.entries(parameters).every(([name, value]) => usual[name] === value))
    query.delete("set");
  else query.set("set", words.join());
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text && `?${text}`;
}

/** Reads `fast:20,slow:100`; parameters that the strategy refuses together are its usual ones. */
function parametersOf(strategy: string, text: string): Record<string, number> {
  const pairs = text.split(",").map((word) => word.split(":"));
  const given = Object.fromEntries(
    pairs.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, Number(value)]]))
  ) as Record<string, number>;
  const known = parametersFor(strategy, given);
  return refusalOf(strategy, known) ? parametersFor(strategy) : known;
}

function dayOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

function rateOf(text: string | null): string | null {
  if (text === null) return null;
  try {
    parseRate(text);
    return text;
  } catch {
    return null; // not understood: its default
  }
}

/** Returns a strategy with its parameters as one reads it: "Momentum 120". */
export function strategyTitle({strategy, parameters}: Pick<Setup, "strategy" | "parameters">): string {
  const facts = factsOf(strategy);
  const values = facts.parameters.map(({name}) => parameters[name]).join(" / ");
  const exits = facts.optional.filter(({name}) => name in parameters);
  const title = [facts.label, values].filter(Boolean).join(" ");
  return [title, ...exits.map(({name}) => `${name} ${parameters[name]}`)].join(", ");
}

/**
 * Returns what a setup's trading costs, as the tasks take it.
 * @param own what one's own fills cost; needed where they were chosen
 */
export function costChoice(
  {
    commission,
    slippage,
    costs,
    impact,
    borrow
  }: Pick<Setup, "commission" | "slippage" | "costs" | "impact" | "borrow">,
  own?: OwnCosts
) {
  return {
    commission,
    slippage,
    ...(costs === "ibkr-fixed" && {ibkr: {plan: "fixed"}}),
    ...(costs === "ibkr-tiered" && {ibkr: {plan: "tiered"}}),
    ...(costs === "own" && {own}),
    ...(impact && {impact: {model: impact}}),
    ...(borrow !== null && {borrow})
  };
}
