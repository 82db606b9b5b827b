import {chosen, examples, scoped, type Verbs} from "./verb-words.js";

/** Verbs that print what the ledger tells, each of accounts and days that can be chosen. */
export function ledgerVerbs({tearsheet, config}: Verbs): void {
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
}
