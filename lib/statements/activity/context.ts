import type {Warnings} from "../warnings.js";
import {assetCategory} from "./asset-categories.js";
import type {FieldReader, Fields} from "./fields.js";
import type {Instruments} from "./instruments.js";
import {cell, type Line, type Section} from "./sections.js";
import {SectionTotals} from "./totals.js";
import type {RowWriter} from "./writer.js";

/** What the sections of one file are read with. */
export interface Context {
  reader: FieldReader;
  writer: RowWriter;
  warnings: Warnings;
  instruments: Instruments;
  /** Base currency; undefined where the file says none. */
  base: string | undefined;
  from: string;
  to: string;
  /** Rates to base at the end of the period, by currency. */
  rates: ReadonlyMap<string, string>;
}

/** Returns the check of a section's own totals. */
export function totalsOf({name}: Section, {writer, warnings}: Context): SectionTotals {
  return new SectionTotals(name, writer, warnings);
}

/** Gives a row Flex's code for its asset category; a name that is none stays, with a warning. */
export function categorize(fields: Fields, {warnings}: Context, section: string): void {
  if (fields.assetCategory === undefined) return;
  const code = assetCategory(fields.assetCategory);
  if (code === undefined) warnings.count("unknown-category", section);
  else fields.assetCategory = code;
}

const LABELS = ["DataDiscriminator", "Subtitle", "Asset Category", "Asset Class", "Currency"];

/** Returns the words by which a line says that it is a total, not a row: `Total in USD`; "" for a row. */
export function totalLabel(line: Line): string {
  if (line.kind !== "Data") return line.kind;
  for (const column of LABELS) {
    const text = cell(line, column);
    if (/^(?:Total|SubTotal|Starting|Ending)\b/i.test(text)) return text;
  }
  return "";
}

/** Returns those of a row's figures that add up. */
export function figuresOf(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))
  );
}

/** Returns the category, currency and symbol that a row, or the total of a group of rows, names. */
export function groupOf(line: Line): [string, string, string] {
  return [
    cell(line, "Asset Category") || cell(line, "Asset Class"),
    cell(line, "Currency"),
    cell(line, "Symbol")
  ];
}
