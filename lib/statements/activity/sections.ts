import {englishName} from "../csv/dictionary.js";
import {refusal} from "../refusal.js";
import type {Warnings} from "../warnings.js";

/** What the second cell of a line says that it is. */
export type LineKind = "Data" | "SubTotal" | "Total";

/** One line of a section, bound to the header above it. */
export interface Line {
  kind: LineKind;
  /** Place in the file, from 1. */
  line: number;
  /** Which of the section's headers it stands under, from 0. */
  block: number;
  columns: Columns;
  cells: readonly string[];
}

/** A section as it is printed: its headers in turn, and the lines under them. */
export interface Section {
  name: string;
  blocks: Columns[];
  lines: Line[];
}

/** Cells before the first column: section and kind of line. */
const LEAD = 2;
const KINDS = new Set<string>(["Data", "SubTotal", "Total"]);
/** Lines that hold no figures. */
const REMARKS = new Set(["Notes", "MetaInfo"]);
/** Columns that may be missing at the end of a line: programs that save a file again cut what is empty. */
const OPTIONAL = new Set(["", "Code"]);

/** The columns of a header: by name, the first of each; a currency in a name is set apart (`Comm in USD`: `Comm in *`). */
export class Columns {
  readonly names: readonly string[];
  readonly #places = new Map<string, number>();
  readonly #currencies = new Map<string, string>();

  constructor(cells: readonly string[]) {
    this.names = cells.slice(LEAD).map((cell) => {
      const name = englishName(cell.trim());
      const [, what, currency] = / in [A-Z]{3}$/.test(name) ? (/^(.*) in (...)$/.exec(name) ?? []) : [];
      if (what === undefined) return name;
      this.#currencies.set(`${what} in *`, currency);
      return `${what} in *`;
    });
    for (const [i, name] of this.names.entries()) {
      if (name && !this.#places.has(name)) this.#places.set(name, i);
    }
  }

  /** Returns the place of a column among the cells of a line; undefined if there is none. */
  place(name: string): number | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : place + LEAD;
  }

  /** Returns the currency that a column's name tells; undefined if it tells none. */
  currencyOf(name: string): string | undefined {
    return this.#currencies.get(name);
  }
}

/** Returns what a line has in a column, without white space around; "" if it has no such column. */
export function cell({columns, cells}: Line, name: string): string {
  const place = columns.place(name);
  return place === undefined ? "" : (cells[place] ?? "").trim();
}

/** Gathers the lines of a statement by section; each is bound to the latest header of its section. */
export class Sections {
  readonly #sections = new Map<string, Section>();
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /**
   * @param open whether the file ends without ending this line: then what is missing was cut off
   * @throws StatementError `bad-columns` or, at the end of the file, `truncated` if a line does not fit its header
   */
  add(cells: readonly string[], line: number, open = false): void {
    if (cells.every((text) => text.trim() === "")) return;
    const name = englishName(cells[0].trim());
    const kind = (cells[1] ?? "").trim();
    if (kind === "Header") {
      const section = this.#sections.get(name) ?? {name, blocks: [], lines: []};
      section.blocks.push(new Columns(cells));
      this.#sections.set(name, section);
    } else if (KINDS.has(kind)) this.#line(name, kind as LineKind, cells, line, open);
    else if (open && cells.length <= LEAD) throw cutOff(line);
    else if (!REMARKS.has(kind))
      this.#warnings.count("unexpected-text", this.#sections.has(name) ? name : "");
  }

  get(name: string): Section | undefined {
    return this.#sections.get(name);
  }

  [Symbol.iterator](): Iterator<Section> {
    return this.#sections.values();
  }

  #line(name: string, kind: LineKind, cells: readonly string[], line: number, open: boolean): void {
    const section = this.#sections.get(name);
    const columns = section?.blocks.at(-1);
    if (!section || !columns) throw misfit(name, line, "stands before a header of its section");
    const expected = columns.names.length;
    const missing = columns.names.slice(cells.length - LEAD);
    if (cells.length - LEAD < expected && !missing.every((column) => OPTIONAL.has(column))) {
      if (open) throw cutOff(line);
      throw misfit(name, line, `has ${cells.length - LEAD} cells where its header has ${expected}`);
    }
    if (cells.slice(LEAD + expected).some((text) => text.trim() !== ""))
      throw misfit(name, line, `has ${cells.length - LEAD} cells where its header has ${expected}`);
    section.lines.push({kind, line, block: section.blocks.length - 1, columns, cells});
  }
}

function misfit(section: string, line: number, what: string) {
  return refusal(
    "bad-columns",
    `a line of ${section} ${what} (line ${line}): the download was cut off or the file was edited, download the statement again`,
    `${section}, line ${line}`
  );
}

function cutOff(line: number) {
  return refusal(
    "truncated",
    `the file ends inside a line (line ${line}): the download was cut off, download the statement again`,
    `line ${line}`
  );
}
