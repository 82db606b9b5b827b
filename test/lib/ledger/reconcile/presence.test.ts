import {describe, expect, it} from "vitest";
import {reconcile} from "../../../../lib/ledger/reconcile/reconcile.js";
import {ledgerOf} from "../tables.js";
import {DAYS, quietDays} from "./quiet-days.js";

type Has = Parameters<typeof quietDays>[0];

/** What is missing, as `check day item`. */
function missing(has: Has): string[] {
  return reconcile(ledgerOf(quietDays(has)), {changes: []}).flatMap(({what, lines}) =>
    lines
      .filter(({of}) => /row of the day|rows of the day|no row/.test(of))
      .map(({day, item, status}) => `${status} ${what} ${day} ${item}`)
  );
}

const DAY = DAYS[9];

describe("of a day's statements the row is named that is missing", () => {
  it("none where all are there", () => {
    expect(missing(() => true)).toEqual([]);
  });

  it.each([
    ["nav", "", "nav", "total"],
    ["change_in_nav", "", "change-in-nav", "endingValue"],
    ["cash_balances", "BASE_SUMMARY", "cash", "BASE_SUMMARY"],
    ["interest_accruals", "BASE_SUMMARY", "interest", "BASE_SUMMARY"],
    ["cash_balances", "GBP", "cash", "GBP"],
    ["interest_accruals", "GBP", "interest", "GBP"],
    ["mtm", "ACME", "mtm", "ACME"],
    ["fifo", "ACME", "realized", "ACME"]
  ])("%s %s", (table, of, what, item) => {
    const has: Has = (name, day, one) => name !== table || day !== DAY || one !== of;
    expect(missing(has)).toEqual([`differs ${what} ${DAY} ${item}`]);
  });

  it("the only currency of a day between days that have it", () => {
    const has: Has = (name, day, one) =>
      name !== "interest_accruals" || one === "BASE_SUMMARY" || (one === "USD" && day !== DAY);
    expect(missing(has)).toEqual([`differs interest ${DAY} USD`]);
  });
});

describe("two queries with other boxes lack nothing", () => {
  const sections = ["nav", "change_in_nav", "cash_balances", "interest_accruals", "mtm", "fifo"] as const;

  it.each(sections)("the last day, and the first, without %s", (table) => {
    expect(missing((name, day) => name !== table || day !== DAYS[19])).toEqual([]);
    expect(missing((name, day) => name !== table || day !== DAYS[0])).toEqual([]);
  });

  it.each([
    [["nav", "change_in_nav"]],
    [["nav", "interest_accruals", "mtm", "fifo"]],
    [["cash_balances", "interest_accruals"]]
  ])("one day between the others without %s", (tables) => {
    expect(missing((name, day) => !tables.includes(name) || day !== DAY)).toEqual([]);
  });

  it("the last days without currencies, and without instruments", () => {
    const sums = new Set(["", "BASE_SUMMARY", "Total"]);
    const has: Has = (name, day, item) => name === "positions" || day < DAYS[15] || sums.has(item);
    expect(missing(has)).toEqual([]);
  });
});
