import {z} from "zod";
import {COLUMNS} from "../../lib/lake/columns.js";
import {
  PROBLEM_CODES,
  type CatalogEntry,
  type LakeProblem,
  type SymbolEntry
} from "../../lib/lake/catalog.js";
import {formatDatasetId, LAYERS, parseDatasetId, type DatasetId} from "../../lib/lake/dataset.js";
import type {LakeStorage} from "../services.js";
import {Day, Time} from "./common.js";
import {endpoint} from "./endpoint.js";
import {Job} from "./jobs.js";

/** `provider/kind/universe/frequency`, read. */
export const Dataset = z
  .string()
  .max(200)
  .transform((text, context): DatasetId => {
    try {
      return parseDatasetId(text);
    } catch (error) {
      context.addIssue({code: "custom", message: (error as Error).message});
      return z.NEVER;
    }
  })
  .meta({description: "provider/kind/universe/frequency", example: "yahoo/bars/markets/1d"});

export const LayerName = z
  .enum(LAYERS)
  .default("clean")
  .meta({description: "checked rows (clean), rows as they came (raw), or rows derived from checked ones"});

const Entry = z
  .object({
    dataset: z.string().meta({example: "yahoo/bars/markets/1d"}),
    layer: z.enum(LAYERS),
    source: z.string().meta({description: "vendor, as a person reads it"}),
    rows: z.int(),
    symbols: z.int(),
    from: Day.nullable(),
    to: Day.nullable(),
    bytes: z.int(),
    parts: z.int(),
    lastPull: z.object({at: Time, ok: z.boolean(), message: z.string()}).nullable(),
    staleDays: z
      .int()
      .nullable()
      .meta({description: "days between the last row and the last day that could have one"}),
    problems: z.int(),
    tracked: z.boolean().meta({description: "whether update-all asks for it"})
  })
  .meta({id: "CatalogEntry"}) satisfies z.ZodType<CatalogEntry>;

const SymbolRow = z
  .object({
    symbol: z.string(),
    name: z.string(),
    unit: z.string(),
    from: Day,
    to: Day,
    rows: z.int()
  })
  .meta({id: "SymbolEntry"}) satisfies z.ZodType<SymbolEntry>;

const ProblemRow = z
  .object({
    dataset: z.string(),
    code: z.enum(PROBLEM_CODES),
    symbol: z.string().meta({description: "empty where it is the dataset's"}),
    day: Day.nullable(),
    sentence: z.string(),
    state: z
      .enum(["quarantined", "kept", "refused"])
      .meta({description: "kept beside the lake, kept in it and listed, or a whole part set aside"})
  })
  .meta({id: "LakeProblem"}) satisfies z.ZodType<LakeProblem & {dataset: string}>;

export const catalog = endpoint({
  method: "get",
  path: "/api/data/catalog",
  tag: "data",
  summary: "The datasets of the lake: rows, days, freshness, size, last pull, problems",
  reply: {
    description: "a dataset each, the columns of each kind, bytes on disk",
    schema: z
      .object({
        datasets: z.array(Entry),
        columns: z
          .record(
            z.string(),
            z.array(
              z.object({
                name: z.string(),
                type: z.enum(["text", "time", "day", "number"]),
                meaning: z.string()
              })
            )
          )
          .meta({description: "columns of each kind of rows, in order"}),
        storage: z.object({
          dir: z.string(),
          parts: z.int(),
          replies: z.int().meta({description: "vendors' replies as they came"}),
          quarantine: z.int(),
          catalog: z.int()
        }) satisfies z.ZodType<LakeStorage>,
        nextUpdate: Time.nullable().meta({
          description: "when what is new is pulled by itself, by LAKE_UPDATE_CRON"
        })
      })
      .meta({id: "Catalog"})
  },
  async handle({desk: {services}}) {
    const [datasets, storage] = await Promise.all([services.lake.catalog(), services.lake.storage()]);
    return {datasets, columns: COLUMN_LISTS, storage, nextUpdate: services.lake.nextUpdate()};
  }
});

const COLUMN_LISTS = Object.fromEntries(
  Object.entries(COLUMNS).map(([kind, columns]) => [
    kind,
    Object.entries(columns).map(([name, {type, meaning}]) => ({name, type, meaning}))
  ])
);

export const datasetSymbols = endpoint({
  method: "get",
  path: "/api/data/symbols",
  tag: "data",
  summary: "The symbols, series or currency pairs of a dataset",
  query: z.strictObject({dataset: Dataset, layer: LayerName}),
  problems: [404],
  reply: {
    description: "one each, with its days",
    schema: z.object({symbols: z.array(SymbolRow)}).meta({id: "DatasetSymbols"})
  },
  handle: async ({query: {dataset, layer}, desk}) => ({
    symbols: await desk.services.lake.symbols(layer, dataset)
  })
});

export const dataProblems = endpoint({
  method: "get",
  path: "/api/data/problems",
  tag: "data",
  summary: "What checks found in rows and parts",
  query: z.strictObject({dataset: Dataset.exactOptional()}),
  reply: {
    description: "a sentence each",
    schema: z.object({problems: z.array(ProblemRow)}).meta({id: "LakeProblems"})
  },
  handle: async ({query: {dataset}, desk}) => ({
    problems: await desk.services.lake.problems(dataset && formatDatasetId(dataset))
  })
});

const checked = z.strictObject({
  dataset: Dataset.exactOptional().meta({description: "of this dataset alone; all when absent"})
});

const nameOf = (dataset: DatasetId) => ({dataset: formatDatasetId(dataset)});

export const verify = endpoint({
  method: "post",
  path: "/api/data/verify",
  tag: "data",
  summary: "Check the lake: parts against their checksums, gaps, duplicates",
  description: "Answers at once; the job's result is what it found.",
  body: checked,
  problems: [404, 415],
  reply: {status: 202, description: "the job that checks", schema: Job},
  handle: ({body: {dataset}, desk}) =>
    desk.services.lake.verify({...(dataset && nameOf(dataset)), repair: false})
});

export const repair = endpoint({
  method: "post",
  path: "/api/data/repair",
  tag: "data",
  summary:
    "Check the lake and put right what can be: parts that someone edited are set aside, lost ones listed",
  description: "Answers at once; the job's result is what it found and did.",
  body: checked,
  problems: [404, 415, 507],
  reply: {status: 202, description: "the job that repairs", schema: Job},
  handle: ({body: {dataset}, desk}) =>
    desk.services.lake.verify({...(dataset && nameOf(dataset)), repair: true})
});
