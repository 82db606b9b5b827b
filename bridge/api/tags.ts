import {z} from "zod";
import {RULE_FIELDS, RULE_MATCHES, TAGGED_KINDS, type TagBook} from "../../lib/ledger/tags/tag.js";
import {TagEntrySchema, TagRuleSchema, TagTargetSchema} from "../../lib/ledger/tags/tag-schema.js";
import {Problem} from "../problem.js";
import {endpoint, Ready} from "./endpoint.js";

const MOST_RULES = 200;

const Entry = z
  .object({
    kind: z.enum(TAGGED_KINDS),
    account: z.string(),
    id: z.string().meta({description: "ledger row of a trade, ibOrderID of an order, conid of a position"}),
    tags: z.array(z.string()),
    note: z.string()
  })
  .meta({id: "TagEntry"});

const Rule = z
  .object({
    tag: z.string(),
    field: z.enum(RULE_FIELDS).meta({description: "strategy: the reference sent along with the order"}),
    match: z.enum(RULE_MATCHES),
    value: z.string()
  })
  .meta({id: "TagRule"});

export const Tags = z
  .object({entries: z.array(Entry).readonly(), rules: z.array(Rule).readonly()})
  .meta({id: "Tags"}) satisfies z.ZodType<TagBook>;

export const tags = endpoint({
  method: "get",
  path: "/api/tags",
  tag: "ledger",
  summary: "Tags, notes and rules",
  reply: {description: "all of them", schema: Tags},
  handle: async ({desk}) => new Ready(await desk.services.figures.view("tags", {}))
});

export const putTag = endpoint({
  method: "put",
  path: "/api/tags",
  tag: "ledger",
  summary: "Tag a trade, an order or a position, or write a note on it",
  description: "In place of the tags and the note that it had; without both it is forgotten.",
  body: TagEntrySchema,
  problems: [415],
  reply: {description: "as it is kept", schema: Entry},
  async handle({body, desk}) {
    await desk.services.tags.put(body);
    return body;
  }
});

export const removeTag = endpoint({
  method: "delete",
  path: "/api/tags",
  tag: "ledger",
  summary: "Forget the tags and the note of a thing",
  query: TagTargetSchema,
  problems: [404],
  reply: {description: "they are forgotten", schema: z.object({removed: z.literal(true)})},
  async handle({query, desk}) {
    if (await desk.services.tags.remove(query)) return {removed: true as const};
    throw new Problem(404, "no-such-tag", `no tag or note on that ${query.kind}: /api/tags lists them`);
  }
});

export const putRules = endpoint({
  method: "put",
  path: "/api/tags/rules",
  tag: "ledger",
  summary: "Save the rules that tag by themselves, in place of those before",
  body: z.strictObject({
    rules: z.array(TagRuleSchema).max(MOST_RULES, `there are ${MOST_RULES} rules at most`)
  }),
  problems: [415],
  reply: {description: "as they are kept", schema: z.object({rules: z.array(Rule)})},
  async handle({body, desk}) {
    await desk.services.tags.rules(body.rules);
    return {rules: body.rules};
  }
});
