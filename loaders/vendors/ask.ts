import {isDay} from "../../lib/time/day.js";
import {type Ask, type Vendor, VendorError} from "./vendor.js";

/**
 * Sees that a vendor can be asked for this at all, before anything is asked.
 * @throws VendorError `not-what-was-asked` for kinds and frequencies it does not have, and for days that are none or
 * reversed; `unknown-symbol` for a text that can be no symbol
 */
export function checkAsk(
  {name, offers}: Pick<Vendor, "name" | "offers">,
  {kind, symbol, frequency, from, to}: Ask
): void {
  const wrong = (sentence: string) => new VendorError("not-what-was-asked", sentence);
  if (!offers[kind]?.includes(frequency)) {
    const all = Object.entries(offers).flatMap(([offered, by]) => by.map((each) => `${offered} ${each}`));
    throw wrong(`${name} has no ${kind} ${frequency}: ask for ${all.join(", ")}`);
  }
  const day = [from, to].find((text) => !isDay(text));
  if (day !== undefined) throw wrong(`invalid day: ${day}: write it as 2026-01-31`);
  if (from > to) throw wrong(`reversed dates: from ${from} to ${to}`);
  if (!/^[\x21-\x7e]{1,64}$/.test(symbol) || /^\.+$/.test(symbol))
    throw new VendorError("unknown-symbol", `invalid symbol: ${JSON.stringify(symbol)}: write ${name}'s own`);
}
