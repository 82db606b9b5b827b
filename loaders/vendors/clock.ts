import type {Reply, Web} from "../web.js";
import {VendorError} from "./vendor.js";

const MOST_APART_MS = 3_600_000;

/**
 * Returns the moment at which a reply was made, milliseconds since 1970 UTC: the earlier of our clock and the vendor's
 * (`Date`), since what closes after it may still change.
 * @throws VendorError `refused` when the clocks are more than an hour apart: open bars would be taken for closed ones
 */
export function madeAt({headers}: Pick<Reply, "headers">, web: Pick<Web, "now">, name: string): number {
  const ours = web.now().getTime();
  const theirs = Date.parse(headers.get("date") ?? "");
  const apart = ours - theirs;
  if (Math.abs(apart) > MOST_APART_MS) {
    const hours = `${Math.round(Math.abs(apart) / 3_600_000)} h ${apart > 0 ? "ahead of" : "behind"}`;
    throw new VendorError(
      "refused",
      `this machine's clock is ${hours} ${name}'s: set it right, or open bars are taken for closed ones`
    );
  }
  return apart > 0 ? theirs : ours;
}
