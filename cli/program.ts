import {Command} from "commander";
import {loadConfig, readEnvironment} from "../config.js";
import {doctor} from "./doctor.js";
import {importFiles} from "./import.js";
import {inspect} from "./inspect.js";
import {pullFlex} from "./pull.js";
import {start} from "./start.js";
import {VERSION} from "./version.js";

/** Returns the command line: each verb parses its words and calls one function. */
export function program(): Command {
  const tearsheet = new Command("tearsheet")
    .description(
      "A research notebook and trading desk for Interactive Brokers accounts, on your own machine."
    )
    .version(VERSION)
    .showHelpAfterError("(--help says more)")
    .configureOutput({outputError: (text, write) => write(text.replace(/^error: /, ""))});
  const config = () => loadConfig(readEnvironment());

  tearsheet
    .command("start")
    .description("start the desk: demo data until the first import of your own")
    .option("--json", "print {url, token} on stdout")
    .option("--dev", "preview of the pages with hot reload instead of the built site")
    .addHelpText("after", examples("tearsheet start", "PORT=9000 tearsheet start --json"))
    .action((options) => start(config(), options));

  tearsheet
    .command("import")
    .description("store statements; exit 2 when one is refused (the others are stored)")
    .argument("<file...>", "Flex statements in XML")
    .option("--account <id>", "refuse a file of another account")
    .option("--date-format <order>", "how dates with slashes are read: mdy or dmy")
    .option("--json", "print what each file brought")
    .addHelpText(
      "after",
      examples(
        "tearsheet import statement.xml",
        "tearsheet import 2023.xml 2024.xml --account U1234567 --json"
      )
    )
    .action((files, options) => importFiles(config(), files, options));

  tearsheet
    .command("inspect")
    .description("show what a statement holds, without storing it; exit 2 when it is refused")
    .argument("<file>", "a statement")
    .option("--date-format <order>", "how dates with slashes are read: mdy or dmy")
    .option("--json", "print everything, amounts as exact decimals")
    .addHelpText(
      "after",
      examples(
        "tearsheet inspect statement.xml",
        "tearsheet inspect statement.xml --json | jq '.statements[].nav'"
      )
    )
    .action(inspect);

  tearsheet
    .command("pull")
    .description("fetch statements")
    .command("flex")
    .description("fetch the Flex queries named in FLEX_QUERY_IDS and import them")
    .option("--all", "ask for all that each query reaches, not only for what is new")
    .option("--json", "print what each query brought")
    .addHelpText("after", examples("tearsheet pull flex", "tearsheet pull flex --all --json"))
    .action((options) => pullFlex(config(), options));

  tearsheet
    .command("sql")
    .description("ask the ledger: one SELECT, by DuckDB, read-only")
    .argument("<select>", "the statement")
    .option("--demo", "ask the demo account")
    .option("--json", "print rows as JSON, amounts as exact decimals")
    .addHelpText(
      "after",
      examples(
        'tearsheet sql "select symbol, sum(netCash) from trades group by all"',
        'tearsheet sql "from nav order by day desc limit 5" --json'
      )
    );

  tearsheet
    .command("doctor")
    .description("check settings, store, data and site; exit 1 when something is wrong")
    .option("--demo", "check the demo account")
    .option("--json", "print the findings")
    .addHelpText("after", examples("tearsheet doctor", "tearsheet doctor --json"))
    .action((options) => doctor(config, options));

  return tearsheet;
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
