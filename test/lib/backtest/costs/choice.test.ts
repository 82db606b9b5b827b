import {expect, it} from "vitest";
import {
  type CostChoice,
  CostChoiceSchema,
  costParts,
  costsOf
} from "../../../../lib/backtest/costs/choice.js";
import {barsOf} from "../bars.js";

const bars = barsOf([
  [100, 110, 100, 110, 400],
  [110, 121, 110, 121, 400],
  [121, 121, 121, 121, 400]
]);
const chosen = (choice: object): CostChoice => CostChoiceSchema.parse(choice);
const fill = (choice: object, units = 4): [price: number, commission: number] => {
  const costs = costsOf(chosen(choice));
  return [costs.slipped(units, 100, bars, 2, "MKT"), costs.commission(units, 100, bars, 2)];
};

it("costsOf(choice) of nothing chosen costs nothing, bit by bit", () => {
  expect(chosen({})).toEqual({commission: "0", slippage: "0"});
  expect(costParts(chosen({}))).toEqual({});
  const {slipped} = costsOf(chosen({}));
  expect(slipped(1, 0.1 + 0.2, bars, 0, "MKT")).toBe(0.1 + 0.2);
});

it("costsOf(choice) of commission and slippage alone is what proportional costs are, bit by bit", () => {
  expect(fill({commission: "0.001", slippage: "3bps"})).toEqual([100 * (1 + 3 / 1e4), 4 * (100 * 0.001)]);
});

it.each([
  ["IBKR's prices", {ibkr: {plan: "fixed"}}, 100, 1 + 4 * 0.000072],
  ["both commissions", {commission: "1/share", ibkr: {plan: "fixed"}}, 100, 5 + 4 * 0.000072],
  ["a spread in words", {spread: "0.02"}, 101, 0],
  ["an impact by the root of the volume", {impact: {model: "square-root"}}, 101, 0], // 10 % x √(4 / 400)
  ["an impact by the share of the volume", {impact: {model: "volume-share", impact: 100}}, 101, 0], // 100 x 1 %²
  ["spread, slippage and impact", {spread: "0.02", slippage: "0.01", impact: {model: "square-root"}}, 103, 0]
])("costsOf(choice) takes %s", (_, choice, price, commission) => {
  const [paid, fee] = fill(choice);
  expect(paid).toBeCloseTo(price, 9);
  expect(fee).toBeCloseTo(commission, 9);
});

it("costsOf(choice) estimates a spread from the bars", () => {
  const [paid] = fill({spread: {estimator: "abdi-ranaldo"}});
  expect(paid).toBe(100); // the close lies between the middles
  const {slipped} = costsOf(chosen({spread: {estimator: "abdi-ranaldo", otherwise: "0.02"}}));
  expect(slipped(1, 100, bars, 1, "MKT")).toBeCloseTo(101, 12);
});

it("costsOf(choice) takes one's own fills for both, and what is held and owed", () => {
  const rates = (bps: number) => ({bySymbol: {A: bps}, otherwise: 0});
  const costs = costsOf(
    chosen({own: {commission: rates(2), slippage: rates(100)}, borrow: 0.036, interest: 0.05})
  );
  expect(costs.slipped(1, 100, bars, 0, "MKT")).toBe(101);
  expect(costs.commission(1, 100, bars, 0)).toBeCloseTo(0.02, 12);
  expect(costs.holding!(-100, 50, bars, 0, 2)).toBeCloseTo(1, 12);
  expect(costs.financing!(-36_000, 1)).toBeCloseTo(6.5, 12);
});

it("costParts(choice) tells the steps of the ladder: slippage is of the spread's", () => {
  const all = {
    commission: "0.001",
    slippage: "1bps",
    impact: {model: "volume-share"},
    borrow: 0.01
  };
  expect(Object.entries(costParts(chosen(all))).map(([step, part]) => [step, Object.keys(part)])).toEqual([
    ["commission", ["commission"]],
    ["spread", ["slipped"]],
    ["impact", ["slipped"]],
    ["carrying", ["holding"]]
  ]);
});

it.each([
  [{commission: "1%"}, "invalid cost: 1%: write 0.001, 5bps or 0.005/share"],
  [{ibkr: {plan: "lite"}}, 'expected one of "fixed"|"tiered"'],
  [{ibkr: {plan: "fixed", market: "moon"}}, "us-stocks"],
  [{impact: {model: "linear"}}, "model"],
  [{borrow: -1}, "expected number to be >=0"],
  [{interest: NaN}, "expected number"],
  [{fees: 1}, 'Unrecognized key: "fees"']
])("CostChoiceSchema refuses %j", (choice, message) => {
  const {error} = CostChoiceSchema.safeParse(choice);
  expect(JSON.stringify(error!.issues)).toContain(message.replaceAll('"', '\\"'));
});
