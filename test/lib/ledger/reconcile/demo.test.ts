import {beforeAll, expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import {reconcile} from "../../../../lib/ledger/reconcile/reconcile.js";
import type {Check} from "../../../../lib/ledger/reconcile/check.js";
import {continuations} from "../../../../lib/ledger/roll/continuations.js";
import {rolledNavs, type RolledNav} from "../../../../lib/ledger/roll/nav.js";
import type {LedgerTables} from "../../../../lib/ledger/tables.js";
import type {ChangeSummary} from "../../../../lib/ledger/views.js";
import {formatAmount} from "../../../../lib/money/amount.js";
import {flexXml, type Books} from "../../../../sim/account/index.js";
import {ledgerOfFlex} from "../flex-ledger.js";
import {CONTEXT} from "../tables.js";
import {booksAt} from "../../demo.js";

/** The demo account is another judge: its books share no code with the ledger, and print what IBKR would. */
let books: Books;
let ledger: LedgerTables;
let changes: ChangeSummary[];
let checks: Check[];

beforeAll(() => {
  books = booksAt(new Date("2026-04-15T12:00:00Z"));
  const {days, restatedFrom} = books;
  const [from, to] = [days[0], days[days.length - 1]];
  const before = {to: days[days.length - 3], generatedAt: `${restatedFrom.slice(0, 10)}T05:00:00`};
  ({ledger, changes} = ledgerOfFlex([
    flexXml(books, {from, ...before, query: "Activity"}),
    flexXml(books, {from: days[days.length - 60], to, query: "Activity"}),
    flexXml(books, {from, to, query: "Trades only"})
  ]));
  checks = reconcile(ledger, {changes});
}, 120_000);

it("nothing of the demo differs, and nothing was not given", () => {
  const wrong = checks.filter(({status}) => status === "differs" || status === "not-given");
  expect(wrong.map(({account, what, evidence}) => [account, what, evidence[0]])).toEqual([]);
  expect(createFigures(ledger, {...CONTEXT, changes}).reconciliation({})).toMatchObject({
    green: true,
    counts: {differs: 0, notGiven: 0}
  });
});

it("every figure of every day was compared, each in the thousands", () => {
  const compared = (what: Check["what"]) =>
    checks.reduce((sum, check) => (check.what === what ? sum + check.compared : sum), 0);
  const least = {
    nav: 5000,
    cash: 5000,
    positions: 20000,
    mtm: 20000,
    realized: 20000,
    cost: 15000,
    marks: 20000,
    trades: 1000,
    twr: 1400,
    "change-in-nav": 5000,
    dividends: 3000,
    interest: 1000,
    rates: 1000
  } as const;
  for (const [what, count] of Object.entries(least)) {
    expect(compared(what as Check["what"]), what).toBeGreaterThan(count);
  }
});

it("what is explained is explained by a planted defect, on its day, or follows from one", () => {
  const lines = checks.flatMap((check) => check.lines);
  const planted = new Set(books.planted.map(({day}) => day));
  const roots = lines.filter(({reason}) => reason?.code !== "carried" && reason?.code !== "follows");
  const strange = roots.filter(
    ({day, reason}) => !planted.has(day) && ![...planted].some((one) => reason?.sentence.includes(one))
  );
  expect(strange).toEqual([]);
  expect(new Set(roots.map(({reason}) => reason?.code))).toEqual(
    new Set(["missing-rate", "contradiction", "restated"])
  );
  const since = books.planted.find(({kind}) => kind === "contradicting-file")?.day;
  for (const {reason} of lines) {
    if (reason?.code === "carried" || reason?.code === "follows") expect(reason.sentence).toContain(since);
  }
});

it("ours stays the same when each of IBKR's own sections is deleted", () => {
  const days = ["2023-06-30", "2024-03-28", "2025-01-31", "2025-09-12", "2026-03-31"];
  const values = (of: LedgerTables) => {
    const nav = rolledNavs(of);
    return books.accounts.flatMap((account) => days.map((day) => shown(nav(account, day))));
  };
  const ours = values(ledger);
  expect(ours.filter((value) => value !== null).length).toBeGreaterThan(5);
  const without: Record<string, Partial<LedgerTables>> = {
    EquitySummary: {nav: []},
    FIFO: {fifo: []},
    "ends of CashReport": {
      cash_balances: ledger.cash_balances.map((row) => ({...row, endingCash: null, endingSettledCash: null}))
    },
    "OpenPositions but its marks": {
      positions: ledger.positions.map((row) => ({
        ...row,
        position: null,
        positionValue: null,
        costBasisMoney: null,
        fifoPnlUnrealized: null
      })),
      lots: []
    },
    "ends of MTM": {
      mtm: ledger.mtm.map((row) => ({
        ...row,
        closeQuantity: null,
        total: null,
        priorOpenMtm: null,
        transactionMtm: null
      }))
    },
    MTM: {mtm: []},
    "ends of InterestAccruals": {
      interest_accruals: ledger.interest_accruals.map((row) => ({...row, endingAccrualBalance: null}))
    }
  };
  for (const [what, tables] of Object.entries(without))
    expect(values({...ledger, ...tables}), what).toEqual(ours);
  // What was accrued before a day that no statement covers is then not known, and never taken for nothing.
  const unaccrued = values({...ledger, dividend_accruals: []});
  expect(unaccrued.filter((value) => value !== null).length).toBeGreaterThan(5);
  expect(unaccrued).toEqual(ours.map((value, i) => (unaccrued[i] === null ? null : value)));
});

function shown(nav: RolledNav | null): string | null {
  return nav && nav.total !== null ? formatAmount(nav.total) : null;
}

it("the account that was migrated is named with its new number", () => {
  const [former, , account] = books.accounts;
  expect(continuations(ledger)).toMatchObject([{former, account}]);
  const view = createFigures(ledger, {...CONTEXT, changes}).reconciliation({});
  expect(view.continuations).toEqual(continuations(ledger));
});
