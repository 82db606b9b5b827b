import {addRun} from "./commands-run.js";
import {collected, examples, type Verbs} from "./verb-words.js";

/** Verbs that ask and try: `sql`, `backtest`, `run`, `sweep`, `optimize`. */
export function researchVerbs({tearsheet, config}: Verbs): void {
  tearsheet
    .command("sql")
    .description("ask the ledger and the lake: one SELECT, by DuckDB, read-only")
    .argument("<select>", "the statement")
    .option("--demo", "ask the demo account")
    .option("--json", "print rows as JSON, amounts as exact decimals")
    .addHelpText(
      "after",
      examples(
        'tearsheet sql "select symbol, sum(netCash) from trades group by all"',
        'tearsheet sql "from nav order by day desc limit 5" --json',
        'tearsheet sql "select symbol, last(close order by day) from bars group by symbol"'
      )
    )
    .action(async (select, options) => (await import("./sql.js")).runSql(config(), select, options));

  tearsheet
    .command("backtest")
    .description("run a strategy over the bars of a file, by a written execution contract")
    .requiredOption("--bars <file>", "CSV: date or time, open, high, low, close, perhaps volume")
    .requiredOption(
      "--strategy <name>",
      "sma-cross (fast, slow), buy-and-hold, momentum (lookback), breakout (lookback, trail)"
    )
    .option("--set <name=value>", "a parameter; once for each", collected, [])
    .option("--engine <name>", "event, or vector: the same numbers, faster", "event")
    .option("--profile <name>", "rules: default, backtesting.py or lean-daily", "default")
    .option("--cash <amount>", "to begin with", "10000")
    .option("--fill <when>", "next-open, or same-close, which no live order gets")
    .option("--whole-shares", "no fractions of a unit")
    .option("--commission <cost>", "fraction of the value, 5bps or 0.005/share", "0")
    .option("--slippage <cost>", "the same, on the price", "0")
    .option("--costs <model>", "also ibkr-fixed, ibkr-tiered, or own: what your own fills cost")
    .option("--market <name>", "of IBKR's prices: us-stocks, europe-stocks, us-options, us-futures, …")
    .option("--multiplier <units>", "units of the bars in a contract: 100 of an option")
    .option("--spread <cost>", "from bid to ask: a cost, or abdi-ranaldo, corwin-schultz: from the bars")
    .option("--impact <model>", "volume-share or square-root")
    .option("--borrow <rate>", "of shares sold short, a year")
    .option("--interest <rate>", "benchmark a year of what cash costs and earns")
    .option("--ladder", "print what each assumption takes away, from ideal to all costs")
    .option("--demo", "of --costs own: the demo account's fills")
    .option("--frequency <number>", "returns in a year; by default 252, 365 with weekends, 52 or 12")
    .option("--json", "print trades, equity and metrics")
    .addHelpText(
      "after",
      examples(
        "tearsheet backtest --bars spy.csv --strategy sma-cross --set fast=10 --set slow=30",
        "tearsheet backtest --bars spy.csv --strategy buy-and-hold --commission 0.005/share --json",
        "tearsheet backtest --bars spy.csv --strategy momentum --set lookback=20 --costs ibkr-fixed --spread 2bps --ladder"
      )
    )
    .action(async (options) => (await import("./backtest.js")).printBacktest(config(), options));

  addRun({tearsheet, config});

  tearsheet
    .command("sweep")
    .description("run a strategy with every combination of parameters, the best first")
    .requiredOption("--bars <file...>", "CSV as of backtest; each file by itself")
    .requiredOption(
      "--strategy <name>",
      "sma-cross (fast, slow), momentum (lookback), breakout (lookback, trail)"
    )
    .option("--set <name=values>", "FROM:TO:STEP or A,B,C; once for each parameter", collected, [])
    .option("--metric <name>", "sharpe, totalReturn, maxDrawdown or trades", "sharpe")
    .option("--commission <cost>", "fraction of the value, 5bps or 0.005/share", "0")
    .option("--slippage <cost>", "the same, on the price", "0")
    .option("--costs <model>", "also own: what your own fills cost, by symbol")
    .option("--demo", "of --costs own: the demo account's fills")
    .option("--frequency <number>", "returns in a year; by default as of backtest")
    .option("--top <number>", "how many to print of each file", "10")
    .option("--threads <number>", "by default as many as it is worth")
    .option("--json", "print every combination")
    .addHelpText(
      "after",
      examples(
        "tearsheet sweep --bars spy.csv --strategy sma-cross --set fast=5:50:5 --set slow=60:200:10",
        "tearsheet sweep --bars spy.csv qqq.csv --strategy momentum --set lookback=20,60,120 --metric totalReturn --json"
      )
    )
    .action(async (options) => (await import("./sweep.js")).printSweep(config(), options));

  tearsheet
    .command("optimize")
    .description(
      "choose weights from a file of prices, with the proof that none are better; exit 1 when infeasible"
    )
    .requiredOption("--prices <file>", "CSV: date, then one column an asset; blanks for missing")
    .requiredOption(
      "--objective <name>",
      "min-volatility, max-sharpe, quadratic-utility, risk-parity, hrp or min-cvar"
    )
    .option("--risk-free <rate>", "return of the riskless asset a year; 0 by default")
    .option("--risk-aversion <number>", "of quadratic-utility; 1 by default")
    .option("--bounds <least,most>", "of each weight; 0,1 by default")
    .option("--sum <number>", "of the weights; 1 by default")
    .option("--gross <number>", "most of the sum of |weight|")
    .option("--l2 <number>", "weight of the squared weights; 0 by default")
    .option("--turnover <cost>", "of one unit of |weight - current|; 0 by default")
    .option("--current <file>", 'weights held now, {"ASSET": weight}, or the word equal')
    .option("--covariance <name>", "sample (default), ledoit-wolf, oas or constant-correlation")
    .option("--missing <how>", "pairwise (default), or drop rows with a blank")
    .option("--frequency <number>", "rows in a year; 252 by default")
    .option("--json", "print weights, figures and the certificate")
    .addHelpText(
      "after",
      examples(
        "tearsheet optimize --prices prices.csv --objective min-volatility",
        "tearsheet optimize --prices prices.csv --objective max-sharpe --bounds -0.2,0.4 --gross 1.6 --json",
        "tearsheet optimize --prices prices.csv --objective min-volatility --turnover 0.001 --current equal"
      )
    )
    .action(async (options) => (await import("./optimize.js")).printOptimum(options));
}
