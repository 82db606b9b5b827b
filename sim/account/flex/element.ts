/** XML elements whose data is all in attributes, as Flex writes them. */

import {formatAmount, type Amount} from "../../../lib/money/amount.js";

/** An attribute's value: a decimal, a text, an ISO date or `date;time`; undefined is left out. */
export type Value = string | Amount | undefined;

const ESCAPES: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ESCAPES[char]);

const ISO_DAY = /^(\d{4})-(\d\d)-(\d\d)/;

/** ` name="value"` for each attribute that has a value; dates lose their dashes. */
export function attributes(values: Readonly<Record<string, Value>>): string {
  let text = "";
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    const printed =
      typeof value === "bigint" ? formatAmount(value) : escaped(value.replace(ISO_DAY, "$1$2$3"));
    text += ` ${name}="${printed}"`;
  }
  return text;
}

/** An element without content. */
export const leaf = (name: string, text: string): string => `<${name}${text} />\n`;

/** A container of rows; IBKR prints it empty when it has none. */
export function container(name: string, rows: string): string {
  return rows ? `<${name}>\n${rows}</${name}>\n` : `<${name} />\n`;
}

/** `20261120;063000` of an ISO instant. */
export const compactInstant = (instant: string): string => instant.replaceAll(/[-:]/g, "").replace("T", ";");
