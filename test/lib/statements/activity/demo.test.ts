import * as fc from "fast-check";
import {expect, it} from "vitest";
import {tablesOf} from "../../../../lib/ledger/book.js";
import type {TableName} from "../../../../lib/ledger/tables.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";
import {ActivityCsvParser} from "../../../../lib/statements/activity/parser.js";
import {FlexXmlParser} from "../../../../lib/statements/flex-xml.js";
import type {StatementRow} from "../../../../lib/statements/statement.js";
import {activityCsv, flexXml} from "../../../../sim/account/index.js";
import {long} from "../../../long.js";
import {parseWith, type Collected} from "../collect.js";
import {booksAt} from "../../demo.js";

const books = booksAt(new Date("2026-11-22T11:00:00Z"));
const missing = books.planted.find(({kind}) => kind === "missing-day")!;
const unrated = books.planted.find(({kind}) => kind === "missing-rate")!;

interface Stretch {
  account: string;
  from: string;
  to: string;
}

/** A year of the main account, and short stretches of any account that Flex tells whole. */
const stretches = fc
  .record({
    account: fc.constantFrom(...books.accounts),
    start: fc.nat(books.days.length - 2),
    length: fc.integer({min: 1, max: 40})
  })
  .map(({account, start, length}): Stretch => ({
    account,
    from: books.days[start],
    to: books.days[Math.min(start + length, books.days.length) - 1]
  }))
  .filter(({account, from, to}) => {
    const days = books.restated.days.filter((day) => day.account === account);
    const whole = days.some(({day}) => day === from) && days.some(({day}) => day === to);
    return whole && !(account === missing.account && missing.day >= from && missing.day <= to);
  });

interface Both {
  activity: Collected;
  flex: Collected;
}

function readBoth(stretch: Stretch): Both {
  const {account, ...range} = stretch;
  return {
    activity: parseWith(ActivityCsvParser, activityCsv(books, stretch)),
    flex: parseWith(FlexXmlParser, flexXml(books, {...range, accounts: [account], query: "Activity"}))
  };
}

const always = (run: (both: Both, stretch: Stretch) => void): void => {
  fc.assert(
    fc.property(stretches, (stretch) => run(readBoth(stretch), stretch)),
    {numRuns: long(60), examples: [[{account: books.accounts[1], from: books.days[0], to: books.days[260]}]]}
  );
};

/** Sums of a table's rows that count, by the values of some attributes; a group whose every sum is 0 is left out. */
function sums(
  {rows}: Collected,
  table: TableName,
  by: (row: StatementRow) => string,
  ...names: string[]
): Record<string, Record<string, string>> {
  const groups = new Map<string, bigint[]>();
  for (const row of rows) {
    if (!tablesOf(row).includes(table)) continue;
    const group = groups.get(by(row)) ?? names.map(() => 0n);
    names.forEach((name, i) => (group[i] += parseAmount(row.fields[name] ?? "0")));
    groups.set(by(row), group);
  }
  const kept = [...groups].filter(([, group]) => group.some((sum) => sum !== 0n));
  return Object.fromEntries(
    kept.map(([key, group]) => [
      key,
      Object.fromEntries(names.map((name, i) => [name, formatAmount(group[i])]))
    ])
  );
}

const conid = ({fields}: StatementRow): string => fields.conid ?? "";
const last = ({rows}: Collected, to: string): Collected => ({
  headers: [],
  sections: [],
  warnings: [],
  rows: rows.filter(({day}) => day === to)
});

it("the demo's Activity Statement says nothing that its reader does not know or that contradicts itself", () => {
  always(({activity}) => {
    expect(activity.warnings).toEqual([]);
  });
});

it("trades by instrument are those of Flex: quantity, money, commissions, taxes, profit", () => {
  always(({activity, flex}) => {
    const figures = ["quantity", "proceeds", "ibCommission", "taxes", "cost", "fifoPnlRealized"];
    const stocks = (row: StatementRow) => (row.kind === "CASH" ? "" : conid(row));
    expect(sums(activity, "trades", stocks, ...figures)).toEqual(sums(flex, "trades", stocks, ...figures));
    const pair = ({kind, fields}: StatementRow) =>
      kind === "CASH" ? `${fields.symbol} ${fields.ibCommissionCurrency}` : "";
    const forex = ["quantity", "proceeds", "ibCommission"];
    expect(sums(activity, "trades", pair, ...forex)).toEqual(sums(flex, "trades", pair, ...forex));
  });
});

