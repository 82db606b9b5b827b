import type {Command} from "commander";
import type {Config} from "../config.js";

/** What verbs are added with. */
export interface Verbs {
  tearsheet: Command;
  /** Reads the settings: only when a verb is run. */
  config: () => Config;
}

/** Adds the words that say whose figures of which days. */
export function scoped(command: Command): Command {
  return command
    .option("--account <id...>", "of these accounts; all by default")
    .option("--currency <code>", "in this currency; the base currency by default")
    .option("--from <day>", "first day, 2026-01-31")
    .option("--to <day>", "last day")
    .option("--demo", "of the demo account")
    .option("--json", "print everything, amounts as exact decimals");
}

/** Options that say by which rules lots are chosen. */
export function chosen(command: Command): Command {
  return command
    .option(
      "--method <method...>",
      "fifo (default), lifo, hifo, average, specific or booked; ACCOUNT=METHOD for one account"
    )
    .option("--choices <file>", "lots for method specific: CSV of close,open,quantity by row ids")
    .option("--conid <conid>", "of this instrument");
}

/** Gathers an option that may be said more than once. */
export function collected(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Returns lines as the end of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
