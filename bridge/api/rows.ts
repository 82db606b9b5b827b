import {z} from "zod";
import {TABLES, type TableName} from "../../lib/ledger/tables.js";
import type {Provenance} from "../../lib/ledger/provenance.js";
import {endpoint, Ready} from "./endpoint.js";

const NAMES = Object.keys(TABLES) as TableName[]; // its keys are the names

export const ProvenanceSchema = z
  .object({
    sha256: z.string(),
    name: z.string().meta({description: "of the file"}),
    importedAt: z.string().meta({description: "ISO 8601, UTC"}),
    generated: z.string().meta({description: "when IBKR made the statement, as printed"}),
    fields: z.record(z.string(), z.string()).meta({description: "IBKR's attributes"})
  })
  .meta({
    id: "Provenance",
    description: "a row as it stands in an imported file"
  }) satisfies z.ZodType<Provenance>;

export const provenance = endpoint({
  method: "get",
  path: "/api/ledger/{table}/{id}/provenance",
  tag: "ledger",
  summary: "Where a ledger row comes from: every edition of it in every file, the latest first",
  description:
    "The id is percent-encoded. Nothing of it is left where its files were undone: the list is empty.",
  params: z.strictObject({
    table: z.enum(NAMES, `there are ${NAMES.join(", ")}`),
    id: z.string().min(1).max(2000)
  }),
  reply: {
    description: "editions, the latest first",
    schema: z.object({editions: z.array(ProvenanceSchema)}).meta({id: "Provenances"})
  },
  handle: async ({path, desk}) => new Ready(await desk.services.figures.view("provenance", path))
});