it("an order of several fills counts once, whatever lines say so", () => {
  always(({activity, flex}) => {
    const count = ({rows}: Collected) =>
      rows.filter((row) => tablesOf(row).includes("trades") && row.kind === "STK").length;
    const fills = activity.rows.filter(({level}) => level === "FILL").length;
    const orders = flex.rows.filter(({element}) => element === "Order").length;
    expect(count(activity)).toBe(count(flex) - fills + orders);
  });
});

it("closed lots are those of Flex", () => {
  always(({activity, flex}) => {
    const lot = (row: StatementRow) =>
      [conid(row), row.fields.openDateTime, row.fields.dateTime, row.fields.notes].join(" ");
    const figures = ["quantity", "cost", "fifoPnlRealized"];
    expect(sums(activity, "closed_lots", lot, ...figures)).toEqual(
      sums(flex, "closed_lots", lot, ...figures)
    );
  });
});

it("cash by type, currency and instrument is that of Flex", () => {
  always(({activity, flex}) => {
    const group = ({kind, fields}: StatementRow) => `${kind} ${fields.currency} ${fields.conid ?? ""}`;
    expect(sums(activity, "cash", group, "amount")).toEqual(sums(flex, "cash", group, "amount"));
  });
});

it("positions and lots of the last day are those of Flex", () => {
  always(({activity, flex}, {to}) => {
    const figures = ["position", "positionValue", "costBasisMoney", "fifoPnlUnrealized", "markPrice"];
    const theirs = sums(last(flex, to), "positions", conid, ...figures);
    expect(sums(activity, "positions", conid, ...figures)).toEqual(theirs);
    if (to !== books.days.at(-1)) return;
    const lot = (row: StatementRow) => `${conid(row)} ${row.fields.openDateTime}`;
    expect(sums(activity, "lots", lot, ...figures)).toEqual(sums(flex, "lots", lot, ...figures));
  });
});

it("net asset value is that of Flex, on the last day and the session before the first", () => {
  always(({activity, flex}, {to}) => {
    const names = ["cash", "stock", "options", "bonds", "dividendAccruals", "interestAccruals", "total"];
    const navs = ({rows}: Collected) => rows.filter(({element}) => element.startsWith("EquitySummary"));
    const [start, end] = navs(activity);
    const theirs = navs(flex);
    const day = (row: StatementRow) => row.day;
    expect(sums({...activity, rows: [start]}, "nav", day, ...names)).toEqual(
      sums({...flex, rows: [theirs[0]]}, "nav", day, ...names)
    );
    expect(sums({...activity, rows: [end]}, "nav", day, ...names)).toEqual(
      sums({...flex, rows: theirs.slice(-1)}, "nav", day, ...names)
    );
    expect(end.day).toBe(to);
  });
});

it("the change in net asset value has the parts of Flex, summed over its days, and their chained return", () => {
  always(({activity, flex}) => {
    const rows = flex.rows.filter(({element}) => element === "ChangeInNAV");
    const ours = activity.rows.find(({element}) => element === "ChangeInNAV")!.fields;
    const {startingValue, endingValue, twr, ...parts} = ours;
    expect(startingValue).toBe(rows[0].fields.startingValue);
    expect(endingValue).toBe(rows.at(-1)!.fields.endingValue);
    const index = rows.reduce((value, {fields}) => value * (1 + Number(fields.twr) / 100), 1);
    expect(Number(twr)).toBeCloseTo(100 * (index - 1), 8);
    for (const name of [
      "mtm",
      "depositsWithdrawals",
      "dividends",
      "commissions",
      "fxTranslation",
      "interest"
    ]) {
      const sum = rows.reduce((total, {fields}) => total + parseAmount(fields[name]), 0n);
      expect([name, parts[name] ?? "0"]).toEqual([name, formatAmount(sum)]);
    }
    const all = Object.values(parts).reduce((sum, part) => sum + parseAmount(part), 0n);
    expect(formatAmount(parseAmount(startingValue) + all)).toBe(endingValue);
  });
});

it("cash by currency starts and ends as in Flex", () => {
  always(({activity, flex}, {to}) => {
    const currency = ({fields}: StatementRow) => fields.currency;
    const theirs = flex.rows.filter(({section}) => section === "CashReport");
    const ending = {...flex, rows: theirs.filter((row) => row.to === to)};
    const ends = ["endingCash", "endingSettledCash"];
    expect(sums(activity, "cash_balances", currency, ...ends)).toEqual(
      sums(ending, "cash_balances", currency, ...ends)
    );
    const starting = {...flex, rows: theirs.filter((row) => row.from === theirs[0].from)};
    expect(sums(activity, "cash_balances", currency, "startingCash")).toEqual(
      sums(starting, "cash_balances", currency, "startingCash")
    );
  });
});

