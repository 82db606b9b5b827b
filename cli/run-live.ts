import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import type {Broker, ContractFacts} from "../bridge/broker/broker.js";
import {createWire} from "../bridge/broker/ibkr/connect.js";
import {createIbkrBroker} from "../bridge/broker/ibkr/ibkr.js";
import {REAL_TIME_MS} from "../bridge/broker/ibkr/real-time-bars.js";
import {runLiveBars} from "../bridge/execution/live-run.js";
import {NO_LIMITS, sentRules} from "../bridge/execution/paper-run.js";
import {openRunStore} from "../bridge/execution/run-store.js";
import {startRunner} from "../bridge/execution/runner.js";
import {openTrading} from "../bridge/execution/trading-desk.js";
import type {Trading} from "../bridge/execution/trading.js";
import {createLog} from "../bridge/log.js";
import type {Config} from "../config.js";
import {STRATEGIES} from "../lib/backtest/strategies/index.js";
import {againstBacktest} from "../lib/orders/run/lived-run.js";
import {type Shortfall, shortfallOf} from "../lib/orders/shortfall.js";
import {askDesk, deskUrl} from "./ask-desk.js";
import {openParts} from "./desk-parts.js";
import {EXIT} from "./exit.js";
import {CliError, cancelledBy, note, printJson} from "./output.js";
import {
  bufferOf,
  costsOf,
  noteShortfall,
  printTrades,
  type RunFlags,
  runFolder,
  shownShortfall
} from "./run.js";
import {openStatementNavs} from "./statement-nav.js";
import {positive} from "./words.js";

const UNITS: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
/** The paper account of a run is nobody's money; its orders wait for the market's hours as real ones do. */
const PAPER_LIMITS = {...NO_LIMITS, regularHoursOnly: true, priceCollar: 0.05};
/** How long the link, and the account's value, are waited for. */
const PATIENCE_MS = 30_000;

/** `tearsheet run --live`: bars are made of TWS's bars of five seconds until Ctrl-C. */
export async function runLive(
  config: Config,
  name: string,
  parameters: Readonly<Record<string, number>>,
  flags: RunFlags
): Promise<void> {
  if (!flags.symbol.length) throw new CliError("say what to trade: --symbol AAPL", EXIT.usage);
  const everyMs = lengthOf(flags.every);
  const isPaper = flags.paper === true || config.TRADING_MODE === "paper";
  const dryRun = flags.dryRun ?? (!isPaper && !flags.send);
  const run = flags.run ?? `${name}-${flags.symbol.join("-")}`;
  const folder = runFolder(config, run);
  const now = Date.now;
  const log = createLog({format: config.LOG_FORMAT, level: "warn"});
  const {IBKR_HOST: host, IBKR_PORT: port, IBKR_CLIENT_ID: clientId} = config;
  if (!isPaper) await checkAlone(config);
  const {orders, ibkr, paper} = openParts({
    orders: join(isPaper ? folder : config.DATA_DIR, "orders.db"),
    paper: isPaper ? join(folder, "paper.db") : null,
    // the desk has the client id of the settings; a run beside it that only reads takes the next one
    connect: () =>
      createIbkrBroker({
        wire: createWire({host, port, clientId: isPaper ? clientId + 1 : clientId, log, now}),
        log,
        now
      }),
    terms: {now, costs: costsOf(flags), account: {cash: positive("cash", flags.cash)}}
  });
  const broker: Broker = paper ?? ibkr;
  const statements = isPaper ? null : await openStatementNavs(config, () => new Date());
  const runs = openRunStore(join(folder, "runs.db"));
  const trading = openTrading({
    store: orders,
    mode: isPaper ? "paper" : config.TRADING_MODE,
    isKilledBySetting: config.KILL_SWITCH,
    port,
    broker,
    data: ibkr,
    ...(statements && {statementNav: statements.nav}),
    now,
    wait: (ms, signal) => setTimeout(ms, undefined, {signal})
  });
  const signal = cancelledBy("the run stops");
  try {
    await until(
      () => ibkr.status().phase === "ready",
      signal,
      () => ibkr.status().sentence
    );
    const account = accountOf(broker, flags);
    if (config.TRADING_MODE === "live" && !isPaper && flags.account !== undefined)
      trading.confirm(flags.account, "run");
    await until(
      () =>
        broker.figures(account)?.netLiquidation !== undefined &&
        broker.figures(account)!.netLiquidation !== null,
      signal,
      () => `the value of ${account} has not come`
    );
    await statements?.read(account);
    if (isPaper) trading.setLimits(account, {account: PAPER_LIMITS, strategies: {}}, "run");
    const contracts = await contractsOf(ibkr, flags.symbol);
    const strategy = STRATEGIES.get(name)!.create(parameters); // it was looked up
    const symbols = contracts.map(({contract: {symbol, currency, conId}, steps}) => ({
      symbol,
      currency,
      conId,
      steps
    }));
    const rules = sentRules(bufferOf(flags));
    const runner = await startRunner({
      run,
      trading,
      store: runs,
      strategy,
      parameters,
      account,
      symbols,
      rules,
      dryRun,
      lateMs: everyMs,
      now
    });
    runner.subscribe((told) => {
      if (told.kind === "refused") note(`${iso(told.decidedAt)} ${told.reason}`);
      else if (told.kind === "fill")
        note(`filled ${told.units} ${told.row.label} at ${told.price.toFixed(4)}`);
      else {
        const {ask, symbol, reason} = told;
        const what = `${ask.action} ${ask.quantity} ${symbol} ${ask.type}`;
        note(`${dryRun ? "would send " : ""}${what}${reason === null ? "" : `: ${reason}`}`);
      }
    });
    note(
      `${name} on ${flags.symbol.join(", ")}, bars of ${flags.every}, account ${account}${dryRun ? ", dry run" : ""}; Ctrl-C ends it`
    );
    await runLiveBars({
      contracts,
      data: ibkr,
      runner,
      everyMs,
      now,
      wait: (ms, ending) => setTimeout(ms, undefined, {signal: ending}),
      signal,
      onProblem: note
    });
    const past = runner.past();
    const cash = positive("cash", flags.cash);
    const create = () => STRATEGIES.get(name)!.create(parameters); // it was looked up
    const isComparable = past.every(({time, currency}) => time.length > 0 && currency === past[0].currency);
    if (!isComparable) note("not compared with a backtest: that needs bars of each symbol, in one currency");
    const shortfall = isComparable
      ? againstBacktest(runner.fills(), {bars: past, create, cash, rules}).shortfall
      : shortfallOf([], []);
    told({trading, broker, account, shortfall}, flags);
    runner.close();
  } finally {
    await trading.close();
    await paper?.close();
    await ibkr.close();
    await statements?.close();
    runs.close();
    orders.close();
  }
}

