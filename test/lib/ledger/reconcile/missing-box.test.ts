import {expect, it} from "vitest";
import {missingBox} from "../../../../lib/ledger/reconcile/missing-box.js";
import {ledgerOf} from "../tables.js";

const DAY = {day: "2026-01-06"};
const HELD = {...DAY, conid: "1", assetCategory: "STK", prevCloseQuantity: "5", closeQuantity: "5"};
const box = (lists: Parameters<typeof ledgerOf>[0], what: Parameters<typeof missingBox>[1] = "cash") =>
  missingBox(ledgerOf(lists), what);

it("missingBox(rows, what) names the sections that have no row", () => {
  expect(box({})).toBe("Cash Transactions (Detail) and Trades (Execution)");
  expect(box({cash: [DAY]})).toBe("Trades (Execution)");
  expect(box({trades: [DAY]})).toBe("Cash Transactions (Detail)");
  expect(box({trades: [DAY], cash: [DAY]})).toMatch(/^Open Positions/);
  expect(box({trades: [DAY], cash: [DAY], positions: [DAY]})).toBeNull();
});

it("missingBox(rows, what) lacks no trades where all that is held stayed as it was", () => {
  expect(box({cash: [DAY], mtm: [HELD]})).toBeNull();
  expect(box({cash: [DAY], mtm: [{...HELD, closeQuantity: "6"}]})).toBe("Trades (Execution)");
});

it("missingBox(rows, what) lacks no cash where ChangeInNAV states that there was none, or nothing of it is asked", () => {
  const traded = {trades: [DAY], positions: [DAY]};
  const part = (amount: string) => ({...DAY, part: "dividends", amount});
  expect(box({...traded, change_in_nav: [part("0")]})).toBeNull();
  expect(box({...traded, change_in_nav: [part("3")]})).toBe("Cash Transactions (Detail)");
  expect(box({...traded, change_in_nav: [{...part("0"), part: "mtm"}]})).toBe("Cash Transactions (Detail)");
  expect(box(traded, "realized")).toBeNull();
});
