/** Tags and notes of a person's own on trades, orders and positions, and the saved rules that tag by themselves. */

/** Most letters of a tag, of a note, of what a rule looks for, and most tags on one thing. */
const MOST_LETTERS = 40;
const LONGEST_NOTE = 2000;
const LONGEST_VALUE = 100;
const MOST_TAGS = 20;

export const TAGGED_KINDS = ["trade", "order", "position"] as const;

/** What is tagged: a trade by its ledger row, an order by IBKR's number, a position by its conid. */
export interface TagTarget {
  kind: (typeof TAGGED_KINDS)[number];
  account: string;
  id: string;
}

/** The tags and the note of one thing; without both it is not kept. */
export interface TagEntry extends TagTarget {
  tags: string[];
  note: string;
}

/** What a rule looks at. `strategy` is the reference that was sent along with the order. */
export const RULE_FIELDS = ["strategy", "symbol", "assetCategory", "structure"] as const;

export const RULE_MATCHES = ["is", "starts with", "contains"] as const;

/** Tags what matches: plain text, whatever the case; no patterns. */
export interface TagRule {
  tag: string;
  field: (typeof RULE_FIELDS)[number];
  match: (typeof RULE_MATCHES)[number];
  value: string;
}

/** All of it, as a store keeps it and a source hands it on. */
export interface TagBook {
  entries: readonly TagEntry[];
  rules: readonly TagRule[];
}

/** Nothing is tagged. */
export const NO_TAGS: TagBook = {entries: [], rules: []};

const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{N} ._+&#/:'-]*$/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_IN_NOTE = /[^\P{Cc}\n\t]/u;

/** Returns a tag as it is kept: trimmed, single spaces, composed letters. */
export function cleanTag(text: string): string {
  return text.trim().replace(/\s+/g, " ").normalize("NFC");
}

/** Returns tags as they are kept: clean, each once, in order. */
export function cleanTags(texts: readonly string[]): string[] {
  return [...new Set(texts.map(cleanTag))].toSorted();
}

/** Returns why a tag cannot be kept; null if it can. */
function tagProblem(tag: string): string | null {
  if (!tag) return "a tag is not empty";
  if (tag.length > MOST_LETTERS) return `a tag has ${MOST_LETTERS} letters at most`;
  return ALLOWED.test(tag) ? null : "a tag has letters, digits, spaces and ._+&#/:'- only";
}

/** Returns why tags and a note cannot be kept; null if they can. */
export function entryProblem({tags, note}: Pick<TagEntry, "tags" | "note">): string | null {
  if (tags.length > MOST_TAGS) return `one thing has ${MOST_TAGS} tags at most`;
  if (note.length > LONGEST_NOTE) return `a note has ${LONGEST_NOTE} letters at most`;
  if (CONTROL_IN_NOTE.test(note)) return "a note has no control characters";
  return tags.map(tagProblem).find((problem) => problem !== null) ?? null;
}

/** Returns why a rule cannot be kept; null if it can. */
export function ruleProblem({tag, value}: Pick<TagRule, "tag" | "value">): string | null {
  if (!value) return "a rule needs something to look for";
  if (value.length > LONGEST_VALUE) return `a rule looks for ${LONGEST_VALUE} letters at most`;
  return CONTROL.test(value) ? "a rule has no control characters" : tagProblem(tag);
}

/** Tells whether an id may name a thing: some text without control characters. */
export function isTagId(id: string): boolean {
  return id.length > 0 && id.length <= 200 && !CONTROL.test(id);
}
