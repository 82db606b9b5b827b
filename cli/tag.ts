import type {z} from "zod";
import {readTags, removeTag, writeRules, writeTag} from "../bridge/store/tags.js";
import type {Store} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import {TagEntrySchema, TagRuleSchema, TagTargetSchema} from "../lib/ledger/tags/tag-schema.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson, printTable} from "./output.js";
import {openToRead, openToWrite} from "./store.js";

interface TagFlags {
  note?: string;
  json?: true;
}

/** `tearsheet tag list`: all tags, notes and rules. */
export async function listTags(config: Config, {demo, json}: {demo?: true; json?: true}): Promise<void> {
  const store = await openToRead(config, demo);
  try {
    const book = readTags(store);
    if (json) return printJson(book);
    printTable(
      book.entries.map(({kind, account, id, tags, note: text}) => ({
        kind,
        account,
        id,
        tags: tags.join(", "),
        note: text
      }))
    );
    for (const [i, {tag, field, match, value}] of book.rules.entries())
      note(`rule ${i + 1}: ${tag} where ${field} ${match} "${value}"`);
  } finally {
    store.close();
  }
}

/** `tearsheet tag set`: the tags and the note of one thing, in place of those it had. */
export async function setTag(
  config: Config,
  [kind, account, id, ...tags]: readonly string[],
  {note: text = "", json}: TagFlags
): Promise<void> {
  const entry = read(TagEntrySchema, {kind, account, id, tags, note: text});
  await withStore(config, (store) => writeTag(store, entry));
  if (json) printJson(entry);
}

/** `tearsheet tag remove`: forgets the tags and the note of one thing. */
export async function forgetTag(config: Config, [kind, account, id]: readonly string[]): Promise<void> {
  const target = read(TagTargetSchema, {kind, account, id});
  if (!(await withStore(config, (store) => removeTag(store, target))))
    throw new CliError(`no tag or note on that ${target.kind}: tearsheet tag list shows them`);
}

/** `tearsheet tag rule`: adds a rule, or takes the one with a number away. */
export async function changeRules(
  config: Config,
  words: readonly string[],
  {remove}: {remove?: string}
): Promise<void> {
  await withStore(config, async (store) => {
    const {rules} = readTags(store);
    if (remove === undefined) {
      const [tag, field, match, ...value] = words;
      await writeRules(store, [...rules, read(TagRuleSchema, {tag, field, match, value: value.join(" ")})]);
      return;
    }
    const at = Number(remove) - 1;
    if (!rules[at])
      throw new CliError(`there is no rule ${remove}: tearsheet tag list shows them`, EXIT.usage);
    await writeRules(store, rules.toSpliced(at, 1));
  });
}

async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openToWrite(config);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

function read<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{path, message}] = parsed.error.issues;
  throw new CliError(path.length ? `${path.join(" ")}: ${message}` : message, EXIT.usage);
}
