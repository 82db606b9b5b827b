import {Command, CommanderError} from "commander";
import {loadConfig, readEnvironment, type Config} from "../config.js";
import {addRun} from "./commands-run.js";
import {EXIT, EXIT_CODES} from "./exit.js";
import {linkVerbs} from "./link-verbs.js";
import {fail} from "./output.js";
import {tradingVerbs} from "./trading-verbs.js";
import {VERSION} from "./version.js";

/** Runs the words of a command line; what came of it is in `process.exitCode`. */
export async function run(words: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(words, {from: "user"});
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode && EXIT.usage;
    else fail(error);
  }
}

/** Returns the command line: each verb parses its words, loads its module alone and calls one function. */
export function program(): Command {
  const tearsheet = new Command("tearsheet")
    .enablePositionalOptions() // what follows a verb is the verb's, as in pull flex --json
    .description(
      "A research notebook and trading desk for Interactive Brokers accounts, on your own machine."
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError("(--help says more)")
    .configureOutput({outputError: (text, write) => write(text.replace(/^error: /, ""))})
    .addHelpText("afterAll", exitCodes());
  const config = () => loadConfig(readEnvironment());

  tearsheet
    .command("start")
    .description("start the desk: demo data until the first import of your own")
    .option("--json", "print {url, token} on stdout")
    .option("--dev", "preview of the pages with hot reload instead of the built site")
    .addHelpText("after", examples("tearsheet start", "PORT=9000 tearsheet start --json"))
    .action(async (options) => (await import("./start.js")).start(config(), options));

  tearsheet
    .command("import")
    .description("store statements; exit 2 when one is refused (the others are stored)")
    .argument(
      "<file...>",
      "statements of IBKR's: Flex in XML or CSV, Activity, Transaction History, MTM, PortfolioAnalyst"
    )
    .option("--account <id>", "refuse a file of another account; the account of a file that hides its number")
    .option("--date-format <order>", "how dates with slashes are read: mdy or dmy")
    .option("--json", "print what each file brought")
    .addHelpText(
      "after",
      examples(
        "tearsheet import statement.xml",
        "tearsheet import 2023.xml 2024.xml --account U1234567 --json"
      )
    )
    .action(async (files, options) => (await import("./import.js")).importFiles(config(), files, options));

  tearsheet
    .command("export")
    .description("write everything that the store holds as one file")
    .argument("<file>", "where to, NAME.tearsheet")
    .option("--json", "print what was written")
    .addHelpText("after", examples("tearsheet export ~/backup/2025-03-31.tearsheet"))
    .action(async (file, options) => (await import("./archive.js")).exportTo(config(), file, options));

  tearsheet
    .command("restore")
    .description("take in the files of an export that are not here; all of them or none")
    .argument("<file>", "what `tearsheet export` or the Data page wrote")
    .option("--json", "print how many files were restored")
    .addHelpText("after", examples("tearsheet restore ~/backup/2025-03-31.tearsheet"))
    .action(async (file, options) => (await import("./archive.js")).restoreFrom(config(), file, options));

  tearsheet
    .command("inspect")
    .description("show what a statement holds, without storing it; exit 2 when it is refused")
    .argument("<file>", "a statement")
    .option("--account <id>", "the account of a file that hides its number")
    .option("--date-format <order>", "how dates with slashes are read: mdy or dmy")
    .option("--json", "print everything, amounts as exact decimals")
    .addHelpText(
      "after",
      examples(
        "tearsheet inspect statement.xml",
        "tearsheet inspect statement.xml --json | jq '.statements[].nav'"
      )
    )
    .action(async (file, options) => (await import("./inspect.js")).inspect(file, options));

  const pull = tearsheet
    .command("pull")
    .enablePositionalOptions()
    .description("fetch a vendor's rows into the lake, what Markets reads, or statements (flex)")
    .argument(
      "[vendor]",
      "yahoo, polygon, binance, ecb, fred, fred-graph, treasury, new-york-fed, stooq, ibkr, markets"
    )
    .argument("[symbol...]", "as the vendor writes them")
    .option("--from <day>", "first day; by default what follows the days that are there, or ten years")
    .option("--to <day>", "last day; by default today")
    .option("--frequency <name>", "1m to 1mo; 1d by default")
    .option("--kind <name>", "bars, series, fx, actions, …; the vendor's usual one by default")
    .option("--universe <name>", "name of the dataset that the symbols are kept in")
    .option("--file <csv>", "take in a CSV that you downloaded at the vendor's site, of one symbol")
    .option("--update", "what is new of all that was pulled before")
    .option("--json", "print what it brought")
    .addHelpText(
      "after",
      examples(
        "tearsheet pull yahoo AAPL ^GSPC --from 2015-01-01",
        "tearsheet pull binance BTCUSDT --frequency 1h",
        "tearsheet pull stooq aapl.us --file aapl_us_d.csv",
        "tearsheet pull ibkr AAPL VOD:GBP EUR.USD",
        "tearsheet pull markets",
        "tearsheet pull --update --json",
        "tearsheet pull flex"
      )
    )
    .action(async (vendor, symbols, options) =>
      (await import("./pull-lake.js")).pullLake(config(), vendor, symbols, options)
    );
  pull
    .command("flex")
    .description("fetch the Flex queries named in FLEX_QUERY_IDS, import them, list what IBKR changed")
    .option("--all", "ask for all that each query reaches, not only for what is new")
    .option("--json", "print what each query brought, and what IBKR changed")
    .addHelpText("after", examples("tearsheet pull flex", "tearsheet pull flex --all --json"))
    .action(async (options) => (await import("./pull.js")).pullFlex(config(), options));

  tearsheet
    .command("catalog")
    .description("print the datasets of the lake: rows, days, freshness, size, last pull, problems")
    .argument("[dataset]", "print the symbols of this one, provider/kind/universe/frequency")
    .option("--layer <name>", "clean, raw or features", "clean")
    .option("--problems", "print what checks found instead")
    .option("--rebuild", "make the catalog anew from the files of the lake first")
    .option("--compact", "make one file of the several of each year or month first")
    .option("--demo", "of the demo's lake")
    .option("--json", "print everything")
    .addHelpText(
      "after",
      examples(
        "tearsheet catalog",
        "tearsheet catalog yahoo/bars/markets/1d",
        "tearsheet catalog --problems --json"
      )
    )
    .action(async (dataset, options) =>
      (await import("./catalog.js")).printCatalog(config(), dataset, options)
    );

  tearsheet
    .command("verify")
    .description("check the lake: checksums of parts, gaps, duplicates; exit 1 when something is wrong")
    .argument("[dataset]", "this one alone")
    .option("--repair", "set edited parts aside, pull their days again at the next update")
    .option("--demo", "the demo's lake")
    .option("--json", "print the report")
    .addHelpText("after", examples("tearsheet verify", "tearsheet verify yahoo/bars/markets/1d --repair"))
    .action(async (dataset, options) =>
      (await import("./catalog.js")).verifyLake(config(), dataset, options)
    );

  const watchlist = tearsheet
    .command("watchlist")
    .description("keep lists of series that Markets shows")
    .addHelpText(
      "after",
      examples(
        "tearsheet watchlist set Coins binance:BTCUSDT binance:ETHUSDT",
        "tearsheet watchlist list --json"
      )
    );
  watchlist
    .command("list")
    .description("print the lists")
    .option("--json", "print JSON")
    .action(async (options) => (await import("./watchlist.js")).listWatchlists(config(), options));
  watchlist
    .command("set")
    .description("put a list in the place of the one of that name")
    .argument("<name>", "what it is called")
    .argument("<id...>", "series as vendor:symbol, such as yahoo:AAPL")
    .option("--json", "print all lists")
    .action(async (name, ids, options) =>
      (await import("./watchlist.js")).setWatchlist(config(), name, ids, options)
    );
  watchlist
    .command("remove")
    .description("forget a list")
    .argument("<name>", "its name")
    .action(async (name) => (await import("./watchlist.js")).removeWatchlist(config(), name));

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

  addRun(tearsheet, {config, collected, examples});

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

  scoped(tearsheet.command("reconcile"))
    .description("compare what we compute with IBKR's own figures; exit 1 when one differs")
    .addHelpText("after", examples("tearsheet reconcile", "tearsheet reconcile --demo --json"))
    .action(async (options) => (await import("./reconcile.js")).printReconciliation(config(), options));

  scoped(tearsheet.command("pnl"))
    .description("print value, flow, gain and return by day")
    .addHelpText("after", examples("tearsheet pnl --from 2026-01-01", "tearsheet pnl --demo --json"))
    .action(async (options) => (await import("./pnl.js")).printPnl(config(), options));

  scoped(tearsheet.command("trades"))
    .description("print executions with their sums by currency, newest first")
    .option("--symbol <symbol>", "of this symbol or underlying")
    .addHelpText("after", examples("tearsheet trades --symbol AAPL", "tearsheet trades --from 2026-01-01"))
    .action(async (options) => (await import("./trades.js")).printTrades(config(), options));

  chosen(scoped(tearsheet.command("lots")))
    .description("print open tax lots: since when, for how much, with their gains")
    .addHelpText("after", examples("tearsheet lots --method hifo", "tearsheet lots --to 2025-12-31 --json"))
    .action(async (options) => (await import("./lots.js")).printLots(config(), options));

  chosen(scoped(tearsheet.command("gains")))
    .description("print realized gains of a tax year, price and currency apart; not tax advice")
    .option("--year <year>", "tax year; the last one with a gain by default")
    .option("--csv", "print CSV, with how the figures are made above")
    .addHelpText(
      "after",
      examples(
        "tearsheet gains --year 2025 --currency EUR --method fifo --csv",
        "tearsheet gains --method U1234567=lifo --json"
      )
    )
    .action(async (options) => (await import("./gains.js")).printGains(config(), options));

  scoped(tearsheet.command("costs"))
    .description("print what was paid: commissions, financing, fees, taxes, in money and basis points")
    .option("--own-fills <by>", "instead what your own orders cost, by symbol, hour or type")
    .addHelpText("after", examples("tearsheet costs --from 2026-01-01", "tearsheet costs --own-fills symbol"))
    .action(async (options) =>
      options.ownFills === undefined
        ? (await import("./costs.js")).printCosts(config(), options)
        : (await import("./own-fills.js")).printOwnFills(config(), options)
    );

  scoped(tearsheet.command("income"))
    .description("print dividends and interest: received, withheld, expected")
    .addHelpText("after", examples("tearsheet income --from 2026-01-01", "tearsheet income --demo --json"))
    .action(async (options) => (await import("./income.js")).printIncome(config(), options));

  scoped(tearsheet.command("campaigns"))
    .description("print what each underlying was traded for, from flat to flat, and what it brought")
    .option("--symbol <symbol>", "of this underlying or symbol")
    .option("--tag <tag>", "with this tag")
    .addHelpText(
      "after",
      examples("tearsheet campaigns --symbol AAPL", "tearsheet campaigns --tag wheel --json")
    )
    .action(async (options) => (await import("./campaigns.js")).printCampaigns(config(), options));

  scoped(tearsheet.command("twin"))
    .description("print what trading added: the account beside the same without some of its trades")
    .option("--after <day>", "without the trades after this day; by default those of the range")
    .option("--tag <tag>", "without the trades of this tag, instead")
    .addHelpText("after", examples("tearsheet twin --after 2026-01-01", "tearsheet twin --tag wheel --json"))
    .action(async (options) => (await import("./twin.js")).printTwin(config(), options));

  scoped(tearsheet.command("options"))
    .description("print open options by expiry: moneyness, days left, collateral")
    .addHelpText("after", examples("tearsheet options", "tearsheet options --demo --json"))
    .action(async (options) => (await import("./expiries.js")).printOptions(config(), options));

  const tag = tearsheet
    .command("tag")
    .description("tag trades, orders and positions, by hand and by rule")
    .addHelpText(
      "after",
      examples(
        "tearsheet tag set position U1234567 265598 core",
        'tearsheet tag set order U1234567 300 wheel --note "after earnings"',
        'tearsheet tag rule bot strategy "starts with" app:'
      )
    );
  tag
    .command("list")
    .description("print tags, notes and rules")
    .option("--demo", "of the demo account")
    .option("--json", "print everything")
    .action(async (options) => (await import("./tag.js")).listTags(config(), options));
  tag
    .command("set")
    .description("tag a thing, in place of the tags and the note it had")
    .argument("<kind>", "trade, order or position")
    .argument("<account>", "its account")
    .argument("<id>", "ledger row of a trade, IBKR's number of an order, conid of a position")
    .argument("[tag...]", "its tags")
    .option("--note <text>", "a note")
    .option("--json", "print what is kept")
    .action(async (kind, account, id, tags, options) =>
      (await import("./tag.js")).setTag(config(), [kind, account, id, ...tags], options)
    );
  tag
    .command("remove")
    .description("forget the tags and the note of a thing")
    .argument("<kind>", "trade, order or position")
    .argument("<account>", "its account")
    .argument("<id>", "as with set")
    .action(async (kind, account, id) => (await import("./tag.js")).forgetTag(config(), [kind, account, id]));
  tag
    .command("rule")
    .description('tag by rule: TAG strategy|symbol|assetCategory|structure is|"starts with"|contains TEXT')
    .argument("[words...]", "tag, field, match, text")
    .option("--remove <number>", "take a rule away")
    .action(async (words, options) => (await import("./tag.js")).changeRules(config(), words, options));

  scoped(tearsheet.command("attribution"))
    .description(
      "print what each group gained and by what; against a benchmark's groups: allocation and selection"
    )
    .option("--by <group>", "position, class, currency, sector or account", "position")
    .option("--benchmark <file>", "CSV of the benchmark's groups: date, group, weight, return")
    .option("--profile <name>", "conventions: default or portfolio-analyst", "default")
    .addHelpText(
      "after",
      examples(
        "tearsheet attribution --by class --demo",
        "tearsheet attribution --by sector --benchmark groups.csv"
      )
    )
    .action(async (options) => (await import("./attribution.js")).printAttribution(config(), options));

  benchmarkVerbs(
    tearsheet
      .command("benchmark")
      .description("keep indexes to compare with")
      .addHelpText("after", examples("tearsheet benchmark add index.csv", "tearsheet benchmark list")),
    config
  );

  tearsheet
    .command("recalculate")
    .description("make ledger, values, returns and measures anew from the imported rows")
    .option("--json", "print what was made")
    .addHelpText("after", examples("tearsheet recalculate"))
    .action(async (options) => (await import("./recalculate.js")).recalculate(config(), options));

  tearsheet
    .command("doctor")
    .description("check settings, store, data, Flex and site; exit 1 when something is wrong")
    .option("--demo", "check the demo account")
    .option("--json", "print the checks")
    .addHelpText("after", examples("tearsheet doctor", "tearsheet doctor --json"))
    .action(async (options) => (await import("./doctor.js")).doctor(config, options));

  linkVerbs(tearsheet, config, examples);
  tradingVerbs(tearsheet, config, examples);
  return tearsheet;
}

/** Verbs of the indexes that pages and reports compare with. */
function benchmarkVerbs(benchmark: Command, config: () => Config): void {
  benchmark
    .command("add")
    .description("keep an index from a CSV file with date and close; a bill's yield with date and yield")
    .argument("<file>", "CSV, one day a line")
    .option("--name <name>", "what it is called; the file's name by default")
    .option("--kind <kind>", "price, total (dividends included) or yield (percent a year)", "price")
    .option("--currency <code>", "of the closes", "USD")
    .addHelpText(
      "after",
      examples(
        'tearsheet benchmark add spx.csv --name "S&P 500" --kind total',
        'tearsheet benchmark add bill.csv --name "3-month bill" --kind yield'
      )
    )
    .action(async (file, options) => (await import("./benchmark.js")).addBenchmark(config(), file, options));
  benchmark
    .command("list")
    .description("print the indexes that there are")
    .option("--demo", "of the demo account")
    .option("--json", "print JSON")
    .action(async (options) => (await import("./benchmark.js")).listBenchmarks(config(), options));
  benchmark
    .command("use")
    .description("compare with an index, or a blend of some")
    .argument("<name>", "a name, or 60% A / 40% B, rebalanced monthly")
    .addHelpText("after", examples('tearsheet benchmark use "60% World / 40% Bonds, rebalanced monthly"'))
    .action(async (choice) => (await import("./benchmark.js")).useBenchmark(config(), choice));
  benchmark
    .command("remove")
    .description("forget an index")
    .argument("<name>", "its name")
    .action(async (name) => (await import("./benchmark.js")).dropBenchmark(config(), name));
}

/** Adds the words that say whose figures of which days. */
function scoped(command: Command): Command {
  return command
    .option("--account <id...>", "of these accounts; all by default")
    .option("--currency <code>", "in this currency; the base currency by default")
    .option("--from <day>", "first day, 2026-01-31")
    .option("--to <day>", "last day")
    .option("--demo", "of the demo account")
    .option("--json", "print everything, amounts as exact decimals");
}

/** Options that say by which rules lots are chosen. */
function chosen(command: Command): Command {
  return command
    .option(
      "--method <method...>",
      "fifo (default), lifo, hifo, average, specific or booked; ACCOUNT=METHOD for one account"
    )
    .option("--choices <file>", "lots for method specific: CSV of close,open,quantity by row ids")
    .option("--conid <conid>", "of this instrument");
}

/** Gathers an option that may be said more than once. */
function collected(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

function exitCodes(): string {
  return `\nExit codes:\n${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(4)}${meaning}`).join("\n")}`;
}
