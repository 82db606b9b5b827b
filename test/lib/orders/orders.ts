import type {Execution} from "../../../lib/orders/executions.js";
import type {OrderIntent} from "../../../lib/orders/order.js";

export const INTENT: OrderIntent = {
  id: "6f1c7b1e-0000-4000-8000-000000000001",
  at: Date.UTC(2026, 10, 20, 15),
  account: "DU1000001",
  contract: {
    conId: 265598,
    symbol: "AAPL",
    secType: "STK",
    currency: "USD",
    exchange: "SMART",
    multiplier: 1
  },
  action: "BUY",
  quantity: 100,
  type: "LMT",
  limit: 230,
  tif: "DAY"
};

/** Returns an execution of that order; `n` makes it one of its own. */
export function execution(n: number, shares: number, more: Partial<Execution> = {}): Execution {
  return {
    execId: `0000e0d5.65a1${String(n).padStart(4, "0")}.01.01`,
    account: INTENT.account,
    conId: INTENT.contract.conId,
    side: "BOT",
    shares,
    price: 229.5,
    time: INTENT.at + 1000 * n,
    permId: 1_700_000_001,
    clientId: 1,
    orderId: 1_000_001,
    orderRef: `app:${INTENT.id}`,
    ...more
  };
}
