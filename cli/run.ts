import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {type PaperRun, runOnPaper, sentRules} from "../bridge/execution/paper-run.js";
import type {Config} from "../config.js";
import {combineCosts} from "../lib/backtest/costs/combine.js";
import {parseRate, proportionalCosts} from "../lib/backtest/costs/costs.js";
import {STRATEGIES} from "../lib/backtest/strategies/index.js";
import type {OrderContract} from "../lib/orders/order.js";
import type {RateOf} from "../lib/orders/paper/account.js";
import type {Shortfall} from "../lib/orders/shortfall.js";
import {ibkrCostsOf} from "../lib/orders/paper/costs.js";
import {checkStrategy, parametersOf} from "./backtest.js";
import {readBarFile} from "./bar-file.js";
import {EXIT} from "./exit.js";
import {readLakeBars} from "./lake-bars.js";
import {CliError, note, printJson, printTable} from "./output.js";
import {positive, usage} from "./words.js";

/** What the command line says. */
export interface RunFlags {
  paper?: true;
  bars?: string[];
  dataset?: string;
  live?: true;
  symbol: string[];
  every: string;
  set: string[];
  cash: string;
  buffer: string;
  commission: string;
  slippage: string;
  speed?: string;
  run?: string;
  out?: string;
  dryRun?: true;
  send?: true;
  account?: string;
  json?: true;
}

/** `tearsheet run`: runs a strategy on paper, on bars that are played, or on live ones. */
export async function runStrategy(config: Config, name: string, flags: RunFlags): Promise<void> {
  const parameters = parametersOf(flags.set);
  checkStrategy(name, parameters);
  if ([flags.bars?.length, flags.dataset, flags.live].filter(Boolean).length !== 1)
    throw new CliError("say what to run on: --bars FILE, --dataset ID or --live with --symbol", EXIT.usage);
  if (flags.live) return (await import("./run-live.js")).runLive(config, name, parameters, flags);
  if (!flags.paper)
    throw new CliError("bars that are played are traded on paper alone: say --paper", EXIT.usage);
  const files = (flags.bars ?? []).map(readBarFile);
  const bars =
    flags.dataset === undefined
      ? files.map((file, i) => ({...file.bars, symbol: flags.symbol[i] ?? file.bars.symbol}))
      : await readLakeBars(config, flags.dataset, flags.symbol);
  const speed = flags.speed === undefined ? undefined : positive("speed", flags.speed);
  const cash = positive("cash", flags.cash);
  const run = flags.run ?? "run";
  const folder = flags.run === undefined ? null : runFolder(config, flags.run);
  const result = await possible(() =>
    runOnPaper({
      bars,
      create: () => STRATEGIES.get(name)!.create(parameters), // it was looked up
      parameters,
      rules: sentRules(bufferOf(flags)),
      cash,
      costs: costsOf(flags),
      dryRun: flags.dryRun ?? false,
      folder,
      run,
      ...(speed !== undefined && {onMoment: () => setTimeout(1000 / speed)})
    })
  );
  for (const each of files.flatMap(({warnings}) => warnings)) note(`warning: ${each}`);
  if (flags.out !== undefined) writeRun(flags.out, result);
  if (flags.json) return printJson(shownRun(name, parameters, cash, result));
  printRun(name, cash, result);
}

/** Returns the folder of a run that has a name, and makes it. @throws CliError if it is no name */
export function runFolder(config: Config, run: string): string {
  if (!/^[\w.-]{1,60}$/.test(run) || run.startsWith("."))
    throw new CliError(`invalid name of a run: ${run}: letters, digits, points and dashes`, EXIT.usage);
  const folder = join(config.DATA_DIR, "runs", run);
  mkdirSync(folder, {recursive: true, mode: 0o700});
  return folder;
}

/** Returns the share of the equity that is kept in cash. */
export function bufferOf({buffer}: Pick<RunFlags, "buffer">): number {
  const share = Number(buffer);
  if (!(share >= 0 && share < 1)) throw new CliError(`invalid buffer: ${buffer}: 0 to below 1`, EXIT.usage);
  return share;
}

/** Returns what trading costs: IBKR's published prices unless a commission was said, and slippage. */
export function costsOf({commission, slippage}: Pick<RunFlags, "commission" | "slippage">) {
  const slip = usage(() => proportionalCosts({slippage: parseRate(slippage)}));
  const own =
    commission === "ibkr" ? null : usage(() => proportionalCosts({commission: parseRate(commission)}));
  return (contract: OrderContract, rateOf: RateOf) => {
    const fees = own ?? ibkrCostsOf(contract, rateOf);
    return fees && combineCosts({slipped: slip.slipped}, {commission: fees.commission});
  };
}

