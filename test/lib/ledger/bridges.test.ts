import {expect, it} from "vitest";
import {bridgeEnding, bridgesOf} from "../../../lib/ledger/bridges.js";
import {flowKindOf, isSummed, partOf} from "../../../lib/ledger/nav-parts.js";
import {formatAmount} from "../../../lib/money/amount.js";
import {A, ledgerOf} from "./tables.js";

const rows = (amounts: Record<string, string>, more: Record<string, string> = {}, day = "2026-01-06") =>
  Object.entries(amounts).map(([part, amount]) => ({
    day,
    fromDate: day,
    toDate: day,
    part,
    amount,
    ...more
  }));
const of = (...lists: ReturnType<typeof rows>[]) =>
  bridgesOf(ledgerOf({change_in_nav: lists.flat()})).get(A) ?? [];
const texts = (parts: ReadonlyMap<string, bigint>) =>
  Object.fromEntries([...parts].map(([name, amount]) => [name, formatAmount(amount)]));

it("bridgesOf(ledger) reads start, end and the parts that are not zero; IBKR's other split of mtm is no part", () => {
  const [bridge] = of(
    rows({startingValue: "100", mtm: "5", realized: "2", dividends: "0", twr: "5", endingValue: "105"})
  );
  expect(bridge).toMatchObject({account: A, from: "2026-01-06", to: "2026-01-06"});
  expect([bridge.start, bridge.end].map((amount) => formatAmount(amount ?? -1n))).toEqual(["100", "105"]);
  expect(texts(bridge.parts)).toEqual({mtm: "5"});
});

it("bridgesOf(ledger) takes the base summary, not the currencies beside it", () => {
  const [bridge, ...others] = of(
    rows({mtm: "3"}, {currency: "USD"}),
    rows({mtm: "4"}, {currency: "EUR"}),
    rows({mtm: "7.4"}, {currency: "BASE_SUMMARY"})
  );
  expect(others).toEqual([]);
  expect(texts(bridge.parts)).toEqual({mtm: "7.4"});
});

it("bridgesOf(ledger) takes the one currency that IBKR names on the only row", () => {
  expect(texts(of(rows({mtm: "3"}, {currency: "USD"}))[0].parts)).toEqual({mtm: "3"});
});

it("bridgesOf(ledger) has none where currencies stand without their sum", () => {
  expect(of(rows({mtm: "3"}, {currency: "USD"}), rows({mtm: "4"}, {currency: "EUR"}))).toEqual([]);
});

it("bridgesOf(ledger) sums models where none stands for all of them", () => {
  const models = [rows({mtm: "3"}, {model: "Growth"}), rows({mtm: "4"}, {model: "Income"})];
  expect(texts(of(...models)[0].parts)).toEqual({mtm: "7"});
  expect(texts(of(...models, rows({mtm: "7.01"}))[0].parts)).toEqual({mtm: "7.01"});
});

it("bridgeEnding(ledger, account, day) is the shortest one that ends that day", () => {
  const ledger = ledgerOf({
    change_in_nav: [
      ...rows({mtm: "9"}, {fromDate: "2026-01-02"}),
      ...rows({mtm: "1"}),
      ...rows({mtm: "2"}, {}, "2026-01-05")
    ]
  });
  expect(texts(bridgeEnding(ledger, A, "2026-01-06")?.parts ?? new Map())).toEqual({mtm: "1"});
  expect(bridgeEnding(ledger, A, "2026-01-07")).toBeUndefined();
  expect(bridgeEnding(ledger, "U7000009", "2026-01-06")).toBeUndefined();
});

it("partOf(name) knows IBKR's attributes and calls others other", () => {
  expect(["mtm", "fxTranslation", "withholdingTax", "salesTax", "donations", "newThing"].map(partOf)).toEqual(
    ["price", "fx", "income", "cost", "flows", "other"]
  );
  expect(["mtm", "realized", "transferredPnlAdjustments", "twr", "newThing"].map(isSummed)).toEqual([
    true,
    false,
    false,
    false,
    true
  ]);
});

it("flowKindOf(name) says how a flow is booked", () => {
  expect(["depositsWithdrawals", "assetTransfers", "billPay", "dividends"].map(flowKindOf)).toEqual([
    "deposit",
    "transfer",
    "other",
    null
  ]);
});
