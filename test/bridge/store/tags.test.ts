import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {openStore} from "../../../bridge/store/open.js";
import {readTags, removeTag, writeRules, writeTag} from "../../../bridge/store/tags.js";
import type {TagEntry} from "../../../lib/ledger/tags/tag.js";

const ENTRY: TagEntry = {kind: "trade", account: "U1", id: "Trade:U1:/7/", tags: ["a"], note: "why"};

async function freshStore() {
  const folder = mkdtempSync(join(tmpdir(), "tags-"));
  const store = await openStore({url: join(folder, "tearsheet.db")});
  onTestFinished(() => {
    store.close();
    rmSync(folder, {recursive: true});
  });
  return store;
}

it("writeTag(store, entry) keeps the last word on a thing, and tells readers that something changed", async () => {
  const store = await freshStore();
  const before = store.version();
  await writeTag(store, ENTRY);
  await writeTag(store, {...ENTRY, tags: ["b", "c"], note: ""});
  expect(readTags(store).entries).toEqual([{...ENTRY, tags: ["b", "c"], note: ""}]);
  expect(store.version()).toBe(before + 2);
});

it("writeTag(store, entry) without tags and note forgets the thing", async () => {
  const store = await freshStore();
  await writeTag(store, ENTRY);
  await writeTag(store, {...ENTRY, tags: [], note: ""});
  expect(readTags(store).entries).toEqual([]);
});

it("removeTag(store, target) tells whether there was one", async () => {
  const store = await freshStore();
  await writeTag(store, ENTRY);
  expect(await removeTag(store, {kind: "order", account: "U1", id: ENTRY.id})).toBe(false);
  expect(await removeTag(store, ENTRY)).toBe(true);
  expect(await removeTag(store, ENTRY)).toBe(false);
});

it("writeRules(store, rules) keeps them in their order, in place of those before", async () => {
  const store = await freshStore();
  const rule = (tag: string) => ({tag, field: "symbol" as const, match: "is" as const, value: "ACME"});
  await writeRules(store, [rule("z"), rule("a")]);
  await writeRules(store, [rule("y"), rule("b")]);
  expect(readTags(store).rules.map(({tag}) => tag)).toEqual(["y", "b"]);
});
