import {Transform} from "node:stream";
import type {Request} from "express";
import {z} from "zod";
import type {StatementInspection} from "../../lib/statements/inspect.js";
import {STATEMENT_FORMATS} from "../../lib/statements/statement.js";
import type {QueryGap} from "../../lib/statements/query-check.js";
import type {ImportedFile} from "../../lib/ledger/views.js";
import type {ImportOptions} from "../jobs/import-pool.js";
import {Problem} from "../problem.js";
import type {ImportReport} from "../store/import.js";
import {AccountId, Day, Decimal, Time} from "./common.js";
import {endpoint, Ready, type Desk} from "./endpoint.js";

const LARGEST = 4 * 1024 ** 3;

const Warning = z.object({code: z.string(), where: z.string(), count: z.int()});

const Sum = Decimal.exactOptional();

const Statement = z
  .object({
    account: z.string(),
    base: z.string().nullable(),
    from: z.string(),
    to: z.string(),
    generated: z.string(),
    trades: z.array(
      z.object({
        currency: z.string(),
        category: z.string(),
        count: z.int(),
        quantity: Sum,
        proceeds: Sum,
        commission: Sum,
        netCash: Sum,
        realized: Sum
      })
    ),
    cash: z.array(z.object({currency: z.string(), type: z.string(), count: z.int(), sum: Sum})),
    positions: z.object({count: z.int(), value: Sum, cost: Sum, unrealized: Sum}).exactOptional(),
    nav: z.object({start: Sum, end: Sum, twr: Sum, parts: z.record(z.string(), Decimal)}).exactOptional(),
    cashReport: z.array(z.object({currency: z.string(), start: Sum, end: Sum})).exactOptional(),
    counts: z.record(z.string(), z.int())
  })
  .meta({
    id: "Statement",
    description: "as `tearsheet inspect --json` prints it"
  }) satisfies z.ZodType<StatementInspection>;

export const QueryGaps = z
  .array(
    z.object({
      section: z.string(),
      box: z.string(),
      why: z.string(),
      severity: z.enum(["needed", "advised"])
    })
  )
  .meta({description: "boxes to tick in the Flex query"}) satisfies z.ZodType<QueryGap[]>;

const Counts = {
  new: z.int(),
  same: z.int(),
  changed: z.int(),
  retired: z.int().meta({description: "rows that counted before and do no longer"})
};

export const Report = z
  .object({
    file: z.string(),
    sha256: z.string(),
    format: z.enum(STATEMENT_FORMATS).nullable(),
    known: z.boolean().meta({description: "the file was there already: nothing changed"}),
    statements: z.array(Statement),
    ...Counts,
    sections: z.array(z.object({section: z.string(), ...Counts})),
    warnings: z.array(Warning),
    errors: z.array(z.object({code: z.string(), message: z.string(), where: z.string()})),
    missing: QueryGaps
  })
  .meta({id: "ImportReport"}) satisfies z.ZodType<ImportReport>;

export const File = z
  .object({
    sha256: z.string(),
    name: z.string(),
    format: z.string(),
    bytes: z.int(),
    importedAt: Time,
    accounts: z.array(z.string()).readonly(),
    from: Day.nullable(),
    to: Day.nullable(),
    rows: z.int(),
    warnings: z.int()
  })
  .meta({id: "ImportedFile"}) satisfies z.ZodType<ImportedFile>;

export const importFile = endpoint({
  method: "post",
  path: "/api/import",
  tag: "imports",
  summary: "Store the statement that the body is",
  description:
    "The body is the file itself, one a request, read as it comes. The file is not kept, only its rows. " +
    "A file that is refused changes nothing. The first real file takes DEMO off.",
  query: z.strictObject({
    name: z
      .string()
      .min(1)
      .max(255)
      .default("statement")
      .meta({description: "the file's name, as it is shown"}),
    account: AccountId.exactOptional().meta({description: "refuse a file of any other account"}),
    preview: z
      .enum(["1"])
      .exactOptional()
      .meta({description: "tell what the import would do, and do nothing"}),
    dateFormat: z
      .enum(["mdy", "dmy"])
      .exactOptional()
      .meta({description: "how to read slash dates where day and month cannot be told apart"})
  }),
  body: ["application/octet-stream", "application/xml", "text/xml", "text/csv", "text/plain"],
  problems: [413, 415, 422, 507],
  reply: {description: "what the file holds and what it changed", schema: Report},
  handle: ({query: {preview, ...query}, request, desk}) =>
    store({...query, preview: preview !== undefined}, request, desk)
});

/** Runs the import as a job, so that every page sees how far it is; a browser that goes away ends it. */
async function store(
  options: {name: string} & ImportOptions,
  request: Request,
  {services}: Desk
): Promise<ImportReport> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST) throw tooLarge();
  const limited = limit(LARGEST);
  const gone = new AbortController();
  request.once("error", (error) => gone.abort(error)).pipe(limited);
  return services.jobs.run(options.preview ? "preview" : "import", async (report, signal) => {
    const result = await services.imports.add(limited, {
      ...options,
      signal: AbortSignal.any([signal, gone.signal]),
      onProgress: ({phase, done, total, rows}) => {
        const message = `${PHASES[phase]} ${options.name}: ${rows} rows`;
        report(phase === "read" || total === null ? {message} : {message, done, total});
      }
    });
    const {file, sha256, known, new: added, same, changed, retired} = result;
    return {
      message: known
        ? `${file} was here already`
        : `${file}${options.preview ? " would bring" : ""}: ${added} new, ${changed} changed`,
      result,
      told: {file, sha256, known, new: added, same, changed, retired}
    };
  });
}

const PHASES = {read: "reading", store: "storing", merge: "merging"} as const;

export const imports = endpoint({
  method: "get",
  path: "/api/imports",
  tag: "imports",
  summary: "The files that the ledger is made of",
  reply: {
    description: "files, the latest import first",
    schema: z.object({files: z.array(File)}).meta({id: "Imports"})
  },
  handle: async ({desk}) => new Ready(await desk.services.figures.view("files", {}))
});

export const undoImport = endpoint({
  method: "delete",
  path: "/api/imports/{sha256}",
  tag: "imports",
  summary: "Take a file out of the ledger, as if it had never been imported",
  params: z.strictObject({sha256: z.string().regex(/^[0-9a-f]{64}$/, "a hash has 64 hexadecimal digits")}),
  problems: [404],
  reply: {
    description: "it is out",
    schema: z.object({sha256: z.string(), undone: z.literal(true)}).meta({id: "Undone"})
  },
  async handle({path: {sha256}, desk}) {
    if (await desk.services.imports.undo(sha256)) return {sha256, undone: true as const};
    throw new Problem(
      404,
      "no-such-file",
      `no imported file has the hash ${sha256}: /api/imports lists them`
    );
  }
});

/** Ends a body that grows too large: a chunked one does not say its length beforehand. */
function limit(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > most) done(tooLarge());
      else done(null, chunk);
    }
  });
}

const tooLarge = () =>
  new Problem(413, "too-large", `the file is larger than ${LARGEST / 1024 ** 3} GiB: split it by year`);
