import {formatAmount} from "../money/amount.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import type {Finding} from "./views.js";

/**
 * Returns executions that stand twice: a query that prints Transaction ID and one that does not tell the same trade
 * under two numbers. IBKR's trade id is one execution's; a cancel has its own.
 */
export function tradesTwice({ledger, series}: Study): Finding[] {
  const accounts = new Set(series.accounts);
  const numbered = ledger.trades.filter(({account, tradeID}) => accounts.has(account) && tradeID);
  const groups = Map.groupBy(numbered, nameOf);
  return [...groups.values()].flatMap((rows): Finding[] => {
    if (rows.length < 2 || rows.every(({transactionID}) => transactionID)) return [];
    const [{account, day, symbol, quantity, tradeID}] = rows;
    return [
      {
        code: "trade-twice",
        severity: "warning",
        account,
        day,
        sentence: `the trade ${tradeID} of ${symbol ?? "an instrument"} on ${day} (${formatAmount(quantity ?? 0n)}) stands ${rows.length} times: one query prints Transaction ID, another does not`,
        next: "tick Transaction ID in Trades of both queries, take the file without it out, and import again",
        rows: rows.map(({id}) => id)
      }
    ];
  });
}

function nameOf({account, tradeID, conid, symbol, buySell, quantity}: LedgerRow<"trades">): string {
  return JSON.stringify([account, tradeID, conid ?? symbol, buySell, String(quantity)]);
}
