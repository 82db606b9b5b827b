import {expect, it} from "vitest";
import type {OrderContract} from "../../../../lib/orders/order.js";
import {ibkrCostsOf} from "../../../../lib/orders/paper/costs.js";
import {flatBars} from "../../backtest/bars.js";
import {INTENT} from "../orders.js";

const bars = (currency: string) => flatBars([1], {currency});
const contract = (more: Partial<OrderContract>): OrderContract => ({...INTENT.contract, ...more});
const rates: Record<string, number> = {USD: 1, EUR: 1.1, GBP: 1.25};
const rateOf = (currency: string) => rates[currency] ?? null;

it("a US share pays IBKR's fixed price and what is passed on, a purchase 0.005 a share and 0.000072 of audit trail", () => {
  const costs = ibkrCostsOf(contract({}), rateOf)!;
  expect(costs.commission(1000, 10, bars("USD"), 0)).toBeCloseTo(5.072, 9);
  expect(costs.slipped(1000, 10, bars("USD"), 0, "MKT")).toBe(10);
});

it("an option of 100 pays by the contract", () => {
  const costs = ibkrCostsOf(contract({secType: "OPT", multiplier: 100}), rateOf)!;
  const one = costs.commission(1000, 2, bars("USD"), 0) / 10;
  expect(costs.commission(2000, 2, bars("USD"), 0)).toBeCloseTo(20 * one, 9);
  expect(one).toBeGreaterThan(0.6);
});

it("a London share pays the European price in pounds, at the rate of now", () => {
  const costs = ibkrCostsOf(contract({currency: "GBP"}), rateOf)!;
  expect(costs.commission(1000, 100, bars("GBP"), 0)).toBeCloseTo(50, 9);
  expect(costs.commission(1, 100, bars("GBP"), 0)).toBeCloseTo((3 * 1.1) / 1.25, 9);
});

it("there is no price of what no schedule is kept of, nor without a rate", () => {
  expect(ibkrCostsOf(contract({secType: "BOND"}), rateOf)).toBeNull();
  expect(ibkrCostsOf(contract({currency: "JPY"}), rateOf)).toBeNull();
  expect(ibkrCostsOf(contract({currency: "GBP"}), () => null)).toBeNull();
});
