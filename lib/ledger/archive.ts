/**
 * Everything that a store holds as one file: a tar archive of `manifest.json`, for each imported file its rows as
 * gzipped lines of JSON, and `SHA256SUMS` over all of them. The store of the bridge and the one in the browser write
 * and read the same.
 */
import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex} from "@noble/hashes/utils.js";
import {z} from "zod";
import {damaged, readTar, tarEnd, tarHeader, tarPadding, type Entry} from "../archive/tar.js";
import type {StatementRow} from "../statements/statement.js";
import {
  entryProblem,
  isTagId,
  RULE_FIELDS,
  RULE_MATCHES,
  ruleProblem,
  TAGGED_KINDS,
  type TagBook
} from "./tags/tag.js";
import {KeptFileSchema, parseRowLine, type KeptFile} from "./kept-file.js";

/** What a store holds: files with their rows, and the person's own tags. */
export interface Holdings {
  files: readonly Packed[];
  tags: TagBook;
}

/** A file of a store with its rows, gzipped lines of JSON as `rowLine` writes them. */
export interface Packed {
  file: KeptFile;
  lines: number;
  bytes: Uint8Array;
}

const MANIFEST = "manifest.json";
const SUMS = "SHA256SUMS";

const Tags = z.strictObject({
  entries: z.array(
    z
      .strictObject({
        kind: z.enum(TAGGED_KINDS),
        account: z.string().min(1),
        id: z.string().refine(isTagId),
        tags: z.array(z.string()),
        note: z.string()
      })
      .refine((entry) => entryProblem(entry) === null)
  ),
  rules: z.array(
    z
      .strictObject({
        tag: z.string(),
        field: z.enum(RULE_FIELDS),
        match: z.enum(RULE_MATCHES),
        value: z.string()
      })
      .refine((rule) => ruleProblem(rule) === null)
  )
}) satisfies z.ZodType<TagBook>;

const Manifest = z.strictObject({
  format: z.literal("tearsheet"),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  tags: Tags,
  files: z.array(
    z.strictObject({
      file: KeptFileSchema,
      rows: z.strictObject({path: z.string(), lines: z.int().nonnegative()})
    })
  )
});

// as decode.ts has it
const {TextEncoder, TextDecoder} = globalThis as unknown as {
  TextEncoder: new () => {encode(text: string): Uint8Array};
  TextDecoder: new () => {decode(bytes: Uint8Array): string};
};

/**
 * Returns the pieces of an archive.
 * @param now ISO 8601 UTC
 */
