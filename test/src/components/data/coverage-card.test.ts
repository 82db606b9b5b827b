import {expect, it} from "vitest";
import {linesOf} from "../../../../src/components/data/coverage-card.js";

const span = (from: string, to: string, base: string | null = "USD") => ({account: "U1", from, to, base});

it("linesOf(coverage) joins stretches over a week-end, whatever their base currency", () => {
  // 2025-01-03 was a Friday
  const coverage = [span("2025-01-02", "2025-01-03"), span("2025-01-06", "2025-01-07", null)];
  expect(linesOf(coverage)).toEqual([
    {account: "U1", spans: [{from: "2025-01-02", to: "2025-01-07"}], gaps: []}
  ]);
});

it("linesOf(coverage) calls a gap the sessions between, without the week-end before them", () => {
  const coverage = [span("2025-01-02", "2025-01-03"), span("2025-01-08", "2025-01-10")];
  expect(linesOf(coverage)[0].gaps).toEqual([{from: "2025-01-06", to: "2025-01-07"}]);
});

it("linesOf(coverage, findings) adds a day that is missing within a stretch, and no other finding", () => {
  const finding = {
    severity: "warning" as const,
    account: "U1",
    day: "2025-01-03",
    sentence: "",
    next: "",
    rows: [],
    fix: null
  };
  const findings = [
    {...finding, code: "missing-day"},
    {...finding, code: "missing-rate", day: "2025-01-06"},
    {...finding, code: "missing-day", account: "U2"}
  ];
  expect(linesOf([span("2025-01-02", "2025-01-10")], findings)[0].gaps).toEqual([
    {from: "2025-01-03", to: "2025-01-03"}
  ]);
});
