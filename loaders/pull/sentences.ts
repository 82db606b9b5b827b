import type {PullAsk, PullProgress, PullRecord} from "../../lib/lake/pull.js";

const SHOWN = 3;

/** Returns what a pull asks for in words: `yahoo: AAPL, MSFT and 3 more`. */
export function titleOf(what: PullRecord["what"], asks: readonly PullAsk[]): string {
  if (what === "markets") return "all that Markets reads";
  if (what === "update-all") return "what is new in all that is tracked";
  const words = asks.map(({vendor, kind, symbols}) => `${vendor}${kind ? ` ${kind}` : ""}: ${some(symbols)}`);
  return words.length > 1 ? `${words[0]}; and ${words.length - 1} more asks` : words[0];
}

/** Returns what a pull brought, and what failed, as a sentence. */
export function outcomeOf({failures, ...record}: PullRecord): string {
  if (!failures.length) return countsOf(record);
  const failed = failures.map(({symbol, message}) => `${symbol} (${message})`);
  return `${countsOf(record)}; not: ${some(failed)}`;
}

/** Returns what a pull brought as a sentence. */
export function countsOf({symbols, rows, bytes}: Pick<PullRecord, "symbols" | "rows" | "bytes">): string {
  const parts = [
    `${count(symbols.done)} of ${count(symbols.total)} symbols`,
    `${count(rows.new)} new rows`,
    rows.changed && `${count(rows.changed)} changed`,
    rows.quarantined && `${count(rows.quarantined)} set aside`,
    bytes && size(bytes)
  ];
  return parts.filter(Boolean).join(", ");
}

/** Returns how far a pull is as a sentence. */
export function progressSentence({symbol, done, total, rows, bytes, etaSeconds}: PullProgress): string {
  const parts = [
    `${done} of ${total} symbols`,
    `${count(rows)} rows`,
    bytes && `${size(bytes)} written`,
    etaSeconds !== null && done < total && `${duration(etaSeconds)} to go`
  ];
  return `${symbol}: ${parts.filter(Boolean).join(", ")}`;
}

function some(items: readonly string[]): string {
  const rest = items.length - SHOWN;
  return rest > 0 ? `${items.slice(0, SHOWN).join(", ")} and ${rest} more` : items.join(", ");
}

const count = (n: number) => n.toLocaleString("en");
const size = (bytes: number) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const duration = (seconds: number) =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
