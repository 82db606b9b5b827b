import {examples, type Verbs} from "./verb-words.js";

/** Verbs of the link to TWS: `doctor ibkr`, `setup ibkr`. */
export function linkVerbs({tearsheet, config}: Verbs): void {
  tearsheet.commands
    .find((command) => command.name() === "doctor")!
    .enablePositionalOptions()
    .command("ibkr")
    .description(
      "test the connection to TWS or IB Gateway step by step; without --conformance it orders nothing"
    )
    .option("--record <file>", "write the session down, a JSON object a line, accounts masked")
    .option("--conformance", "run a checklist of orders on a paper account instead; refused anywhere else")
    .option("--contract <number>", "IBKR's number of the contract that the checklist orders", "265598")
    .option("--limit <price>", "limit of its orders, far below the market", "10")
    .option("--json", "print the checks")
    .addHelpText(
      "after",
      examples(
        "tearsheet doctor ibkr",
        "tearsheet doctor ibkr --record session.jsonl",
        "tearsheet doctor ibkr --conformance --json"
      )
    )
    .action(async (options) => (await import("./link.js")).doctorIbkr(config(), options));

  tearsheet
    .command("setup")
    .description("say what to tick and set so that the desk and a program of IBKR's talk (ibkr)")
    .addHelpText("after", examples("tearsheet setup ibkr"))
    .command("ibkr")
    .description("what to tick in TWS or IB Gateway, where it listens, what to set; it changes nothing")
    .option("--json", "print what was found")
    .addHelpText("after", examples("tearsheet setup ibkr", "tearsheet setup ibkr --json"))
    .action(async (options) => (await import("./link.js")).setupIbkr(config(), options));
}
