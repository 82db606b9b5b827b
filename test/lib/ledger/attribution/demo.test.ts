import {beforeAll, expect, it} from "vitest";
import {createFigures, type Figures} from "../../../../lib/ledger/figures.js";
import type {Books} from "../../../../sim/account/index.js";
import {long} from "../../../long.js";
import {booksAt, SPRING, wholeLedger} from "../../demo.js";
import {CONTEXT} from "../tables.js";

/** The demo account keeps double entry on its own: what its days gained must be told by our parts of them. */
let books: Books;
let figures: Figures;

beforeAll(() => {
  books = booksAt(SPRING);
  const {ledger} = wholeLedger();
  figures = createFigures(ledger, {...CONTEXT, now: SPRING.toISOString(), mode: "demo"});
}, 120_000);

/** Within half a cent: opening prices of CFDs are printed with four decimals. */
const CENT = 0.005;

it("every day of the demo is explained to the cent, but for those around a planted gap", () => {
  const {days} = figures.pnl({});
  const hurt = new Set<string>();
  const gaps = books.planted.filter(({kind}) => kind === "missing-rate" || kind === "missing-day");
  for (const {day} of gaps) {
    const at = days.findIndex((other) => other.day >= day);
    for (const other of days.slice(Math.max(0, at - 1), at + 3)) hurt.add(other.day);
  }
  const off = days.slice(-long(260)).flatMap(({day}) => {
    const {rows, reason} = figures.attribution({by: "class", range: "custom", from: day, to: day});
    const rest = Number(rows.find(({kind}) => kind === "unexplained")?.gain.value ?? 0);
    return reason !== null || Math.abs(rest) > CENT ? [day] : [];
  });
  expect(off.filter((day) => !hurt.has(day))).toEqual([]);
}, 60_000);

it("dividends, withholding and commissions of the demo are what IBKR's Change in NAV says of the same year", () => {
  const query = {range: "1Y"} as const;
  const {total} = figures.attribution({...query, by: "position"});
  const lines = new Map(figures.navBridge(query).lines.map(({line, amount}) => [line, Number(amount.value)]));
  const income = (lines.get("dividends") ?? 0) + (lines.get("interest") ?? 0) + (lines.get("accruals") ?? 0);
  const taxes = (lines.get("withholding") ?? 0) + (lines.get("fees") ?? 0) + (lines.get("commissions") ?? 0);
  const ours = [total.income, total.fee, total.tax].reduce((sum, {value}) => sum + Number(value), 0);
  expect(Math.abs(ours - income - taxes)).toBeLessThan(1); // interest accrued in other currencies is translated in ours
});

it("the NAV bridge of the demo closes over every range, and its lines are IBKR's", () => {
  for (const range of ["1D", "1W", "MTD", "3M", "YTD", "1Y", "ALL"] as const) {
    const {closes, residual, segments} = figures.navBridge({range});
    expect([range, closes, residual.value]).toEqual([range, true, "0"]);
    if (range !== "ALL") expect(segments.every(({source}) => source === "ChangeInNAV")).toBe(true);
  }
});

it("contributions of the demo sum to its return by every grouping", () => {
  for (const by of ["position", "class", "currency", "sector", "account"] as const) {
    const {rows, total} = figures.attribution({by});
    const sum = rows.reduce((all, {contribution}) => all + (contribution.value ?? NaN), 0);
    expect(sum).toBeCloseTo(total.contribution.value ?? NaN, 9);
  }
});
