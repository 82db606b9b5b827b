import {collected, examples, type Verbs} from "./verb-words.js";

/** Adds `run`. */
export function addRun({tearsheet, config}: Verbs): void {
  tearsheet
    .command("run")
    .description("run a strategy of the backtest on paper: on bars that are played, or on live ones")
    .argument("<strategy>", "sma-cross, buy-and-hold, momentum or breakout, as of backtest")
    .option("--paper", "orders go to the paper broker; else to the broker of TRADING_MODE")
    .option("--bars <file...>", "CSV as of backtest, each a symbol; played as quotes, without TWS")
    .option("--dataset <id>", "bars of the lake, provider/bars/universe/frequency, with --symbol; the same")
    .option("--live", "on bars of TWS, of five seconds, made into longer ones")
    .option(
      "--symbol <symbol>",
      "once for each: of --live as IBKR writes it, of --dataset, of --bars its name",
      collected,
      []
    )
    .option("--every <time>", "length of a live bar, a multiple of 5s: 30s, 5m, 1h, 1d", "1m")
    .option("--set <name=value>", "a parameter; once for each", collected, [])
    .option("--cash <amount>", "of the paper account to begin with", "100000")
    .option("--buffer <share>", "of the equity that is kept in cash", "0.05")
    .option("--commission <cost>", "ibkr: its published prices; or as of backtest", "ibkr")
    .option("--slippage <cost>", "as of backtest", "0")
    .option("--speed <bars>", "played in a second; as fast as it goes by default")
    .option("--run <name>", "keep the run and its account, and go on with it")
    .option("--out <folder>", "write fills.csv, positions.csv and equity.csv")
    .option("--dry-run", "say what would be sent, and send nothing; so without --paper unless --send")
    .option("--send", "send, where orders do not go to paper")
    .option("--account <id>", "the account; where TRADING_MODE is live, its typed confirmation")
    .option("--json", "print orders, fills, positions, equity, the backtest and the shortfall")
    .addHelpText(
      "after",
      examples(
        "tearsheet run sma-cross --paper --bars spy.csv --set fast=10 --set slow=30",
        "tearsheet run momentum --paper --bars spy.csv --set lookback=20 --slippage 2bps --json",
        "tearsheet run breakout --paper --live --symbol AAPL --every 5m --set lookback=20 --set trail=100"
      )
    )
    .action(async (strategy, options) => (await import("./run.js")).runStrategy(config(), strategy, options));
}
