import {examples, type Verbs} from "./verb-words.js";

/** Verbs of the lake: `pull`, `catalog`, `verify`, `watchlist`. */
export function lakeVerbs({tearsheet, config}: Verbs): void {
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
}
