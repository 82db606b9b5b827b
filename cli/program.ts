import {Command, CommanderError} from "commander";
import {loadConfig, readEnvironment} from "../config.js";
import {benchmarkVerbs} from "./benchmark-verbs.js";
import {EXIT, EXIT_CODES} from "./exit.js";
import {lakeVerbs} from "./lake-verbs.js";
import {ledgerVerbs} from "./ledger-verbs.js";
import {linkVerbs} from "./link-verbs.js";
import {fail} from "./output.js";
import {researchVerbs} from "./research-verbs.js";
import {statementVerbs} from "./statement-verbs.js";
import {tagVerbs} from "./tag-verbs.js";
import {tradingVerbs} from "./trading-verbs.js";
import {examples, type Verbs} from "./verb-words.js";
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

  const verbs: Verbs = {tearsheet, config};
  statementVerbs(verbs);
  lakeVerbs(verbs);
  researchVerbs(verbs);
  ledgerVerbs(verbs);
  tagVerbs(verbs);
  benchmarkVerbs(verbs);

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

  linkVerbs(verbs);
  tradingVerbs(verbs);
  return tearsheet;
}

function exitCodes(): string {
  return `\nExit codes:\n${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(4)}${meaning}`).join("\n")}`;
}
