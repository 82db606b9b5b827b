import {expect, it} from "vitest";
import {isPaperAccount, modeProblem} from "../../../lib/orders/mode.js";

it("an account is of paper by its first letters, whatever follows", () => {
  expect(["DU1234567", "DF1234567", "U1234567", "F1234567", "I1234567", "D1"].map(isPaperAccount)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false
  ]);
});

it("orders go to IBKR only where mode, port and every account say the same", () => {
  const of = (mode: "ibkr-paper" | "live", port: number, ...accounts: string[]) =>
    modeProblem(mode, {accounts, port});
  expect(of("ibkr-paper", 7497, "DU1", "DF2")).toBe(null);
  expect(of("ibkr-paper", 4002, "DU1")).toBe(null);
  expect(of("live", 7496, "U1")).toBe(null);
  expect(of("live", 4001, "U1", "F2")).toBe(null);
  expect(of("ibkr-paper", 7496, "DU1")).toMatch("port 7496 is not one of 7497 and 4002");
  expect(of("ibkr-paper", 7497, "DU1", "U2")).toMatch("account U2 is not a paper account");
  expect(of("live", 7497, "U1")).toMatch("port 7497 is not one of 7496 and 4001");
  expect(of("live", 7496, "U1", "DU2")).toMatch("account DU2 is a paper account");
  expect(of("live", 7496)).toMatch("has not said which accounts");
  expect(modeProblem("paper", {accounts: ["DU1"], port: 7497})).toMatch("built-in paper broker");
});