export function* writeArchive({files, tags}: Holdings, now: string): Generator<Uint8Array> {
  const pathOf = ({file}: Packed) => `rows/${file.sha256}.ndjson.gz`;
  const manifest = {
    format: "tearsheet",
    version: 1,
    exportedAt: now,
    tags: {
      entries: tags.entries.map(({kind, account, id, tags: words, note}) => ({
        kind,
        account,
        id,
        tags: words,
        note
      })),
      rules: tags.rules.map(({tag, field, match, value}) => ({tag, field, match, value}))
    },
    files: files.map((one) => ({
      file: keptOnly(one.file),
      rows: {path: pathOf(one), lines: one.lines}
    }))
  } satisfies z.input<typeof Manifest>;
  let sums = "";
  const add = (name: string, bytes: Uint8Array) => {
    sums += sumLine(name, bytes);
    return entry(name, bytes);
  };
  yield* add(MANIFEST, new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`));
  for (const one of files) yield* add(pathOf(one), one.bytes);
  yield* entry(SUMS, new TextEncoder().encode(sums));
  yield tarEnd();
}

/** As `sha256sum` prints and checks it. */
function sumLine(name: string, bytes: Uint8Array): string {
  return `${bytesToHex(sha256(bytes))}  ${name}\n`;
}

function* entry(name: string, bytes: Uint8Array): Generator<Uint8Array> {
  yield tarHeader(name, bytes.length);
  yield bytes;
  yield tarPadding(bytes.length);
}

/** Without what only one of the stores keeps of a file. */
function keptOnly({
  sha256: hash,
  name,
  format,
  bytes,
  rows,
  importedAt,
  warnings,
  statements,
  presence
}: KeptFile) {
  return {
    sha256: hash,
    name,
    format,
    bytes,
    rows,
    importedAt,
    warnings: [...warnings],
    statements: [...statements],
    presence: [...presence]
  };
}

/** How an archive's rows are unpacked: gzip is the platform's. */
export type Gunzip = (bytes: Uint8Array) => AsyncIterable<string>;

/** A file out of an archive. */
export interface Unpacked {
  file: KeptFile;
  /** Its rows, each checked, a piece of them at a time; to be read to the end before the next file. */
  rows: AsyncIterable<StatementRow[]>;
}

/**
 * Reads an archive: its tags, then file by file. What it gave is to be thrown away if it, or reading on, throws.
 * @param gunzip gives the text of gzipped bytes, in pieces
 * @throws StatementError `damaged` if the archive is not whole, or a checksum, a count or a row is wrong
 */
export async function readArchive(
  chunks: AsyncIterable<Uint8Array>,
  gunzip: Gunzip
): Promise<{tags: TagBook; files: AsyncIterable<Unpacked>}> {
  const entries = readTar(chunks);
  const first = await entries.next();
  if (first.done || first.value.name !== MANIFEST) throw damaged("it has no manifest");
  const manifest = Manifest.safeParse(jsonOf(new TextDecoder().decode(first.value.bytes)));
  if (!manifest.success) throw damaged("its manifest is not understood, perhaps it is of a newer Tearsheet");
  const {tags, files} = manifest.data;
  return {tags, files: readFiles(files, entries, gunzip, sumLine(MANIFEST, first.value.bytes))};
}

async function* readFiles(
  files: z.infer<typeof Manifest>["files"],
  entries: AsyncGenerator<Entry>,
  gunzip: Gunzip,
  firstSum: string
): AsyncGenerator<Unpacked> {
  let sums = firstSum;
  for (const {file, rows} of files) {
    const next = await entries.next();
    if (next.done || next.value.name !== rows.path) throw damaged(`the rows of ${file.name} are not in it`);
    const {bytes} = next.value;
    sums += sumLine(rows.path, bytes);
    const counter = {lines: 0};
    yield {file, rows: rowsOf(file, whole(file, gunzip(bytes)), counter)};
    if (counter.lines !== rows.lines) throw damaged(`rows of ${file.name} are missing`);
  }
  const last = await entries.next();
  if (last.done || last.value.name !== SUMS || new TextDecoder().decode(last.value.bytes) !== sums)
    throw damaged("its checksums do not agree");
}

/** What cannot be unpacked was changed. */
async function* whole(file: KeptFile, texts: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* texts;
  } catch {
    throw damaged(`the rows of ${file.name} were changed`);
  }
}

/** Returns a store's tags with those of an archive that it has not: on one thing, its own stay. */
export function joinTags(own: TagBook, restored: TagBook): TagBook {
  const nameOf = ({kind, account, id}: TagBook["entries"][number]) => JSON.stringify([kind, account, id]);
  const ruleOf = ({tag, field, match, value}: TagBook["rules"][number]) =>
    JSON.stringify([tag, field, match, value]);
  const [names, rules] = [new Set(own.entries.map(nameOf)), new Set(own.rules.map(ruleOf))];
  return {
    entries: [...own.entries, ...restored.entries.filter((entry) => !names.has(nameOf(entry)))],
    rules: [...own.rules, ...restored.rules.filter((rule) => !rules.has(ruleOf(rule)))]
  };
}

async function* rowsOf(
  file: KeptFile,
  texts: AsyncIterable<string>,
  counter: {lines: number}
): AsyncGenerator<StatementRow[]> {
  let rest = "";
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    counter.lines += lines.length;
    yield lines.map((line) => parseRowLine(line, file));
  }
  if (rest) throw damaged(`the rows of ${file.name} end within a line`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no manifest, as its schema says
  }
}
