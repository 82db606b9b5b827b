import {examples, type Verbs} from "./verb-words.js";

/** Verbs that take statements in and give them out: `import`, `export`, `restore`, `inspect`. */
export function statementVerbs({tearsheet, config}: Verbs): void {
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
}
