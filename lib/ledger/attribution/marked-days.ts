import type {Amount} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {accountNavs} from "../account-nav.js";
import type {Position} from "../exposure.js";
import {rolledDays} from "../lake/rolled-days.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow} from "../tables.js";

/** Where a day's marks are from: a section of a statement, or what the lake's closes are called. */
export type MarkSource = "OpenPositions" | "MTMPerformanceSummary" | "nothing held" | (string & {});

/** What an account held at the end of a day, by holding. */
export interface MarkedDay {
  source: MarkSource;
  positions: ReadonlyMap<string, Position>;
}

/** Looks up what an account held at the end of a day; undefined where no statement says it. */
export type MarkedDays = (account: string, day: string) => MarkedDay | undefined;

const NOTHING: MarkedDay = {source: "nothing held", positions: new Map()};

/**
 * Returns what is known of each account's holdings by day: positions of the day; else, where a period's
 * mark-to-market begins or ends, its quantities and prices; else nothing, where the value of the day has no securities;
 * else, with a lake, what its movements make of its holdings, at the closes of the day.
 */
export const markedDays = oncePerLedger((ledger): MarkedDays => {
  const days = new Map<string, Map<string, MarkedDay>>();
  const put = (account: string, day: string, source: MarkSource, row: Position) => {
    const holding = holdingKey(row);
    if (holding === null || row.assetCategory === "CASH") return;
    let own = days.get(account);
    if (!own) days.set(account, (own = new Map()));
    const known = own.get(day);
    if (known && known.source !== source) return;
    const positions = (known?.positions ?? new Map()) as Map<string, Position>; // made here
    if (!known) own.set(day, {source, positions});
    const same = positions.get(holding);
    positions.set(holding, same ? together(same, row) : row);
  };
  for (const row of ledger.positions) put(row.account, row.day, "OpenPositions", row);
  const described = new Map<string, Position>();
  for (const row of [...ledger.trades, ...ledger.positions]) {
    if (row.conid) described.set(row.conid, row as Position);
  }
  for (const row of ledger.mtm) {
    const known = row.conid ? described.get(row.conid) : undefined;
    if (!known?.currency || !row.fromDate || !row.toDate) continue;
    const before = addDays(row.fromDate, -1);
    const day =
      accountNavs(ledger)
        .get(row.account)
        ?.days.findLast((other) => other <= before) ?? before;
    if (row.prevCloseQuantity) {
      const position = {...known, ...ofMtm(row, day, row.prevCloseQuantity, row.prevClosePrice)};
      put(row.account, day, "MTMPerformanceSummary", position);
    }
    if (row.closeQuantity) {
      const position = {...known, ...ofMtm(row, row.toDate, row.closeQuantity, row.closePrice)};
      put(row.account, row.toDate, "MTMPerformanceSummary", position);
    }
  }
  const bare = new Set(ledger.nav.filter(isBare).map(({account, day}) => `${account}/${day}`));
  const byCloses = rolledDays(ledger, days);
  return (account, day) => {
    const known = days.get(account)?.get(day);
    if (known) return known;
    const nav = accountNavs(ledger).get(account);
    if (!nav) return undefined;
    const [first, last] = [nav.days[0], nav.days[nav.days.length - 1]];
    const outside = day < first || (day > last && nav.values.get(last) === 0n) || nav.values.get(day) === 0n;
    return outside || bare.has(`${account}/${day}`) ? NOTHING : byCloses(account, day);
  };
});

const SECURITIES = [
  "stock",
  "options",
  "bonds",
  "commodities",
  "notes",
  "funds",
  "crypto",
  "slbDirectSecuritiesBorrowed",
  "slbDirectSecuritiesLent",
  "ipoSubscription",
  "forexCfdUnrealizedPl",
  "cfdUnrealizedPl"
] as const satisfies readonly (keyof LedgerRow<"nav">)[];

/** Whether a value is said by its parts, and none of them is a security. */
function isBare(row: LedgerRow<"nav">): boolean {
  return row.cash !== null && SECURITIES.every((name) => !row[name]);
}

function ofMtm(row: LedgerRow<"mtm">, day: string, position: Amount, price: Amount | null) {
  const none = {positionValue: null, fifoPnlUnrealized: null, openPrice: null, fxRateToBase: null};
  return {...none, id: row.id, account: row.account, day, position, markPrice: price};
}

function together(a: Position, b: Position): Position {
  const sum = (x: Amount | null, y: Amount | null) => (x === null || y === null ? null : x + y);
  return {
    ...a,
    position: sum(a.position, b.position),
    positionValue: sum(a.positionValue, b.positionValue),
    fifoPnlUnrealized: sum(a.fifoPnlUnrealized, b.fifoPnlUnrealized)
  };
}
