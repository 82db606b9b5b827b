import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {z} from "zod";
import {BarFileError} from "../lib/backtest/read-bars.js";
import {
  OBJECTIVES,
  type ObjectiveName,
  optimizePrices,
  type PriceOptions,
  type PricePortfolio,
  refusalOf
} from "../lib/portfolio/optimize-prices.js";
import {type PriceTable, readPrices} from "../lib/portfolio/read-prices.js";
import type {Figure} from "../lib/returns/figure.js";
import type {CovarianceName} from "../lib/risk/covariance/index.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson, printTable} from "./output.js";

/** What the command line says. */
export interface OptimizeFlags {
  prices: string;
  objective: string;
  riskFree?: string;
  riskAversion?: string;
  bounds?: string;
  sum?: string;
  gross?: string;
  l2?: string;
  turnover?: string;
  current?: string;
  covariance?: string;
  missing?: string;
  frequency?: string;
  json?: true;
}

/** Estimators that `--covariance` takes. */
const ESTIMATORS = [
  "sample",
  "ledoit-wolf",
  "oas",
  "constant-correlation"
] as const satisfies readonly CovarianceName[];

/** `tearsheet optimize`: chooses weights from a file of prices, with the proof that none are better. */
export function printOptimum(flags: OptimizeFlags): void {
  const options = optionsOf(flags);
  const refusal = refusalOf(options);
  if (refusal !== undefined) throw new CliError(refusal, EXIT.usage);
  const portfolio = optimum(pricesOf(flags.prices), options);
  for (const warning of portfolio.warnings) note(`warning: ${warning}`);
  if (flags.json) printJson(asJson(portfolio));
  else show(portfolio, basename(flags.prices));
  if (portfolio.certificate.status !== "optimal") process.exitCode = EXIT.failed;
}

function optimum(prices: PriceTable, options: PriceOptions): PricePortfolio {
  try {
    return optimizePrices(prices, options);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

function asJson({
  weights,
  expectedReturn,
  volatility,
  sharpe,
  objective,
  certificate,
  estimate,
  warnings
}: PricePortfolio) {
  const {status, kkt, gap, primal, dual, conflicts} = certificate;
  const values = {
    return: expectedReturn,
    volatility,
    sharpe,
    objective: objective.value,
    kkt,
    gap,
    primal,
    dual
  };
  const reasons = Object.entries(values).flatMap(([name, {reason}]) =>
    reason === undefined ? [] : [[name, reason]]
  );
  return {
    weights,
    return: expectedReturn.value,
    volatility: volatility.value,
    sharpe: sharpe.value,
    certificate: {status, kkt: kkt.value, gap: gap.value, primal: primal.value, dual: dual.value, conflicts},
    objective: {...objective, value: objective.value.value},
    estimate,
    reasons: Object.fromEntries(reasons),
    warnings
  };
}

function show({weights, certificate, objective, estimate, ...figures}: PricePortfolio, file: string): void {
  const {status, conflicts} = certificate;
  if (Object.keys(weights).length) {
    printTable(Object.entries(weights).map(([asset, weight]) => ({asset, weight: weight.toFixed(6)})));
    note(
      `expected return ${shown(figures.expectedReturn)}, volatility ${shown(figures.volatility)}, Sharpe ratio ${shown(figures.sharpe)}, a year`
    );
  }
  note(`${objective.name} on ${file}: ${estimate.observations} returns, ${estimate.covariance} covariance`);
  if (conflicts.length) note(`these limits cannot be met together: ${conflicts.join("; ")}`);
  else if (status === "unbounded") note("there is no best portfolio: the objective improves without end");
  else if (objective.name === "hrp") note("a rule, not an optimum: there is nothing to prove");
  else note(`${status}: residual ${small(certificate.kkt)}, gap ${small(certificate.gap)}`);
}

function shown({value, reason}: Figure): string {
  return value === null ? `n/a (${reason})` : value.toFixed(4);
}

function small({value, reason}: Figure): string {
  return value === null ? `n/a (${reason})` : value.toExponential(1);
}

function optionsOf({objective, bounds, current, covariance, missing, ...flags}: OptimizeFlags): PriceOptions {
  const options: PriceOptions = {
    objective: one("objective", objective, Object.keys(OBJECTIVES) as ObjectiveName[])
  };
  const set = <Name extends "riskFree" | "riskAversion" | "sum" | "gross" | "l2" | "turnover" | "frequency">(
    name: Name,
    isRight: (value: number) => boolean,
    what: string
  ) => {
    const text = flags[name];
    if (text === undefined) return;
    const value = numberOf(text);
    if (!isRight(value)) throw new CliError(`invalid ${name}: ${text}: ${what}`, EXIT.usage);
    options[name] = value;
  };
  set("riskFree", Number.isFinite, "a fraction a year, such as 0.02");
  set("riskAversion", (value) => value >= 0 && value < Infinity, "a number, zero or more");
  set("sum", Number.isFinite, "a number");
  set("gross", (value) => value >= 0 && value < Infinity, "a number, zero or more");
  set("l2", (value) => value >= 0 && value < Infinity, "a number, zero or more");
  set("turnover", (value) => value >= 0 && value < Infinity, "a cost, zero or more");
  set("frequency", (value) => value > 0 && value < Infinity, "rows in a year, above zero");
  if (bounds !== undefined) options.bounds = boundsOf(bounds);
  if (current !== undefined) options.current = current === "equal" ? current : currentOf(current);
  if (covariance !== undefined) options.covariance = one("covariance", covariance, ESTIMATORS);
  if (missing !== undefined) options.missing = one("missing", missing, ["pairwise", "drop"] as const);
  return options;
}

function boundsOf(text: string): [number, number] {
  const ends = text.split(",").map(numberOf);
  if (ends.length !== 2 || ends.some((end) => !Number.isFinite(end)))
    throw new CliError(`invalid bounds: ${text}: write LEAST,MOST, such as 0,1 or -1,1`, EXIT.usage);
  return [ends[0], ends[1]];
}

function numberOf(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

const Weights = z.record(z.string(), z.number());

function currentOf(file: string): Record<string, number> {
  let content: unknown;
  try {
    content = JSON.parse(read(file));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${file}: it is no JSON: write {"ASSET": weight}`, EXIT.refused);
  }
  const weights = Weights.safeParse(content);
  if (!weights.success)
    throw new CliError(`${file}: current weights are written as {"ASSET": weight}`, EXIT.refused);
  return weights.data;
}

function pricesOf(file: string): PriceTable {
  const text = read(file);
  try {
    return readPrices(text);
  } catch (error) {
    if (error instanceof BarFileError) throw new CliError(`${file}: ${error.message}`, EXIT.refused);
    throw error;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException; // of readFileSync
    throw new CliError(code === "ENOENT" ? `no such file: ${file}` : `${file} cannot be read: ${message}`);
  }
}

function one<Name extends string>(what: string, name: string, names: readonly Name[]): Name {
  const found = names.find((each) => each === name);
  if (found === undefined)
    throw new CliError(`unknown ${what}: ${name}: there are ${names.join(", ")}`, EXIT.usage);
  return found;
}
