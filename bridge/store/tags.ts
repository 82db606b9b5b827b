import type {TagBook, TagEntry, TagRule, TagTarget} from "../../lib/ledger/tags/tag.js";
import type {Store} from "./open.js";

/** Returns all tags, notes and rules. */
export function readTags({raw}: Pick<Store, "raw">): TagBook {
  const entries = raw
    .prepare<[], Omit<TagEntry, "tags"> & {tags: string}>(
      "select kind, account, id, tags, note from tags order by account, kind, id"
    )
    .all()
    .map((entry) => ({...entry, tags: JSON.parse(entry.tags) as string[]})); // as writeTag wrote it
  const rules = raw
    .prepare<[], TagRule>("select tag, field, match, value from tag_rules order by ordinal")
    .all();
  return {entries, rules};
}

/** Keeps the tags and the note of one thing in place of those it had; without both it is forgotten. */
export async function writeTag(store: Store, entry: TagEntry): Promise<void> {
  const {kind, account, id, tags, note} = entry;
  if (!tags.length && !note) {
    await removeTag(store, entry);
    return;
  }
  await store.write(() => {
    store.raw
      .prepare(
        "insert into tags values (?, ?, ?, ?, ?) on conflict do update set tags = excluded.tags, note = excluded.note"
      )
      .run(kind, account, id, JSON.stringify(tags), note);
    store.raw.exec(CHANGED);
  });
}

/** Forgets the tags and the note of one thing; false when it had none. */
export function removeTag(store: Store, {kind, account, id}: TagTarget): Promise<boolean> {
  return store.write(() => {
    const {changes} = store.raw
      .prepare("delete from tags where kind = ? and account = ? and id = ?")
      .run(kind, account, id);
    if (changes) store.raw.exec(CHANGED);
    return changes > 0;
  });
}

/** Keeps these rules in place of those before. */
export async function writeRules(store: Store, rules: readonly TagRule[]): Promise<void> {
  await store.write(() => {
    store.raw.exec("delete from tag_rules");
    const insert = store.raw.prepare("insert into tag_rules values (?, ?, ?, ?, ?)");
    for (const [i, {tag, field, match, value}] of rules.entries()) insert.run(i, tag, field, match, value);
    store.raw.exec(CHANGED);
  });
}

/** Pages compute anew what a tag is part of. */
const CHANGED = "update ledger_state set version = version + 1";
