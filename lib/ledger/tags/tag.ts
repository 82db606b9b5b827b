/** Tags and notes of a person's own on trades, orders and positions, and the saved rules that tag by themselves. */
import {z} from "zod";

/** Most letters of a tag, of a note, and most tags on one thing. */
export const MOST_LETTERS = 40;
export const LONGEST_NOTE = 2000;
export const MOST_TAGS = 20;

const CONTROL = /\p{Cc}/u;
const CONTROL_IN_NOTE = /[^\P{Cc}\n\t]/u;

/** A word of the person's own: trimmed, on one line, without the comma that separates tags. */
export const Tag = z
  .string()
  .transform((text) => text.trim().replace(/\s+/g, " ").normalize("NFC"))
  .pipe(
    z
      .string()
      .min(1, "a tag is not empty")
      .max(MOST_LETTERS, `a tag has ${MOST_LETTERS} letters at most`)
      .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._+&#/:'-]*$/u, "a tag has letters, digits, spaces and ._+&#/:'- only")
  );

/** What is tagged: a trade by its ledger row, an order by IBKR's number, a position by its conid. */
export const TagTarget = z.strictObject({
  kind: z.enum(["trade", "order", "position"]),
  account: z.string().regex(/^[\w.-]{1,32}$/, "an account id has letters, digits, - and _ only"),
  id: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !CONTROL.test(text), "an id has no control characters")
});
export type TagTarget = z.infer<typeof TagTarget>;

/** The tags and the note of one thing; without both it is not kept. */
export const TagEntry = z.strictObject({
  ...TagTarget.shape,
  tags: z
    .array(Tag)
    .max(MOST_TAGS, `one thing has ${MOST_TAGS} tags at most`)
    .transform((tags) => [...new Set(tags)].toSorted()),
  note: z
    .string()
    .max(LONGEST_NOTE, `a note has ${LONGEST_NOTE} letters at most`)
    .refine((text) => !CONTROL_IN_NOTE.test(text), "a note has no control characters")
    .transform((text) => text.trim())
});
export type TagEntry = z.infer<typeof TagEntry>;

/** What a rule looks at. `strategy` is the reference that was sent along with the order. */
export const RULE_FIELDS = ["strategy", "symbol", "assetCategory", "structure"] as const;

/** Tags what matches: plain text, whatever the case; no patterns. */
export const TagRule = z.strictObject({
  tag: Tag,
  field: z.enum(RULE_FIELDS),
  match: z.enum(["is", "starts with", "contains"]),
  value: z
    .string()
    .transform((text) => text.trim())
    .pipe(
      z
        .string()
        .min(1, "a rule needs something to look for")
        .max(100, "a rule looks for 100 letters at most")
        .refine((text) => !CONTROL.test(text), "a rule has no control characters")
    )
});
export type TagRule = z.infer<typeof TagRule>;

/** All of it, as a store keeps it and a source hands it on. */
export interface TagBook {
  entries: readonly TagEntry[];
  rules: readonly TagRule[];
}

/** Nothing is tagged. */
export const NO_TAGS: TagBook = {entries: [], rules: []};
