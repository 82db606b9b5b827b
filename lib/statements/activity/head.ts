import {unknownLanguage} from "../csv/dictionary.js";
import {isCurrency} from "../currencies.js";
import {readFlexDate} from "../../time/flex-date.js";
import {refusal, shorten} from "../refusal.js";
import {readPeriod} from "./period.js";
import {cell, type Sections} from "./sections.js";

/** What the first sections of a file say of all of it. */
export interface Head {
  title: string;
  from: string;
  to: string;
  /** `yyyy-mm-ddThh:mm:ss`; empty when not given. */
  generated: string;
  /** By field of Account Information, or of the Summary of a Transaction History. */
  account: ReadonlyMap<string, string>;
  base: string | undefined;
}

/** Returns the fields of a section that lists names and values. */
export function listed(sections: Sections, name: string): Map<string, string> {
  const lines = sections.get(name)?.lines ?? [];
  return new Map(lines.map((line) => [cell(line, "Field Name"), cell(line, "Field Value")]));
}

/**
 * Reads what a file says of itself.
 * @param about the section that tells the base currency
 * @param isKnown tells whether the name of a section is one of this format's
 * @throws StatementError `language`, `missing-period`, `bad-period` or `bad-currency`
 */
export function readHead(sections: Sections, about: string, isKnown: (section: string) => boolean): Head {
  const statement = listed(sections, "Statement");
  const account = listed(sections, about);
  const period = statement.get("Period");
  const unknown = [...sections]
    .map(({name}) => name)
    .filter((name) => name !== "Statement" && !isKnown(name));
  if (unknown.length > 0 && (period === undefined || !sections.get(about))) throw unknownLanguage(unknown, 1);
  if (period === undefined) throw missing("missing-period", "the statement does not say its period");
  const read = readPeriod(period);
  if (!read) {
    if (/[^\u0020-\u007e]/.test(period)) throw unknownLanguage([period], 1);
    throw missing("bad-period", `the statement's period is none: ${shorten(period)}`);
  }
  if (read.from > read.to)
    throw missing("bad-period", `the statement ends ${read.to}, before it starts ${read.from}`);
  const generated = readFlexDate(statement.get("WhenGenerated") ?? "", {});
  const base = account.get("Base Currency") || undefined;
  if (base !== undefined && !isCurrency(base))
    throw missing("bad-currency", `the base currency is none: ${shorten(base)}`);
  return {
    title: statement.get("Title") ?? "",
    ...read,
    generated: "value" in generated ? generated.value.slice(0, 19) : "",
    account,
    base
  };
}

function missing(code: string, what: string) {
  return refusal(code, `${what}: download the statement again, in English`, "Statement");
}
