import {compareText} from "../../order.js";
import type {LedgerRow} from "../tables.js";
import {NO_TAGS, type TagBook, type TagEntry, type TagRule} from "./tag.js";

/** What tags look at of a trade. */
export type Tagged = Pick<
  LedgerRow<"trades">,
  | "id"
  | "account"
  | "conid"
  | "symbol"
  | "underlyingConid"
  | "underlyingSymbol"
  | "assetCategory"
  | "ibOrderID"
  | "orderReference"
>;

/** The tags of a trade, and where they are from. */
export interface TradeTags {
  tags: string[];
  /** `own`: of the trade, its order or its position; `rule`: of saved rules. */
  by: "own" | "rule" | null;
}

/**
 * Returns what looks up the tags of a trade: those that it, its order or its position was given; only where there are
 * none, those of the rules that it matches.
 *
 * @param structureOf name of the option structure that the trade belongs to, by its id; null where it is none
 */
export function tagger(
  {entries, rules}: TagBook = NO_TAGS,
  structureOf: (id: string) => string | null = () => null
): (trade: Tagged) => TradeTags {
  const own = new Map(entries.map((entry) => [keyOf(entry.kind, entry.account, entry.id), entry.tags]));
  return (trade) => {
    const {account, id, ibOrderID, conid} = trade;
    const given = [
      own.get(keyOf("trade", account, id)),
      ibOrderID && own.get(keyOf("order", account, ibOrderID)),
      conid && own.get(keyOf("position", account, conid))
    ].flatMap((tags) => tags || []);
    if (given.length) return {tags: sorted(given), by: "own"};
    const ruled = rules.filter((rule) => matches(rule, trade, structureOf)).map(({tag}) => tag);
    return {tags: sorted(ruled), by: ruled.length ? "rule" : null};
  };
}

function keyOf(kind: TagEntry["kind"], account: string, id: string): string {
  return `${kind}/${account}/${id}`;
}

function matches(
  {field, match, value}: TagRule,
  trade: Tagged,
  structureOf: (id: string) => string | null
): boolean {
  const asked = value.toLowerCase();
  return textsOf(field, trade, structureOf).some((text) => {
    const given = text?.toLowerCase();
    if (!given) return false;
    if (match === "is") return given === asked;
    return match === "contains" ? given.includes(asked) : given.startsWith(asked);
  });
}

function textsOf(
  field: TagRule["field"],
  trade: Tagged,
  structureOf: (id: string) => string | null
): (string | null)[] {
  switch (field) {
    case "strategy":
      return [trade.orderReference];
    case "symbol":
      return [trade.symbol, trade.underlyingSymbol];
    case "assetCategory":
      return [trade.assetCategory];
    case "structure":
      return [structureOf(trade.id)];
  }
}

function sorted(tags: readonly string[]): string[] {
  return [...new Set(tags)].sort(compareText);
}
