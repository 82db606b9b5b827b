import * as fc from "fast-check";
import {expect, it} from "vitest";
import {tagger, type Tagged} from "../../../../lib/ledger/tags/tags-of.js";
import type {TagBook, TagEntry, TagRule} from "../../../../lib/ledger/tags/tag.js";
import {TagEntrySchema, TagRuleSchema} from "../../../../lib/ledger/tags/tag-schema.js";

const TRADE: Tagged = {
  id: "Trade:U1:/7/",
  account: "U1",
  conid: "11",
  symbol: "ACME  260116C00100000",
  underlyingConid: "10",
  underlyingSymbol: "ACME",
  assetCategory: "OPT",
  ibOrderID: "300",
  orderReference: "Wheel-2026-01"
};
const entry = (kind: "trade" | "order" | "position", id: string, ...tags: string[]): TagEntry => ({
  kind,
  account: "U1",
  id,
  tags,
  note: ""
});
const rule = (field: TagRule["field"], match: TagRule["match"], value: string, tag = "ruled"): TagRule => ({
  tag,
  field,
  match,
  value
});
const tags = (book: TagBook, structure: string | null = null) => tagger(book, () => structure)(TRADE);

it("tagger(book) gives a trade its own tags, its order's and its position's together", () => {
  const entries = [
    entry("trade", TRADE.id, "b"),
    entry("order", "300", "a"),
    entry("position", "11", "b", "c")
  ];
  expect(tags({entries, rules: []})).toEqual({tags: ["a", "b", "c"], by: "own"});
});

it("tagger(book) lets own tags win over rules", () => {
  const rules = [rule("symbol", "is", "acme")];
  expect(tags({entries: [], rules})).toEqual({tags: ["ruled"], by: "rule"});
  expect(tags({entries: [entry("order", "300", "mine")], rules})).toEqual({tags: ["mine"], by: "own"});
});

it("tagger(book) leaves a thing that has a note alone to the rules", () => {
  const entries = [{...entry("trade", TRADE.id), note: "earnings"}];
  expect(tags({entries, rules: [rule("assetCategory", "is", "opt")]}).by).toBe("rule");
});

it("tagger(book) does not carry tags of one account to another", () => {
  const entries = [{...entry("position", "11", "mine"), account: "U2"}];
  expect(tags({entries, rules: []})).toEqual({tags: [], by: null});
});

it("tagger(book) matches strategy, symbol, class and structure by plain text", () => {
  const by = (one: TagRule, structure: string | null = null) =>
    tags({entries: [], rules: [one]}, structure).tags;
  expect(by(rule("strategy", "starts with", "wheel"))).toEqual(["ruled"]);
  expect(by(rule("strategy", "is", "wheel"))).toEqual([]);
  expect(by(rule("strategy", "contains", "2026"))).toEqual(["ruled"]);
  expect(by(rule("strategy", "contains", ".*"))).toEqual([]);
  expect(by(rule("structure", "is", "covered call"), "covered call")).toEqual(["ruled"]);
  expect(by(rule("structure", "contains", "call"))).toEqual([]);
});

it("tagger(book) does not depend on the order of entries and rules", () => {
  const entries = [entry("trade", TRADE.id, "x"), entry("order", "300", "y")];
  const rules = [rule("symbol", "is", "ACME", "p"), rule("strategy", "contains", "wheel", "q")];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(entries, {minLength: 2}),
      fc.shuffledSubarray(rules, {minLength: 2}),
      (some, others) => {
        expect(tags({entries: some, rules: others})).toEqual(tags({entries, rules}));
        expect(tags({entries: [], rules: others}).tags).toEqual(["p", "q"]);
      }
    )
  );
});

it("a tag is trimmed, and refused when empty, long or strange", () => {
  const read = (tag: string) => TagEntrySchema.safeParse({...entry("trade", "1", tag)});
  expect(read("  covered   call ").data?.tags).toEqual(["covered call"]);
  for (const bad of ["", "  ", "x".repeat(41), "a,b", "a\u0000", "<b>", "a\u202eb", "-x"])
    expect(read(bad).success, JSON.stringify(bad)).toBe(false);
  expect(read("Überrollt 2").success).toBe(true);
});

it("a note keeps its lines, and is refused with control characters or beyond 2000 letters", () => {
  const read = (note: string) => TagEntrySchema.safeParse({...entry("trade", "1"), note});
  expect(read(" first\nsecond ").data?.note).toBe("first\nsecond");
  expect(read("\u001b[31m").success).toBe(false);
  expect(read("x".repeat(2001)).success).toBe(false);
});

it("a rule is refused without something to look for", () => {
  expect(TagRuleSchema.safeParse(rule("symbol", "is", " ")).success).toBe(false);
  expect(TagRuleSchema.safeParse({...rule("symbol", "is", "x"), match: "regex"}).success).toBe(false);
});
