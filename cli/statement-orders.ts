import type {Store} from "../bridge/store/open.js";
import {orderRefOf, type OrderIntent} from "../lib/orders/order.js";
import type {StatementTold} from "../lib/orders/statement-settlement.js";
import {dayAt} from "../lib/time/calendar.js";

/** Amounts as the ledger's tables keep them. */
interface Row {
  quantity: string | null;
  price: string | null;
  execId: string;
  commission: string | null;
  currency: string | null;
}

/** What the statements of a store say of an order; times are of its day, since only ids and units count here. */
export function statementsTold({raw}: Pick<Store, "raw">, intent: OrderIntent): StatementTold {
  const day = dayAt(new Date(intent.at));
  const isCovered =
    raw
      .prepare<[string, string, string]>(
        "select 1 from coverage where account = ? and from_day <= ? and to_day >= ?"
      )
      .get(intent.account, day, day) !== undefined;
  const rows = raw
    .prepare<[string, string], Row>(
      `select quantity, "tradePrice" price, "ibExecID" execId, "ibCommission" commission, "ibCommissionCurrency" currency
       from trades where account = ? and "orderReference" = ? and "ibExecID" is not null`
    )
    .all(intent.account, orderRefOf(intent));
  const executions = rows.flatMap(({execId, currency, ...row}) => {
    const [shares, price] = [Math.abs(Number(row.quantity)), Number(row.price)];
    if (!(shares > 0) || row.price === null) return [];
    const execution = {
      execId,
      account: intent.account,
      conId: intent.contract.conId,
      side: Number(row.quantity) > 0 ? ("BOT" as const) : ("SLD" as const),
      shares,
      price,
      time: intent.at,
      permId: 0,
      clientId: 0,
      orderId: 0,
      orderRef: orderRefOf(intent)
    };
    const isTold = row.commission !== null && currency !== null;
    const commission = isTold ? {execId, commission: -Number(row.commission), currency} : null;
    return [{execution, commission}];
  });
  return {executions, isCovered};
}
