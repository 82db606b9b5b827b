import {
  entryProblem,
  NO_TAGS,
  ruleProblem,
  type TagBook,
  type TagEntry,
  type TagRule
} from "../lib/ledger/tags/tag.js";
import {CHANNEL, withLock} from "./own/lock.js";
import type {Vault} from "./own/vault.js";

/** A change of the tags, notes and rules. */
export type TagChange = {entry: TagEntry} | {rules: readonly TagRule[]};

/** Sends a change to the bridge; @throws with the bridge's own sentence when it is refused. */
export async function tagAtBridge(origin: string, change: TagChange): Promise<void> {
  const [path, body] = "entry" in change ? ["/api/tags", change.entry] : ["/api/tags/rules", change];
  const response = await fetch(new URL(path, origin), {
    method: "PUT",
    headers: {"content-type": "application/json"},
    body: JSON.stringify(body),
    credentials: "same-origin"
  });
  if (response.ok) return;
  const {detail} = (await response.json().catch(() => ({}))) as {detail?: string};
  throw new Error(detail ?? `the bridge answers ${response.status}: see its log`);
}

/** Keeps a change in the browser's own store, and tells the other tabs. */
export async function tagAtHome(vault: Vault, change: TagChange): Promise<void> {
  const problem =
    "entry" in change ? entryProblem(change.entry) : (change.rules.map(ruleProblem).find(Boolean) ?? null);
  if (problem) throw new Error(problem);
  await withLock(async () => {
    const state = await vault.state();
    const tags = changed(state.tags ?? NO_TAGS, change);
    await vault.commit({...state, version: state.version + 1, tags});
  });
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Returns the book with one thing's tags replaced, or with other rules; a thing without tags and note is in none. */
export function changed(book: TagBook, change: TagChange): TagBook {
  if ("rules" in change) return {...book, rules: change.rules};
  const {entry} = change;
  const others = book.entries.filter(
    ({kind, account, id}) => kind !== entry.kind || account !== entry.account || id !== entry.id
  );
  return {...book, entries: entry.tags.length || entry.note ? [...others, entry] : others};
}
