/** What the oracle reads: rows of a statement, as any parser gives them, and nothing else. */
import type {StatementRow} from "../../lib/statements/statement.js";
import {Fraction} from "./fraction.js";

export type Row = Pick<StatementRow, "section" | "element" | "account" | "day" | "level" | "fields">;

/** The number under a name; zero when it is not given. */
export function number(row: Row, name: string): Fraction {
  return given(row, name) ?? Fraction.ZERO;
}

/** The number under a name; undefined when it is not given. */
export function given({fields}: Row, name: string): Fraction | undefined {
  const text = fields[name];
  return text === undefined ? undefined : Fraction.parse(text);
}

/** Whether a list of codes has one of some (ibkr.md 2.1 g). */
export function hasCode({fields}: Row, ...codes: string[]): boolean {
  return (fields["notes"] ?? "").split(";").some((code) => codes.includes(code.trim()));
}

/** The value of a key, made when there is none. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key) as V; // it was just made
}
