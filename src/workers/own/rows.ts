import type {Packed} from "../../lib/ledger/archive.js";
import {rowLine} from "../../lib/ledger/kept-file.js";
import type {StatementRow} from "../../lib/statements/statement.js";
import type {OwnFile, Vault} from "./vault.js";

/** Characters of rows that are compressed together. */
const PART = 1 << 20;

interface Open {
  text: string[];
  length: number;
  parts: number;
}

/** Writes a file's rows as they are read: by element, in parts of compressed lines. */
export class RowWriter {
  readonly #vault: Vault;
  readonly #id: string;
  readonly #open = new Map<string, Open>();

  constructor(vault: Vault, id: string) {
    this.#vault = vault;
    this.#id = id;
  }

  add(row: StatementRow): void {
    let open = this.#open.get(row.element);
    if (!open) this.#open.set(row.element, (open = {text: [], length: 0, parts: 0}));
    const line = rowLine(row);
    open.text.push(line);
    open.length += line.length;
  }

  /** Writes the parts that are full. */
  async flush(): Promise<void> {
    for (const [element, open] of this.#open) if (open.length >= PART) await this.#write(element, open);
  }

  /** Writes what is left; returns the elements. */
  async end(): Promise<OwnFile["elements"]> {
    for (const [element, open] of this.#open) if (open.length) await this.#write(element, open);
    return [...this.#open].map(([element, {parts}]) => ({element, parts}));
  }

  async #write(element: string, open: Open): Promise<void> {
    const text = `${open.text.join("\n")}\n`;
    Object.assign(open, {text: [], length: 0});
    await this.#vault.putPart(this.#id, element, open.parts++, await gzip([text]));
  }
}

/** Reads the rows of one element of a file. */
export async function* readRows(
  vault: Vault,
  file: OwnFile,
  element: string
): AsyncGenerator<StatementRow[]> {
  for await (const text of readParts(vault, file, element)) {
    yield text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as StatementRow); // as RowWriter wrote it
  }
}

/** Reads the rows of one element of a file, or of all, as lines of JSON. */
async function* readParts(vault: Vault, file: OwnFile, only?: string): AsyncGenerator<string> {
  for (const {element, parts} of file.elements) {
    if (only !== undefined && element !== only) continue;
    for (let n = 0; n < parts; ++n) yield gunzip(await vault.part(file.id, element, n));
  }
}

/** Returns texts as one compressed file. */
export async function gzip(
  texts: Iterable<string> | AsyncIterable<string>
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const encoder = new TextEncoder();
  const written = (async () => {
    for await (const text of texts) await writer.write(encoder.encode(text));
    await writer.close();
  })();
  const [bytes] = await Promise.all([new Response(stream.readable).arrayBuffer(), written]);
  return new Uint8Array(bytes);
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Response(unzipped(bytes)).text();
}

/** Returns a compressed file's text in pieces. */
export async function* gunzipText(bytes: Uint8Array): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = unzipped(new Uint8Array(bytes)).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    yield decoder.decode(read.value, {stream: true});
  }
  yield decoder.decode();
}

function unzipped(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
}

/** Returns a file with all its rows as one compressed file, for an export. */
export async function packFile(vault: Vault, file: OwnFile): Promise<Packed> {
  let lines = 0;
  async function* texts(): AsyncGenerator<string> {
    for await (const text of readParts(vault, file)) {
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ++lines;
      yield text;
    }
  }
  const bytes = await gzip(texts());
  return {file, lines, bytes};
}
