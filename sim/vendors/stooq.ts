/** Stooq's CSV download, which hides behind a proof-of-work page since July 2026. */

import {type PriceBars, priceBars, splitFactor} from "./price-bars.js";
import {answer, away, type VendorSim} from "./vendor.js";
import {isoOf, weekdayOf} from "./world/days.js";
import type {Listing} from "./world/listing.js";
import {yahooSymbol} from "./world/names.js";

/** From when on every download is answered by the page. */
const HIDDEN_FROM = "2026-07-29";

const PROOF_OF_WORK = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Verifying your browser</title></head>
<body><p>Verifying your browser, this takes a moment.</p>
<script>
(async () => {
  const challenge = "6f1c1d0f9e2a4b7c", difficulty = 4;
  for (let nonce = 0; ; ++nonce) {
    const bytes = new TextEncoder().encode(challenge + nonce);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    if (hash[0] === 0 && hash[1] === 0) {
      await fetch("/__verify", {method: "POST", body: JSON.stringify({challenge, nonce})});
      return location.reload();
    }
  }
})();
</script></body></html>
`;

const csv = (text: string) => answer(200, "text/csv; charset=UTF-8", text);

export const stooq: VendorSim = {
  refuse: away,
  quota: csv("Exceeded the daily hits limit"),

  answer(request) {
    const {parts, query, now, world, fault} = request;
    if (parts.filter(Boolean).join("/") !== "q/d/l") return away(404);
    if (now.toISOString() >= HIDDEN_FROM) return answer(200, "text/html; charset=utf-8", PROOF_OF_WORK);
    const symbol = query.get("s") ?? "";
    const listing = world.listing(yahooSymbol("stooq", symbol));
    const interval = query.get("i") ?? "d";
    if (!listing || !["d", "w", "m"].includes(interval)) return csv("No data");
    const [from, to] = [isoDay(query.get("d1")) ?? "", isoDay(query.get("d2")) ?? "9999"];
    const known = priceBars(request, listing, symbol);
    const asTraded = query.get("o")?.startsWith("1") ?? false; // splits skipped
    const rows = linesOf({...known, splits: asTraded ? [] : known.splits}, interval, listing).filter(
      (line) => line.slice(0, 10) >= from && line.slice(0, 10) <= to
    );
    if (!rows.length) return csv("No data");
    const volume = rows[0].split(",").length === 6 ? ",Volume" : "";
    const header = `${fault("columns") ? "Data" : "Date"},Open,High,Low,Close${volume}`;
    return csv([header, ...rows, ""].join("\r\n"));
  }
};

/** Lines of days, weeks or months; the longer ones carry their last session's day. */
function linesOf({bars, splits}: PriceBars, interval: string, {volume, type, decimals}: Listing): string[] {
  const groupOf = (day: number) => {
    if (interval === "w") return String(day - ((weekdayOf(day) + 6) % 7));
    return isoOf(day).slice(0, interval === "m" ? 7 : 10);
  };
  const groups = Map.groupBy(bars.days.keys(), (i) => groupOf(bars.days[i]));
  return [...groups.values()].map((at) => {
    const factor = splitFactor(splits, bars.days[at[0]]);
    const price = (value: number) => String(Number((value / factor).toFixed(Math.max(4, decimals))));
    const units = Math.round(at.reduce((sum, i) => sum + bars.volume[i], 0) * factor);
    return [
      isoOf(bars.days[at.at(-1)!]),
      price(bars.open[at[0]]),
      price(Math.max(...at.map((i) => bars.high[i]))),
      price(Math.min(...at.map((i) => bars.low[i]))),
      price(bars.close[at.at(-1)!]),
      ...(volume > 0 && type !== "CURRENCY" ? [String(units)] : [])
    ].join(",");
  });
}

function isoDay(text: string | null): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? "") ?? [];
  return year && `${year}-${month}-${day}`;
}
