import {expect, it} from "vitest";
import {statementsTold} from "../../cli/statement-orders.js";
import {add, temporaryStore} from "../bridge/store/fixture.js";
import {INTENT} from "../lib/orders/orders.js";

const {account} = INTENT;
const trade = (execId: string, orderReference: string, quantity: string) => ({
  element: "Trade",
  key: execId,
  day: "2026-11-20",
  fields: {
    assetCategory: "STK",
    symbol: "AAPL",
    conid: "265598",
    currency: "USD",
    tradeDate: "2026-11-20",
    quantity,
    tradePrice: "230.5",
    ibCommission: "-1.25",
    ibCommissionCurrency: "USD",
    ibExecID: execId,
    orderReference
  }
});

it("a statement tells an order's executions by its reference, and whether its day is covered", async () => {
  const store = await temporaryStore();
  expect(statementsTold(store, INTENT)).toEqual({executions: [], isCovered: false});
  const rows = [
    trade("0000e0d5.1.01.01", `app:${INTENT.id}`, "60"),
    trade("0000e0d5.2.01.01", `app:${INTENT.id}`, "-5"),
    trade("0000e0d5.3.01.01", "by hand", "7")
  ];
  await add(store, [{account, from: "2026-11-19", to: "2026-11-20", generated: "2026-11-21T06:00:00", rows}]);
  const {executions, isCovered} = statementsTold(store, INTENT);
  expect(isCovered).toBe(true);
  const told = executions.toSorted((a, b) => (a.execution.execId < b.execution.execId ? -1 : 1));
  expect(
    told.map(({execution: {execId, side, shares, price}, commission}) => [
      execId,
      side,
      shares,
      price,
      commission
    ])
  ).toEqual([
    ["0000e0d5.1.01.01", "BOT", 60, 230.5, {execId: "0000e0d5.1.01.01", commission: 1.25, currency: "USD"}],
    ["0000e0d5.2.01.01", "SLD", 5, 230.5, {execId: "0000e0d5.2.01.01", commission: 1.25, currency: "USD"}]
  ]);
  const later = {...INTENT, at: INTENT.at + 7 * 86_400_000};
  expect(statementsTold(store, later).isCovered).toBe(false);
});
