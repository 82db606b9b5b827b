import {examples, type Verbs} from "./verb-words.js";

/** Verbs of tags, notes and rules: `tag`. */
export function tagVerbs({tearsheet, config}: Verbs): void {
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
}
