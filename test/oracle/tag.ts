/** Elements whose data is all in attributes, as Flex writes them. */
import type {Fraction} from "./fraction.js";

/** A text, an ISO day or time, or a number; undefined is left out. */
export type Value = string | Fraction | undefined;

/** What an event knows and no statement says. */
const HIDDEN = new Set(["costShare"]);

const DECIMALS = 12;

/** An element without content. */
export function tag(element: string, values: Readonly<Record<string, Value>>): string {
  const attributes = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || HIDDEN.has(name)
      ? []
      : [` ${name}="${typeof value === "string" ? printed(value) : value.text(DECIMALS)}"`]
  );
  return `<${element}${attributes.join("")} />\n`;
}

/** Days and times as IBKR prints them, `20260302;103000`. */
function printed(text: string): string {
  const time = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?$/.exec(text);
  if (!time) return text.replaceAll("&", "&amp;");
  const [, day, clock] = time;
  return day.replaceAll("-", "") + (clock ? `;${clock.replaceAll(":", "")}` : "");
}
