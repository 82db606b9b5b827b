import {refusal, shorten} from "../refusal.js";
import type {StatementError} from "../statement.js";

/** A section, column or other name as IBKR prints it in a language other than English. */
export interface LocalName {
  name: string;
  english: string;
  /** Where it was seen: a file that IBKR made, or IBKR's own guide. */
  source: string;
}

/** Names in other languages. None is here by translation alone: each was seen where its source says. */
const LOCAL_NAMES: readonly LocalName[] = [];

const ENGLISH = new Map(LOCAL_NAMES.map(({name, english}) => [name, english]));

/** Returns the English name of what may be a name in another language; itself where the dictionary does not know it. */
export function englishName(name: string): string {
  return ENGLISH.get(name) ?? name;
}

const SHOWN = 8;

/** Returns the refusal of a file in a language that cannot be read, with the names that nobody knows. */
export function unknownLanguage(names: Iterable<string>, line: number): StatementError {
  const unknown = [...new Set(names)];
  const list = unknown.slice(0, SHOWN).map((name) => `"${shorten(name)}"`);
  const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : "";
  return refusal(
    "language",
    `the file is in a language that is not read, or its names are new: ${list.join(", ")}${more}: set the statement language to English and download it again`,
    `line ${line}`
  );
}
