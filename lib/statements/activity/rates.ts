import type {FieldReader} from "./fields.js";
import {cell, type Line, type Sections} from "./sections.js";

/** Where a statement says what a currency is worth at its end, the plainest first: section, currency, rate. */
const SOURCES: readonly {section: string; currency: string; rate: string; of?: RegExp}[] = [
  {section: "Base Currency Exchange Rate", currency: "Currency", rate: "Rate"},
  {section: "Base Currency Exchange Rate", currency: "Currency", rate: "Exchange Rate"},
  {section: "Forex Balances", currency: "Description", rate: "Close Price"},
  {section: "Mark-to-Market Performance Summary", currency: "Symbol", rate: "Current Price", of: /^Forex\b/}
];

/** Returns what one unit of each currency is worth in base at the end of the period, as the statement says; none for base itself. */
export function readRates(
  sections: Sections,
  reader: FieldReader,
  base: string | undefined
): ReadonlyMap<string, string> {
  const rates = new Map<string, string>();
  if (base === undefined) return rates;
  for (const {section, currency, rate, of} of SOURCES) {
    for (const line of sections.get(section)?.lines ?? []) {
      const code = cell(line, currency);
      if (!/^[A-Z]{3}$/.test(code) || code === base || rates.has(code)) continue;
      if (of && !of.test(cell(line, "Asset Category"))) continue;
      const value = read(line, section, rate, reader);
      if (value !== "" && value !== "0" && !value.startsWith("-")) rates.set(code, value);
    }
  }
  return rates;
}

function read(line: Line, section: string, column: string, reader: FieldReader): string {
  return reader.value(line, section, column, "ConversionRate", "rate", cell(line, column));
}
