import {Transform} from "node:stream";
import {z} from "zod";
import type {ImportedFile} from "../../lib/ledger/views.js";
import {Problem} from "../problem.js";
import {AccountId, Day, Decimal, Time} from "./common.js";
import {endpoint} from "./endpoint.js";

const LARGEST = 4 * 1024 ** 3;

const Sums = z.record(z.string(), z.union([z.string(), z.number()]));
const Warning = z.object({code: z.string(), where: z.string(), count: z.int()});
const Statement = z.looseObject({
  account: z.string(),
  base: z.string().nullish(),
  from: z.string(),
  to: z.string(),
  generated: z.string(),
  trades: z.array(Sums),
  cash: z.array(Sums),
  positions: z.looseObject({count: z.int(), value: Decimal.exactOptional()}).exactOptional(),
  nav: z.looseObject({start: Decimal.exactOptional(), end: Decimal.exactOptional()}).exactOptional(),
  cashReport: z.array(z.looseObject({currency: z.string()})).exactOptional(),
  counts: z.record(z.string(), z.int())
});

export const ImportReport = z
  .looseObject({
    file: z.string(),
    sha256: z.string(),
    format: z.enum([
      "flex-xml",
      "flex-csv",
      "activity-csv",
      "transaction-history-csv",
      "portfolio-analyst-csv",
      "mtm-csv"
    ]),
    known: z.boolean().meta({description: "the file was there already: nothing changed"}),
    statements: z.array(Statement).meta({description: "as `tearsheet inspect --json` prints them"}),
    new: z.int(),
    same: z.int(),
    changed: z.int(),
    retired: z.int().meta({description: "rows that counted before and do no longer"}),
    warnings: z.array(Warning)
  })
  .meta({id: "ImportReport"});

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
    dateFormat: z
      .enum(["MM/dd/yyyy", "dd/MM/yyyy", "MM/dd/yy", "dd/MM/yy"])
      .exactOptional()
      .meta({description: "how to read slash dates where day and month cannot be told apart"})
  }),
  body: ["application/octet-stream", "application/xml", "text/xml", "text/csv", "text/plain"],
  problems: [413, 415, 422, 507],
  reply: {description: "what the file holds and what it changed", schema: ImportReport},
  async handle({query, request, desk}) {
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > LARGEST) throw tooLarge();
    const gone = new AbortController();
    request.once("close", () => request.complete || gone.abort());
    const limited = request.pipe(limit(LARGEST));
    request.once("error", (error) => limited.destroy(error));
    return await desk.services.imports.add(limited, {...query, signal: gone.signal});
  }
});

export const imports = endpoint({
  method: "get",
  path: "/api/imports",
  tag: "imports",
  summary: "The files that the ledger is made of",
  reply: {
    description: "files, the latest import first",
    schema: z.object({files: z.array(File)}).meta({id: "Imports"})
  },
  async handle({desk}) {
    const files = await desk.services.imports.list();
    return {
      files: files.toSorted((a, b) =>
        a.importedAt < b.importedAt ? 1 : a.importedAt > b.importedAt ? -1 : 0
      )
    };
  }
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
