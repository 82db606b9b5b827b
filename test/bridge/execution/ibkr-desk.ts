import {expect} from "vitest";
import {createIbkrBroker} from "../../../bridge/broker/ibkr/ibkr.js";
import {OrdersStore} from "../../../bridge/execution/orders-store.js";
import {NO_LIMITS} from "../../../bridge/execution/paper-run.js";
import {openTrading} from "../../../bridge/execution/trading-desk.js";
import type {Trading} from "../../../bridge/execution/trading.js";
import {ACCOUNT, type wireTo} from "../broker/ibkr/stand.js";

/** For what hangs on a connection where other work goes on. */
export const PATIENCE = {timeout: 20_000};

/** Opens a desk at a stand-in for TWS, ready to send, without limits. */
export async function openIbkrDesk(
  wire: ReturnType<typeof wireTo>["wire"],
  file: string
): Promise<{trading: Trading; close: () => Promise<void>}> {
  const broker = createIbkrBroker({wire, log: {error: () => undefined}});
  const store = new OrdersStore(file);
  const trading = openTrading({
    store,
    mode: "ibkr-paper",
    isKilledBySetting: false,
    port: 7497,
    broker,
    data: broker,
    now: Date.now,
    wait: (_ms, signal) =>
      new Promise((resolve) => void (signal.aborted ? resolve() : setTimeout(resolve, 5)))
  });
  await expect.poll(() => trading.status().blocked, PATIENCE).toBe(null);
  trading.setLimits(ACCOUNT, {account: {...NO_LIMITS, dailyLoss: null}, strategies: {}}, "test");
  return {
    trading,
    async close() {
      await trading.close();
      await broker.close();
      store.close();
    }
  };
}
