import * as fc from "fast-check";
import {expect, it} from "vitest";
import {formatAmount} from "../../../../lib/money/amount.js";
import {A} from "../tables.js";
import {action, closed, held, lots, trade, type Row} from "./trades.js";

const SHARE = {conid: "1", symbol: "ACME", currency: "USD", assetCategory: "STK"};
const COVERAGE = [{account: A, from: "2025-01-01", to: "2025-12-31", base: "USD"}];
const END = "2025-12-31";

/** A LOT row of the last day of the year. */
const lotRow = (opened: string, position: string, cost: string): Row => ({
  ...SHARE,
  day: END,
  position,
  costBasisMoney: cost,
  openDateTime: `${opened}T10:00:00`,
  holdingPeriodDateTime: `${opened}T10:00:00`
});

const closedLot = (day: string, opened: string, quantity: string, cost: string): Row => ({
  ...SHARE,
  day,
  dateTime: `${day}T10:00:00`,
  buySell: "SELL",
  levelOfDetail: "CLOSED_LOT",
  openDateTime: `${opened}T10:00:00`,
  quantity,
  cost
});

it("LOT rows rolled back through sales, with the closed lots between, are the opening lots", () => {
  const ours = lots({
    coverage: COVERAGE,
    trades: [trade("2025-03-03", "-12", "200"), trade("2025-04-03", "5", "150")],
    lots: [lotRow("2024-02-02", "8", "960"), lotRow("2025-04-03", "5", "750")],
    closed_lots: [
      closedLot("2025-03-03", "2023-01-03", "10", "500"),
      closedLot("2025-03-03", "2024-02-02", "2", "240")
    ]
  });
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["10 @ 500", "10 @ 1200"]);
  expect(ours.open(A, "2025-01-01")[0]).toMatchObject({heldSince: "2023-01-03", basis: "statement"});
  expect(closed(ours.disposals)).toEqual(["10: 2000 - 500 = 1500", "2: 400 - 240 = 160"]);
  expect(held(ours.open(A, END))).toEqual(["8 @ 960", "5 @ 750"]);
  expect(ours.problems).toEqual([]);
});

it("closed lots of an order's later fills, where only the order is a trade, are the opening lots too", () => {
  const later = {...closedLot("2025-03-03", "2024-02-02", "2", "240"), dateTime: "2025-03-03T10:02:09"};
  const ours = lots({
    coverage: COVERAGE,
    trades: [trade("2025-03-03", "-12", "200")],
    lots: [lotRow("2024-02-02", "8", "960")],
    closed_lots: [closedLot("2025-03-03", "2023-01-03", "10", "500"), later]
  });
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["10 @ 500", "10 @ 1200"]);
  expect(closed(ours.disposals)).toEqual(["10: 2000 - 500 = 1500", "2: 400 - 240 = 160"]);
  expect(ours.problems).toEqual([]);
});

it("what LOT rows do not reach has no cost, is older than they, and is flagged when it is sold", () => {
  const ours = lots({
    coverage: COVERAGE,
    trades: [trade("2025-03-03", "-12", "200")],
    lots: [lotRow("2024-02-02", "8", "960")]
  });
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["12 @ null", "8 @ 960"]);
  expect(closed(ours.disposals)).toEqual(["12: 2400 - null = null"]);
  expect(ours.problems.map(({code}) => code)).toEqual(["unknown-basis"]);
});

it("LOT rows go back through a split", () => {
  const ours = lots({
    coverage: COVERAGE,
    corporate_actions: [action("2025-03-03", "FS", "60")],
    lots: [lotRow("2023-01-03", "40", "500"), lotRow("2024-02-02", "40", "1200")]
  });
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["10 @ 500", "10 @ 1200"]);
  expect(held(ours.open(A, END))).toEqual(["40 @ 500", "40 @ 1200"]);
});

it("a position alone has IBKR's cost of it, rolled back by what each trade booked, and no days", () => {
  const ours = lots({
    coverage: COVERAGE,
    trades: [
      trade("2025-03-03", "-12", "200", {cost: "-740"}),
      trade("2025-04-03", "5", "150", {cost: "750"})
    ],
    positions: [{...SHARE, day: END, position: "13", costBasisMoney: "1710"}]
  });
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["20 @ 1700"]);
  expect(ours.open(A, "2025-01-01")[0]).toMatchObject({opened: null, heldSince: null, basis: "statement"});
  expect(ours.disposals[0].term).toBeNull();
});

it("a mark-to-market tells the quantity alone: its cost is unknown", () => {
  const mtm = [{...SHARE, day: END, fromDate: "2025-01-01", toDate: END, prevCloseQuantity: "20"}];
  const ours = lots({coverage: COVERAGE, trades: [trade("2025-03-03", "-12", "200")], mtm});
  expect(held(ours.open(A, "2025-01-01"))).toEqual(["20 @ null"]);
  expect(held(ours.open(A, END))).toEqual(["8 @ null"]);
});

it("where the mark-to-market says that nothing was held, a sale opens a short position", () => {
  const mtm = [{...SHARE, day: END, fromDate: "2025-01-01", toDate: END, prevCloseQuantity: "0"}];
  const ours = lots({coverage: COVERAGE, trades: [trade("2025-03-03", "-12", "200")], mtm});
  expect(held(ours.open(A, END))).toEqual(["-12 @ -2400"]);
});

it("lots rolled back to the start and forward again are the statement's, after any trades and splits", () => {
  const days = Array.from({length: 12}, (_, i) => `2025-${String(i + 1).padStart(2, "0")}-02`);
  const step = fc.oneof(
    {weight: 6, arbitrary: fc.integer({min: -30, max: 30}).filter((n) => n !== 0)},
    {weight: 1, arbitrary: fc.constant("split")}
  );
  const before = fc.array(fc.tuple(fc.integer({min: 1, max: 20}), fc.integer({min: 1, max: 99})), {
    minLength: 1,
    maxLength: 4
  });
  fc.assert(
    fc.property(before, fc.array(step, {maxLength: 12}), (bought, steps) => {
      const early = bought.map(([n, price], i) => trade(`2024-0${i + 1}-02`, String(n), String(price)));
      const late: Row[] = [];
      const splits: Row[] = [];
      let position = bought.reduce((sum, [n]) => sum + n, 0);
      for (const [i, move] of steps.entries()) {
        if (move === "split") {
          if (position) splits.push(action(days[i], "FS", String(position)));
          position *= 2;
        } else if (position + (move as number) >= 0) {
          late.push(trade(days[i], String(move), "50"));
          position += move as number;
        }
      }
      const whole = lots({trades: [...early, ...late], corporate_actions: splits});
      const last = whole.open(A, END);
      const lotRows = last.map(({opened, quantity, cost}) =>
        lotRow(opened ?? "", formatAmount(quantity), formatAmount(cost ?? 0n))
      );
      const closedRows = whole.disposals.map((one) =>
        closedLot(one.closed, one.opened ?? "", formatAmount(one.quantity), formatAmount(one.cost ?? 0n))
      );
      const positions = position ? [] : [{...SHARE, day: END, conid: "77", position: "1"}];
      const again = lots({
        coverage: COVERAGE,
        trades: late,
        corporate_actions: splits,
        lots: lotRows,
        closed_lots: closedRows,
        positions
      });
      const near = (all: typeof last) =>
        all
          .filter(({holding}) => holding === "1")
          .map(({opened, quantity, cost}) => [opened, quantity, ((cost ?? -1n) + 500n) / 1000n]);
      expect(near(again.open(A, END))).toEqual(near(last));
      expect(again.problems).toEqual([]);
    })
  );
});
