import {expect, it} from "vitest";
import {tally} from "../../scripts/test.js";

const file = (status: string, ...tests: string[]) => ({
  name: "some.test.ts",
  status,
  assertionResults: tests.map((each) => ({
    status: each,
    fullName: "holds",
    failureMessages: each === "failed" ? ["AssertionError: 1 is not 2"] : []
  }))
});

it("tally(report) counts tests", () => {
  const report = {testResults: [file("failed", "passed", "failed"), file("passed", "passed", "skipped")]};
  expect(tally(report, 1)).toEqual({
    passed: 2,
    failures: ["some.test.ts: holds\n    AssertionError: 1 is not 2"]
  });
});

it("tally(report) counts a file that cannot be loaded as failed", () => {
  expect(tally({testResults: [file("failed"), file("passed", "passed")]}, 1)).toEqual({
    passed: 1,
    failures: ["some.test.ts"]
  });
});

it("tally(report) counts a run that fails though every test passes", () => {
  expect(tally({testResults: [file("passed", "passed")]}, 1)).toEqual({
    passed: 1,
    failures: ["the run ended with 1"]
  });
});
