import {examples, type Verbs} from "./verb-words.js";

/** Verbs of the indexes that pages and reports compare with: `benchmark`. */
export function benchmarkVerbs({tearsheet, config}: Verbs): void {
  const benchmark = tearsheet
    .command("benchmark")
    .description("keep indexes to compare with")
    .addHelpText("after", examples("tearsheet benchmark add index.csv", "tearsheet benchmark list"));
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
