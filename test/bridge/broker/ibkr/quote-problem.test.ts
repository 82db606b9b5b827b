import {expect, it} from "vitest";
import {fateOf} from "../../../../bridge/broker/ibkr/quote-problem.js";

it.each([
  [10167, "delayed data come instead: the badge says so", "goes-on"],
  [10090, "a part of the data is missing", "goes-on"],
  [300, "the line had ended already", "goes-on"],
  [2104, "a farm is there", "goes-on"],
  [354, "no subscription", "ended"],
  [10089, "no subscription for programs", "ended"],
  [10168, "delayed data are not enabled", "ended"],
  [10186, "delayed data are not enabled", "ended"],
  [200, "no such contract", "ended"],
  [101, "no line left", "no-line"],
  [10197, "another session has the data", "later"],
  [321, "what nobody has thought of", "doubt"]
])("fateOf(%i): %s: the line %s", (code, message, kind) => {
  expect(fateOf(code, message, "LKMQ").kind).toBe(kind);
});

it("fateOf names the contract, and TWS's own code, in each problem", () => {
  for (const code of [354, 10168, 200, 101, 10197, 321]) {
    const fate = fateOf(code, "words of TWS", "LKMQ");
    expect("problem" in fate && fate.problem).toMatch(new RegExp(`LKMQ.*\\(${code}\\)$`));
  }
});