async function possible<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

const iso = (time: number): string => new Date(time).toISOString();

function shownRun(
  strategy: string,
  parameters: Readonly<Record<string, number>>,
  cash: number,
  {orders, fills, positions, equity, notes, backtest, shortfall}: PaperRun
): object {
  return {
    strategy: {name: strategy, parameters},
    cash,
    finalEquity: equity.at(-1)?.[1] ?? cash,
    orders: orders.map((order) => ({...order, at: iso(order.at), changedAt: iso(order.changedAt)})),
    fills: fills.map((fill) => ({...fill, time: iso(fill.time)})),
    positions,
    equity: equity.map(([time, value]) => [iso(time), value]),
    notes,
    backtest: {
      finalEquity: backtest.equity.at(-1) ?? cash,
      equity: Array.from(backtest.time, (time, i) => [iso(time), backtest.equity[i]])
    },
    shortfall: shownShortfall(shortfall)
  };
}

function printRun(
  strategy: string,
  cash: number,
  {fills, equity, notes, backtest, shortfall}: PaperRun
): void {
  for (const each of notes) note(each);
  printTrades(shortfall);
  const [ours, theirs] = [equity.at(-1)?.[1] ?? cash, backtest.equity.at(-1) ?? cash];
  note(
    `${strategy} on paper: ${fills.length} fills, ${ours.toFixed(2)} at the end, ${theirs.toFixed(2)} in the backtest`
  );
  noteShortfall(shortfall);
}

/** Returns a shortfall with its times in words. */
export function shownShortfall(shortfall: Shortfall): object {
  return {
    ...shortfall,
    trades: shortfall.trades.map((trade) => ({
      ...trade,
      decidedAt: iso(trade.decidedAt),
      time: iso(trade.time)
    })),
    unmatched: shortfall.unmatched.map((each) => ({...each, decidedAt: iso(each.decidedAt)}))
  };
}

/** Prints what each decision cost above the backtest. */
export function printTrades(shortfall: Shortfall): void {
  printTable(
    shortfall.trades.map(({time, symbol, units, price, assumed, delay, spread, commission, bps}) => ({
      time: iso(time).slice(0, 16),
      symbol,
      units: String(units),
      price: price.toFixed(4),
      backtest: assumed.toFixed(4),
      delay: delay.toFixed(2),
      spread: spread.toFixed(2),
      commission: commission.toFixed(2),
      bps: bps.toFixed(2)
    }))
  );
}

/** Says what all decisions cost together, and those that one side alone carried out. */
export function noteShortfall(shortfall: Shortfall): void {
  const {total, bps} = shortfall.total;
  if (shortfall.trades.length)
    note(`shortfall ${total.toFixed(2)}, ${bps.toFixed(2)} bps of what was traded`);
  for (const {symbol, decidedAt, units, where} of shortfall.unmatched)
    note(`in the ${where} alone: ${units} ${symbol}, decided at ${iso(decidedAt).slice(0, 16)}`);
}

/** Writes fills, positions and equity, a CSV each. */
function writeRun(
  folder: string,
  {fills, positions, equity}: Pick<PaperRun, "fills" | "positions" | "equity">
): void {
  mkdirSync(folder, {recursive: true});
  const write = (name: string, rows: readonly (readonly unknown[])[]) =>
    writeFileSync(join(folder, name), rows.map((row) => `${row.map(cell).join(",")}\n`).join(""));
  write("fills.csv", [
    ["time", "symbol", "side", "units", "price", "commission", "currency"],
    ...fills.map(({time, label, side, shares, price, commission, currency}) => [
      iso(time),
      label,
      side,
      shares,
      price,
      commission,
      currency
    ])
  ]);
  write("positions.csv", [
    ["symbol", "units", "averageCost", "price", "value", "currency"],
    ...positions.map(({label, units, averageCost, price, value, contract}) => [
      label,
      units,
      averageCost,
      price,
      value,
      contract.currency
    ])
  ]);
  write("equity.csv", [["time", "equity"], ...equity.map(([time, value]) => [iso(time), value])]);
}

function cell(value: unknown): string {
  const text = value === null ? "" : String(value as string | number);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