it("mark-to-market and realized profit by instrument are the sums of Flex's days", () => {
  always(({activity, flex}) => {
    const named = (row: StatementRow) => row.fields.conid ?? row.fields.symbol ?? "";
    const figures = ["transactionMtm", "priorOpenMtm", "commissions", "other", "total"];
    const instruments = (of: Collected) => ({...of, rows: of.rows.filter((row) => named(row) !== "")});
    expect(sums(instruments(activity), "mtm", named, ...figures)).toEqual(
      sums(instruments(flex), "mtm", named, ...figures)
    );
    const total = sums(instruments(activity), "fifo", conid, "totalRealizedPnl");
    expect(total).toEqual(sums(instruments(flex), "fifo", conid, "totalRealizedPnl"));
  });
});

it("corporate actions, transfers and accruals are those of Flex", () => {
  always(({activity, flex}, {to}) => {
    const action = (row: StatementRow) => `${conid(row)} ${row.fields.type} ${row.day}`;
    const moved = ["quantity", "proceeds", "value", "fifoPnlRealized"];
    expect(sums(activity, "corporate_actions", action, ...moved)).toEqual(
      sums(flex, "corporate_actions", action, ...moved)
    );
    const transfer = (row: StatementRow) =>
      `${conid(row)} ${row.day} ${row.fields.type} ${row.fields.direction} ${row.fields.account}`;
    const sent = ["quantity", "positionAmount", "cashTransfer"];
    expect(sums(activity, "transfers", transfer, ...sent)).toEqual(
      sums(flex, "transfers", transfer, ...sent)
    );
    const accrual = (row: StatementRow) => `${conid(row)} ${row.fields.payDate} ${row.fields.code ?? ""}`;
    const owed = ["quantity", "grossAmount", "tax", "netAmount"];
    expect(sums(activity, "dividend_changes", accrual, ...owed)).toEqual(
      sums(flex, "dividend_changes", accrual, ...owed)
    );
    const open = {...flex, rows: flex.rows.filter((row) => row.day === to || row.to === to)};
    expect(sums(activity, "dividend_accruals", accrual, ...owed)).toEqual(
      sums(open, "dividend_accruals", accrual, ...owed)
    );
  });
});

it("rates at the end are Flex's, where the account has the currency", () => {
  always(({activity, flex}, {to}) => {
    if (to === unrated.day) return;
    const theirs = flex.rows.filter(({element, day}) => element === "ConversionRate" && day === to);
    for (const {fields} of activity.rows.filter(({element}) => element === "ConversionRate")) {
      const {rate} = theirs.find((row) => row.fields.fromCurrency === fields.fromCurrency)!.fields;
      expect([fields.fromCurrency, fields.rate]).toEqual([fields.fromCurrency, rate]);
    }
  });
});

it("securities are told as Flex tells them", () => {
  always(({activity, flex}) => {
    const told = new Map(
      flex.rows.flatMap((row) => (row.fields.conid ? [[row.fields.conid, row.fields]] : []))
    );
    for (const {fields} of activity.rows.filter(({element}) => element === "SecurityInfo")) {
      const theirs = told.get(fields.conid)!;
      for (const name of ["assetCategory", "multiplier", "strike", "expiry", "putCall", "isin"]) {
        if (theirs[name] !== undefined) expect([name, fields[name]]).toEqual([name, theirs[name]]);
      }
    }
  });
});

it("nothing of the owner is in any row", () => {
  always(({activity}) => {
    expect(JSON.stringify(activity.rows)).not.toMatch(/Perdita|Nowhere|Rainy/);
  });
});

it("an MTM Summary tells the mark-to-market of the same Activity Statement, and nothing else", () => {
  const year = {account: books.accounts[1], from: books.days[0], to: books.days[260]};
  const short = parseWith(ActivityCsvParser, activityCsv(books, {...year, title: "MTM Summary"}));
  const whole = parseWith(ActivityCsvParser, activityCsv(books, year));
  const mtm = ({rows}: Collected) => rows.filter(({element}) => element.startsWith("MTM"));
  expect(short.headers[0].format).toBe("mtm-csv");
  expect(mtm(short).length).toBeGreaterThan(10);
  expect(mtm(short)).toEqual(mtm(whole));
  expect(new Set(short.rows.map(({section}) => section))).toEqual(
    new Set([
      "AccountInformation",
      "MTMPerformanceSummaryInBase",
      "Totals",
      "SecuritiesInfo",
      "ConversionRates"
    ])
  );
});