function lengthOf(every: string): number {
  const match = /^(\d{1,4})([smhd])$/.exec(every);
  const length = match ? Number(match[1]) * UNITS[match[2]] : NaN;
  if (!(length > 0 && length <= UNITS.d && length % REAL_TIME_MS === 0))
    throw new CliError(`invalid length of a bar: ${every}: 5s to 1d, a multiple of 5s, as in 5m`, EXIT.usage);
  return length;
}

/** @throws CliError where a desk of these settings runs: the link and the journal of orders have one writer */
async function checkAlone(config: Config): Promise<void> {
  if (!(await askDesk(config, "GET", "/api/session"))) return;
  throw new CliError(
    `a desk runs at ${deskUrl(config)}, which has the link and the journal of orders: stop it first, or say --paper`
  );
}

async function until(isSo: () => boolean, signal: AbortSignal, why: () => string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > end) throw new CliError(why(), EXIT.failed);
    await setTimeout(100, undefined, {signal});
  }
}

function accountOf(broker: Broker, {account}: RunFlags): string {
  const known = broker.accounts();
  if (account !== undefined && known.includes(account)) return account;
  if (account === undefined && known.length === 1) return known[0];
  throw new CliError(`say which account: --account ${known.join(" or ")}`, EXIT.usage);
}

/** Returns the contracts that symbols mean: shares in dollars on SMART, or as `SAP/EUR` says. */
async function contractsOf(data: Broker, symbols: readonly string[]): Promise<ContractFacts[]> {
  return Promise.all(
    symbols.map(async (word) => {
      const [symbol, currency = "USD"] = word.split("/");
      const found = await data.contracts({symbol, currency, secType: "STK", exchange: "SMART"});
      if (found.length === 1) return found[0];
      const what = found.length ? `means ${found.length} contracts` : "is no share that IBKR knows";
      throw new CliError(`${word} ${what}: write SYMBOL or SYMBOL/CURRENCY`, EXIT.usage);
    })
  );
}

function told(
  {
    trading,
    broker,
    account,
    shortfall
  }: {trading: Trading; broker: Broker; account: string; shortfall: Shortfall},
  {json}: RunFlags
): void {
  if (json)
    return printJson({
      account,
      equity: broker.figures(account)?.netLiquidation ?? null,
      orders: trading.orders({state: "all", limit: 100_000}).toReversed(),
      fills: trading
        .fills({limit: 100_000})
        .toReversed()
        .map((fill) => ({...fill, time: iso(fill.time)})),
      positions: broker.positions(account),
      shortfall: shownShortfall(shortfall)
    });
  printTrades(shortfall);
  noteShortfall(shortfall);
}

const iso = (time: number): string => new Date(time).toISOString();
