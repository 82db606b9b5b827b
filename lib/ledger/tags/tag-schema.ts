/** What comes from outside as tags, checked at the door. */
import {z} from "zod";
import {
  cleanTag,
  cleanTags,
  entryProblem,
  isTagId,
  RULE_FIELDS,
  RULE_MATCHES,
  ruleProblem,
  TAGGED_KINDS,
  type TagEntry,
  type TagRule,
  type TagTarget
} from "./tag.js";

const target = {
  kind: z.enum(TAGGED_KINDS),
  account: z.string().regex(/^[\w.-]{1,32}$/, "an account id has letters, digits, - and _ only"),
  id: z.string().refine(isTagId, "an id has 1 to 200 letters, no control characters")
};

export const TagTargetSchema = z.strictObject(target) satisfies z.ZodType<TagTarget>;

export const TagEntrySchema = z
  .strictObject({
    ...target,
    tags: z.array(z.string()).transform(cleanTags),
    note: z.string().transform((text) => text.trim())
  })
  .superRefine(tell(entryProblem)) satisfies z.ZodType<TagEntry>;

export const TagRuleSchema = z
  .strictObject({
    tag: z.string().transform(cleanTag),
    field: z.enum(RULE_FIELDS),
    match: z.enum(RULE_MATCHES),
    value: z.string().transform((text) => text.trim())
  })
  .superRefine(tell(ruleProblem)) satisfies z.ZodType<TagRule>;

function tell<T>(problemOf: (value: T) => string | null) {
  return (value: T, context: z.RefinementCtx) => {
    const message = problemOf(value);
    if (message !== null) context.addIssue({code: "custom", message});
  };
}
