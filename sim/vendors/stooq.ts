/** Stooq's CSV download, which hides behind a proof-of-work page since July 2026. */

import {type PriceBars, priceBars, splitFactor} from "./price-bars.js";
import {answer, away, type VendorSim} from "./vendor.js";
import {isoOf} from "./world/days.js";
import {yahooSymbol} from "./world.js";

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
    if (!listing || (query.get("i") ?? "d") !== "d") return csv("No data");
    const [from, to] = [isoDay(query.get("d1")) ?? "", isoDay(query.get("d2")) ?? "9999"];
    const known = priceBars(request, listing, symbol);
    const rows = linesOf(known, listing.volume > 0 && listing.type !== "CURRENCY", listing.decimals).filter(
      (line) => line.slice(0, 10) >= from && line.slice(0, 10) <= to
    );
    if (!rows.length) return csv("No data");
    const volume = rows[0].split(",").length === 6 ? ",Volume" : "";
    const header = `${fault("columns") ? "Data" : "Date"},Open,High,Low,Close${volume}`;
    return csv([header, ...rows, ""].join("\r\n"));
  }
};

function linesOf({bars, splits}: PriceBars, withVolume: boolean, decimals: number): string[] {
  return bars.days.map((day, i) => {
    const factor = splitFactor(splits, day);
    const prices = [bars.open[i], bars.high[i], bars.low[i], bars.close[i]].map((price) =>
      String(Number((price / factor).toFixed(Math.max(4, decimals))))
    );
    const volume = withVolume ? [String(Math.round(bars.volume[i] * factor))] : [];
    return [isoOf(day), ...prices, ...volume].join(",");
  });
}

function isoDay(text: string | null): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? "") ?? [];
  return year && `${year}-${month}-${day}`;
}
