import {examples, type Verbs} from "./verb-words.js";

/** Verbs of the desk: `kill-switch`, `orders`, `audit`. */
export function tradingVerbs({tearsheet, config}: Verbs): void {
  tearsheet
    .command("kill-switch")
    .description("stop all orders at once (on), or let them out again (off); on works without a running desk")
    .argument(
      "<on|off>",
      "on blocks new orders and cancels working ones that could open or increase a position"
    )
    .option("--reason <text>", "why, for the journal", "by hand")
    .option("--cancel <which>", "opening, all-ours or none: the working orders that go", "opening")
    .option("--json", "print what became of each working order")
    .addHelpText(
      "after",
      examples(
        'tearsheet kill-switch on --reason "wrong size"',
        "tearsheet kill-switch on --cancel all-ours --json",
        'tearsheet kill-switch off --reason "found"'
      )
    )
    .action(async (state, options) => (await import("./trading.js")).killSwitch(config(), state, options));

  tearsheet
    .command("orders")
    .description("print the orders of the running desk that work")
    .option("--all", "those that have ended too")
    .option("--limit <count>", "at most so many, the latest first", "100")
    .option("--json", "print everything")
    .addHelpText("after", examples("tearsheet orders", "tearsheet orders --all --json"))
    .action(async (options) => (await import("./trading.js")).printOrders(config(), options));

  const audit = tearsheet
    .command("audit")
    .enablePositionalOptions()
    .description("check that the journal of orders is as it was written (verify)")
    .addHelpText("after", examples("tearsheet audit verify", "tearsheet audit verify --json"));
  audit
    .command("verify")
    .description("follow the chain of hashes from the first line; exit 1 when a line was changed or is gone")
    .option("--head <hash>", "hash that an earlier check ended with: a journal cut short is found too")
    .option("--demo", "of the demo")
    .option("--json", "print lines, head and problem")
    .addHelpText("after", examples("tearsheet audit verify", "tearsheet audit verify --head 5e1f…"))
    .action(async (options) => (await import("./trading.js")).verifyAudit(config(), options));
}
