/**
 * Everything that a store holds as one file: a tar archive of `manifest.json`, for each imported file its rows as
 * gzipped lines of JSON, and `SHA256SUMS` over all of them. The store of the bridge and the one in the browser write
 * and read the same.
 */
import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex} from "@noble/hashes/utils.js";
import {z} from "zod";
import {damaged, readTar, tarEnd, tarHeader, tarPadding} from "../archive/tar.js";
import type {StatementRow} from "../statements/statement.js";
import {KeptFileSchema, parseRowLine, type KeptFile} from "./kept-file.js";

/** A file of a store with its rows, gzipped lines of JSON as `rowLine` writes them. */
export interface Packed {
  file: KeptFile;
  lines: number;
  bytes: Uint8Array;
}

const MANIFEST = "manifest.json";
const SUMS = "SHA256SUMS";

const Manifest = z.strictObject({
  format: z.literal("tearsheet"),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
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
 * Returns the pieces of an archive of files.
 * @param now ISO 8601 UTC
 */
export function* writeArchive(files: readonly Packed[], now: string): Generator<Uint8Array> {
  const pathOf = ({file}: Packed) => `rows/${file.sha256}.ndjson.gz`;
  const manifest = {
    format: "tearsheet",
    version: 1,
    exportedAt: now,
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
 * Reads an archive file by file. What it gave is to be thrown away if it throws.
 * @param gunzip gives the text of gzipped bytes, in pieces
 * @throws StatementError `damaged` if the archive is not whole, or a checksum, a count or a row is wrong
 */
export async function* readArchive(
  chunks: AsyncIterable<Uint8Array>,
  gunzip: Gunzip
): AsyncGenerator<Unpacked> {
  const entries = readTar(chunks);
  const first = await entries.next();
  if (first.done || first.value.name !== MANIFEST) throw damaged("it has no manifest");
  let sums = sumLine(MANIFEST, first.value.bytes);
  const manifest = Manifest.safeParse(jsonOf(new TextDecoder().decode(first.value.bytes)));
  if (!manifest.success) throw damaged("its manifest is not understood, perhaps it is of a newer Tearsheet");
  for (const {file, rows} of manifest.data.files) {
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
