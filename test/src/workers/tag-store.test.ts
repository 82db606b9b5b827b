import {expect, it} from "vitest";
import type {TagBook, TagEntry} from "../../../lib/ledger/tags/tag.js";
import {changed} from "../../../src/workers/tag-store.js";

const ENTRY: TagEntry = {kind: "order", account: "U1", id: "300", tags: ["a"], note: ""};
const OTHER: TagEntry = {...ENTRY, account: "U2"};
const BOOK: TagBook = {entries: [ENTRY, OTHER], rules: []};

it("changed(book, {entry}) replaces the tags of that thing alone", () => {
  const entry = {...ENTRY, tags: ["b"]};
  expect(changed(BOOK, {entry})).toEqual({entries: [OTHER, entry], rules: []});
});

it("changed(book, {entry}) forgets a thing without tags and note", () => {
  expect(changed(BOOK, {entry: {...ENTRY, tags: []}}).entries).toEqual([OTHER]);
  expect(changed(BOOK, {entry: {...ENTRY, tags: [], note: "why"}}).entries).toHaveLength(2);
});

it("changed(book, {rules}) puts other rules in place and leaves what is tagged", () => {
  const rules = [{tag: "x", field: "symbol" as const, match: "is" as const, value: "ACME"}];
  expect(changed(BOOK, {rules})).toEqual({...BOOK, rules});
});
