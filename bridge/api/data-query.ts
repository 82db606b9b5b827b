import {z} from "zod";
import {parseFilters, queryProblem, type LakeQuery} from "../../lib/lake/query.js";
import {ANSWER_FORMATS, type AnswerFormat} from "../services.js";
import {Day} from "./common.js";
import {Dataset, LayerName} from "./data.js";
import {endpoint, Ready} from "./endpoint.js";

/** Text formats are for reading; columns travel well. */
const MOST_ROWS: Readonly<Record<AnswerFormat, number>> = {
  json: 100_000,
  csv: 1_000_000,
  arrow: 10_000_000,
  parquet: 10_000_000
};

const MEDIA: Readonly<Record<AnswerFormat, string>> = {
  json: "application/json",
  csv: "text/csv",
  arrow: "application/vnd.apache.arrow.stream",
  parquet: "application/vnd.apache.parquet"
};

const List = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean)
);

const Filters = z
  .string()
  .max(2000)
  .transform((text, context) => {
    try {
      return parseFilters(text);
    } catch (error) {
      context.addIssue({code: "custom", message: (error as Error).message});
      return z.NEVER;
    }
  });

const QuerySchema = z
  .strictObject({
    dataset: Dataset,
    layer: LayerName,
    columns: List.prefault("").meta({description: "names with commas between; all when absent"}),
    symbols: List.prefault("").meta({
      description: "symbols, series, or currency pairs such as EURUSD, with commas between; all when absent",
      example: "^GSPC,AAPL"
    }),
    from: Day.exactOptional(),
    to: Day.exactOptional(),
    filters: Filters.prefault("").meta({
      description: "conditions on columns with semicolons between: = != < <= > >=",
      example: "close>100;volume>=1000000"
    }),
    order: z.enum(["asc", "desc"]).default("asc").meta({description: "desc: the last rows, from the end"}),
    limit: z
      .string()
      .regex(/^\d{1,9}$/, "a limit is a whole number")
      .transform(Number)
      .prefault("1000")
      .meta({
        description: `rows at most: ${ANSWER_FORMATS.map((format) => `${MOST_ROWS[format].toLocaleString("en")} as ${format}`).join(", ")}`
      }),
    format: z.enum(ANSWER_FORMATS).default("json")
  })
  .superRefine(({dataset, columns, filters, from, to, limit, format}, context) => {
    const wrong = (where: string, message: string | null) => {
      if (message !== null) context.addIssue({code: "custom", message, path: [where]});
    };
    wrong("columns", queryProblem(dataset.kind, {columns, filters}));
    wrong(
      "from",
      from !== undefined && to !== undefined && from > to ? `from ${from} is after to ${to}` : null
    );
    const most = MOST_ROWS[format];
    wrong("limit", limit > most ? `at most ${most.toLocaleString("en")} rows as ${format}` : null);
  });

export const dataQuery = endpoint({
  method: "get",
  path: "/api/data/query",
  tag: "data",
  summary: "Rows of a dataset: chosen columns, symbols, days and conditions",
  description:
    "As JSON each row is a list of values, in the order of `columns`; times are ISO 8601 UTC, days ISO, what is not given " +
    "is null. As Arrow and Parquet times are timestamps in UTC, days dates. `Rows-Matching` tells how many rows match.",
  query: QuerySchema,
  problems: [404],
  reply: {
    description: "rows in the format asked for",
    schema: z
      .object({
        dataset: z.string(),
        columns: z.array(z.object({name: z.string(), type: z.enum(["text", "time", "day", "number"])})),
        rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
        matches: z.int().meta({description: "rows that match, shown or not"})
      })
      .meta({id: "DataRows"}),
    also: [MEDIA.csv, MEDIA.arrow, MEDIA.parquet]
  },
  async handle({query: {dataset: id, format, from, to, ...rest}, desk}) {
    const query: LakeQuery = {...rest, id, ...(from !== undefined && {from}), ...(to !== undefined && {to})};
    const {bytes, matches, version} = await desk.services.lake.query(query, format);
    const name = `${Object.values(id).join("-")}.${format}`;
    return new Ready(bytes, {
      "Content-Type": MEDIA[format],
      "Rows-Matching": String(matches),
      "Lake-Version": String(version),
      ...(format !== "json" && {"Content-Disposition": `attachment; filename="${name}"`})
    });
  }
});
