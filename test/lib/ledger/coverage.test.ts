import * as fc from "fast-check";
import {expect, it} from "vitest";
import {coverageOf} from "../../../lib/ledger/coverage.js";
import type {StatementFormat} from "../../../lib/statements/statement.js";
import {isSession} from "../../../lib/time/calendar.js";
import {addDays} from "../../../lib/time/day.js";

const statement = (
  from: string,
  to: string,
  base: string | null,
  generated = "2024-02-01T06:00:00",
  account = "U1",
  format: StatementFormat = "flex-xml"
) => ({
  format,
  account,
  from,
  to,
  base,
  generated,
  file: `${from} ${to} ${base}`
});

it("coverageOf(statements) joins days that touch or overlap, by account", () => {
  expect(
    coverageOf([
      statement("2024-01-08", "2024-01-12", "USD"),
      statement("2024-01-01", "2024-01-05", "USD"),
      statement("2024-01-06", "2024-01-07", "USD"),
      statement("2024-01-10", "2024-01-20", "USD"),
      statement("2024-02-01", "2024-02-01", "USD"),
      statement("2024-01-01", "2024-01-01", "EUR", "2024-02-01T06:00:00", "U0")
    ])
  ).toEqual([
    {account: "U0", from: "2024-01-01", to: "2024-01-01", base: "EUR"},
    {account: "U1", from: "2024-01-01", to: "2024-01-20", base: "USD"},
    {account: "U1", from: "2024-02-01", to: "2024-02-01", base: "USD"}
  ]);
});

it("coverageOf(statements) takes the base that the later statement of a day names, and null where none does", () => {
  expect(
    coverageOf([
      statement("2024-01-01", "2024-01-10", "USD", "2024-02-01T06:00:00"),
      statement("2024-01-05", "2024-01-06", "EUR", "2024-03-01T06:00:00"),
      statement("2024-01-08", "2024-01-12", null, "2024-04-01T06:00:00")
    ])
  ).toEqual([
    {account: "U1", from: "2024-01-01", to: "2024-01-04", base: "USD"},
    {account: "U1", from: "2024-01-05", to: "2024-01-06", base: "EUR"},
    {account: "U1", from: "2024-01-07", to: "2024-01-10", base: "USD"},
    {account: "U1", from: "2024-01-11", to: "2024-01-12", base: null}
  ]);
});

it("coverageOf(statements) takes no day from a PortfolioAnalyst report, which books nothing", () => {
  const report = statement("2024-01-01", "2024-12-31", "EUR", "", "U1", "portfolio-analyst-csv");
  const told = statement("2024-01-02", "2024-01-03", "USD");
  expect(coverageOf([report, told])).toEqual(coverageOf([told]));
});

it("coverageOf(statements) is empty without statements", () => {
  expect(coverageOf([])).toEqual([]);
});

it("coverageOf(statements) says of each day what the best of its own statements says, in any order, and joins over closed days", () => {
  const day = fc.integer({min: 0, max: 12}).map((n) => addDays("2024-01-01", n));
  const any = fc
    .tuple(day, day, fc.constantFrom("USD", "EUR", null), fc.constantFrom("1", "2", "3"))
    .map(([a, b, base, generated]) => statement(a < b ? a : b, a < b ? b : a, base, generated));
  fc.assert(
    fc.property(fc.array(any, {maxLength: 6}), (statements) => {
      const coverage = coverageOf(statements);
      expect(coverageOf(statements.toReversed())).toEqual(coverage);
      for (let n = 0; n <= 12; ++n) {
        const on = addDays("2024-01-01", n);
        const covering = statements.filter(({from, to}) => from <= on && on <= to);
        const rank = (one: (typeof covering)[0]) => `${one.base ? 1 : 0} ${one.generated} ${one.file}`;
        const best = covering.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1)).slice(0, 1);
        const found = coverage.filter(({from, to}) => from <= on && on <= to);
        if (covering.length === 0 && found.length > 0) expect([on, isSession(on)]).toEqual([on, false]);
        else expect(found.map(({base}) => base)).toEqual(best.map(({base}) => base));
      }
    })
  );
});
