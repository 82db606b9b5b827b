import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import type {ChangeSummary} from "../../../lib/ledger/views.js";
import {A, CONTEXT as AT_ANY_TIME, ledgerOf, navRows} from "./tables.js";

/** The Monday after the sound week below. */
const CONTEXT = {...AT_ANY_TIME, now: "2026-01-12T18:00:00Z"};
const B = "U7000002";
const D = "2026-01-06";
type Lists = Parameters<typeof ledgerOf>[0];
type Given = Record<string, string | undefined>;

const health = (lists: Lists, context: Partial<typeof CONTEXT> = {}) =>
  createFigures(ledgerOf(lists), {...CONTEXT, ...context}).health({});
const told = (lists: Lists, context: Partial<typeof CONTEXT> = {}) =>
  health(lists, context).findings.map(({code, severity, account, day}) => [code, severity, account, day]);
const sentences = (lists: Lists) => health(lists).findings.map(({sentence}) => sentence);

/** A sound week: values, a bridge a day, positions, cash and rates. */
const week = ["2026-01-05", D, "2026-01-07", "2026-01-08", "2026-01-09"];
const bridge = (day: string, amounts: Given, account = A) =>
  Object.entries(amounts).map(([part, amount]) => ({account, day, fromDate: day, toDate: day, part, amount}));
const sound = {
  nav: week.map((day, i) => ({
    day,
    total: String(100 + i),
    cash: "40",
    stock: String(60 + i),
    options: "0",
    bonds: "0",
    commodities: "0",
    notes: "0",
    funds: "0",
    dividendAccruals: "0",
    interestAccruals: "0"
  })),
  change_in_nav: week.flatMap((day, i) =>
    bridge(day, {startingValue: i ? String(99 + i) : "0", mtm: i ? "1" : "100", endingValue: String(100 + i)})
  ),
  cash_balances: week.map((day) => ({
    day,
    fromDate: day,
    toDate: day,
    currency: "BASE_SUMMARY",
    endingCash: "40"
  })),
  positions: week.map((day, i) => ({
    day,
    conid: "1",
    symbol: "ACME",
    assetCategory: "STK",
    currency: "USD",
    fxRateToBase: "1",
    position: "1",
    markPrice: String(60 + i),
    positionValue: String(60 + i),
    costBasisMoney: "50"
  })),
  coverage: [{account: A, from: "2026-01-05", to: "2026-01-09", base: "USD"}]
} satisfies Lists;
const without = <Row extends {day: string}>(rows: readonly Row[], day: string) =>
  rows.filter((row) => row.day !== day);
const FILES = {oldFile: "a".repeat(64), nowFile: "b".repeat(64)};
const replaced = <Row extends {day: string}>(rows: readonly Row[], day: string, more: Given) =>
  rows.map((row) => (row.day === day ? {...row, ...more} : row));

it("health({}) finds nothing in a sound week, and shows what is covered", () => {
  const {findings, coverage} = health(sound);
  expect(findings).toEqual([]);
  expect(coverage).toEqual(sound.coverage);
});

it("health({}) finds the day that no statement covers, by its exact day", () => {
  const coverage = [
    {account: A, from: "2026-01-05", to: "2026-01-06", base: "USD"},
    {account: A, from: "2026-01-08", to: "2026-01-09", base: "USD"}
  ];
  expect(told({...sound, coverage})).toEqual([["missing-day", "warning", A, "2026-01-07"]]);
});

it("health({}) finds the day that Change in NAV leaves out, though its value is in the next day's statement", () => {
  const lists = {...sound, change_in_nav: without(sound.change_in_nav, "2026-01-07")};
  expect(told(lists)).toEqual([["missing-day", "warning", A, "2026-01-07"]]);
  expect(sentences(lists)).toEqual([`no statement of ${A} for 2026-01-07`]);
});

it("health({}) finds the day without a value where there is no Change in NAV", () => {
  expect(told({...sound, nav: without(sound.nav, D), change_in_nav: []})).toEqual([
    ["missing-day", "warning", A, D]
  ]);
});

it("health({}) finds the day without a value within a longer Change in NAV", () => {
  const period = {day: "2026-01-09", fromDate: "2026-01-05", toDate: "2026-01-09"};
  const change_in_nav = Object.entries({startingValue: "0", mtm: "104", endingValue: "104"}).map(
    ([part, amount]) => ({
      ...period,
      part,
      amount
    })
  );
  expect(told({...sound, change_in_nav, nav: without(sound.nav, D)})).toEqual([
    ["missing-day", "warning", A, D]
  ]);
});

it("health({}) tells missing days that follow one another in one sentence, and no week-end or holiday", () => {
  const nav = navRows({
    "2026-01-14": "1",
    "2026-01-15": "1",
    "2026-01-21": "1",
    "2026-01-22": "1",
    "2026-01-23": "1"
  });
  // the 16th and the 20th; between them a week-end and Martin Luther King's day
  expect(sentences({nav})).toEqual([`no statement of ${A} for 2026-01-16 to 2026-01-20, 2 exchange days`]);
});

it("health({}) says once that an account has values on few days", () => {
  expect(told({nav: navRows({"2026-01-02": "1", "2026-01-30": "1"})})).toEqual([
    ["no-daily-values", "warning", A, null]
  ]);
});

it("health({}) misses no day before the first statement that has a value, however old others are", () => {
  const older = {account: A, from: "2025-06-02", to: "2025-06-30", base: "USD"};
  const coverage = [older, {...older, from: "2026-01-06", to: "2026-01-09"}];
  const change_in_nav = without(sound.change_in_nav, "2026-01-05");
  expect(told({...sound, change_in_nav, coverage})).toEqual([]);
});

it("health({}) misses no day before the first statement, and none of an account that ended at zero", () => {
  const coverage = [{account: A, from: "2026-01-08", to: "2026-01-09", base: "USD"}];
  expect(told({nav: navRows({"2026-01-05": "1", "2026-01-08": "1", "2026-01-09": "1"}), coverage})).toEqual(
    []
  );
  const nav = [
    ...navRows({"2026-01-05": "5", [D]: "0", "2026-01-09": "0"}),
    ...sound.nav.map((row) => ({...row, account: B}))
  ];
  expect(told({nav})).toEqual([["no-positions", "warning", B, "2026-01-09"]]);
});

const rate = (day: string, value: string | undefined, fromCurrency = "JPY") => ({
  day,
  fromCurrency,
  toCurrency: "USD",
  rate: value
});
const yen = {day: "2026-01-09", type: "Dividends", amount: "5", currency: "JPY", fxRateToBase: "0.01"};

it("health({}) finds the day without a rate of a currency in use, by its exact day", () => {
  const rates = week.map((day) => rate(day, day === D ? undefined : "0.01"));
  expect(told({...sound, rates, cash: [yen]})).toEqual([["missing-rate", "warning", null, D]]);
  expect(sentences({...sound, rates, cash: [yen]})).toEqual([`no rate JPY/USD on ${D}`]);
  expect(told({...sound, rates})).toEqual([]); // nobody uses yen
});

it("health({}) finds rates that end before the currency's last use", () => {
  const rates = [rate("2026-01-05", "0.01"), rate(D, "-1")];
  expect(sentences({...sound, rates, cash: [yen]})).toEqual([
    "no rate JPY/USD on 4 days, 2026-01-06 to 2026-01-09"
  ]);
});

it("health({}) finds rows that cannot be told in base, by currency", () => {
  const cash = [yen, yen].map((row) => ({...row, fxRateToBase: undefined}));
  const {findings} = health({...sound, cash});
  expect(findings).toMatchObject([
    {
      code: "no-rate",
      day: "2026-01-09",
      sentence: "2 rows in JPY cannot be told in USD: no rate on 2026-01-09",
      rows: ["cash-0", "cash-1"]
    }
  ]);
});

it("health({}) finds a Change in NAV that does not add up, to the cent", () => {
  const off = (mtm: string) =>
    replaced(sound.change_in_nav, D, {}).map((row) =>
      row.day === D && row.part === "mtm" ? {...row, amount: mtm} : row
    );
  expect(told({...sound, change_in_nav: off("1.01")})).toEqual([["nav-identity", "error", A, D]]);
  expect(sentences({...sound, change_in_nav: off("1.01")})[0]).toContain("is off by 0.01");
  expect(told({...sound, change_in_nav: off("1.004")})).toEqual([]);
});

it("health({}) finds a Change in NAV that ends or starts at another value than EquitySummary has", () => {
  const other = (part: string, amount: string) =>
    sound.change_in_nav.map((row) => (row.day === D && row.part === part ? {...row, amount} : row));
  const shifted = other("endingValue", "111").map((row) =>
    row.day === D && row.part === "mtm" ? {...row, amount: "11"} : row
  );
  expect(told({...sound, change_in_nav: shifted})).toEqual([["nav-differs", "error", A, D]]);
  const began = other("startingValue", "90").map((row) =>
    row.day === D && row.part === "mtm" ? {...row, amount: "11"} : row
  );
  expect(told({...sound, change_in_nav: began})).toEqual([["nav-continuity", "error", A, D]]);
});

it("health({}) compares a start with the last value also where a day lies between that is no session", () => {
  const nav = navRows({"2026-01-16": "100", "2026-01-19": "101", "2026-01-20": "102"}); // the 19th is a holiday
  const change = bridge("2026-01-20", {startingValue: "101", mtm: "1", endingValue: "102"});
  expect(told({nav, change_in_nav: change})).toEqual([]);
});

it("health({}) finds a net asset value that is not the sum of its parts, where all are ticked", () => {
  expect(told({...sound, nav: replaced(sound.nav, D, {cash: "41"}), cash_balances: []})).toEqual([
    ["nav-parts", "warning", A, D]
  ]);
  expect(
    told({...sound, nav: replaced(sound.nav, D, {cash: "41", notes: undefined}), cash_balances: []})
  ).toEqual([]);
  expect(told({...sound, nav: replaced(sound.nav, D, {cash: "35", crypto: "5"}), cash_balances: []})).toEqual(
    []
  );
});

it("health({}) finds deposits that no row books", () => {
  const change = sound.change_in_nav.map((row) =>
    row.day === D && row.part === "mtm" ? {...row, part: "depositsWithdrawals"} : row
  );
  const {findings} = health({...sound, change_in_nav: change});
  expect(findings).toMatchObject([{code: "flows-differ", severity: "warning", day: D}]);
  expect(findings[0].sentence).toContain("rows give 0, Change in NAV 1");
});

it("health({}) says where flows have no day, and that those days are n/a", () => {
  const month = {day: "2026-01-09", fromDate: "2026-01-05", toDate: "2026-01-09"};
  const change_in_nav = Object.entries({
    startingValue: "0",
    depositsWithdrawals: "40",
    mtm: "64",
    endingValue: "104"
  }).map(([part, amount]) => ({...month, part, amount}));
  expect(told({...sound, change_in_nav})).toEqual([
    ["flows-differ", "warning", A, "2026-01-09"],
    ["flows-undated", "warning", A, "2026-01-09"]
  ]);
});

it("health({}) finds a class of positions whose value is not that in net asset value", () => {
  const last = "2026-01-09";
  const positions = replaced(sound.positions, last, {positionValue: "60", markPrice: "60"});
  expect(told({...sound, positions})).toEqual([["positions-differ", "warning", A, last]]);
  expect(sentences({...sound, positions})[0]).toContain(
    "are worth 60, its net asset value of 2026-01-09 has 64 in stock"
  );
});

it("health({}) allows what a printed rate makes of foreign positions", () => {
  const last = "2026-01-09";
  const euros = replaced(sound.positions, last, {
    currency: "EUR",
    fxRateToBase: "1.1",
    positionValue: "58.1802",
    markPrice: "58.1802"
  });
  expect(told({...sound, positions: euros})).toEqual([]); // 63.99822 for 64
});

it("health({}) counts no future in any class (R18)", () => {
  const last = "2026-01-09";
  const future = {...sound.positions[4], conid: "2", symbol: "FUT", assetCategory: "FUT", day: last};
  expect(told({...sound, positions: [...sound.positions, future]})).toEqual([]);
});

it("health({}) finds a last day with securities in net asset value and no positions", () => {
  expect(told({...sound, positions: []})).toEqual([["no-positions", "warning", A, "2026-01-09"]]);
});

it("health({}) finds cash that the Cash Report tells otherwise", () => {
  expect(told({...sound, cash_balances: replaced(sound.cash_balances, D, {endingCash: "39"})})).toEqual([
    ["cash-differs", "warning", A, D]
  ]);
});

it("health({}) finds positions without cost, with an odd mark, without or with another value", () => {
  const odd = (more: Given) => {
    const last = {...sound.positions[4], ...more};
    return health({nav: navRows({"2026-01-09": "104"}), positions: [last]}).findings.map(
      ({code, sentence}) => [code, sentence]
    );
  };
  expect(odd({costBasisMoney: undefined})).toEqual([["no-cost", `ACME in ${A}: it has no cost basis`]]);
  expect(odd({costBasisMoney: "0"})).toEqual([["no-cost", `ACME in ${A}: its cost basis is zero`]]);
  expect(odd({markPrice: "-1", positionValue: "-1"})).toEqual([["odd-mark", `ACME in ${A}: its mark is -1`]]);
  expect(odd({markPrice: "0", positionValue: "0", assetCategory: "OPT", putCall: "C"})).toEqual([]);
  expect(odd({markPrice: undefined, positionValue: undefined})).toEqual([
    ["no-value", `ACME in ${A}: it has neither mark nor value`]
  ]);
  expect(odd({markPrice: "6400"})).toEqual([
    ["value-differs", `ACME in ${A}: its value is 64, quantity x mark x multiplier 6400`] // pence for pounds (V9)
  ]);
});

it("health({}) says where the base currency is unknown", () => {
  expect(told({nav: navRows({[D]: "1"}), coverage: [{account: A, from: D, to: D, base: null}]})).toEqual([
    ["unknown-base", "warning", A, null]
  ]);
});

it("health({}) lists a contradiction as a warning, what IBKR changed as news, and what failed as an error first", () => {
  const change = (kind: ChangeSummary["kind"], account = A): ChangeSummary => ({
    kind,
    account,
    element: "Trade",
    key: "1",
    day: D,
    seen: "2026-01-08T06:00:00Z",
    differences: [["ibCommission", "-1", kind === "gone" ? null : "-2"]],
    ...FILES
  });
  const {findings} = health(sound, {
    changes: [change("changed"), change("gone"), change("contradiction"), change("contradiction", B)],
    failures: ["the pull failed"]
  });
  expect(findings.map(({code, severity, sentence}) => [code, severity, sentence])).toEqual([
    ["failed", "error", "the pull failed"],
    ["contradiction", "warning", `two files contradict each other on a Trade of ${D}: ibCommission -1 → -2`],
    ["changed", "info", `IBKR changed a Trade of ${D}: ibCommission -1 → -2`],
    ["gone", "info", `IBKR took back a Trade of ${D}`]
  ]);
  expect(findings[1].rows).toEqual([`Trade:${A}:1`]);
});

it("health({}) tells what follows from a change as one count", () => {
  const change = (element: string, day: string): ChangeSummary => ({
    kind: "changed",
    account: A,
    element,
    key: day,
    day,
    seen: "2026-02-01T00:00:00Z",
    differences: [["total", "1", "2"]],
    ...FILES
  });
  const days = ["2026-01-05", "2026-01-06", "2026-01-07"];
  const changes = days.map((day) => change("EquitySummaryByReportDateInBase", day));
  const {findings} = createFigures(ledgerOf({nav: navRows({"2026-01-05": "1"})}), {
    ...CONTEXT,
    changes
  }).health({});
  expect(findings.map(({sentence}) => sentence)).toEqual([
    `IBKR changed 3 balances, values and sums of ${A} of 2026-01-05 to 2026-01-07`
  ]);
});

it("health({}) takes no other name of a security for a contradiction: it has no day", () => {
  const renamed: ChangeSummary = {
    kind: "contradiction",
    account: A,
    element: "SecurityInfo",
    key: "1",
    day: "",
    seen: "2026-01-08T06:00:00Z",
    differences: [["symbol", "OLD", "NEW"]],
    ...FILES
  };
  expect(health(sound, {changes: [renamed]}).findings).toMatchObject([
    {
      severity: "info",
      day: null,
      sentence: "two files contradict each other on a SecurityInfo: symbol OLD → NEW"
    }
  ]);
});

it("health({accounts}) speaks of those accounts only", () => {
  const lists = {...sound, nav: [...sound.nav, ...navRows({"2026-01-05": "1", "2026-01-09": "1"}, B)]};
  const figures = createFigures(ledgerOf(lists), CONTEXT);
  expect(figures.health({accounts: [A]}).findings).toEqual([]);
  expect(figures.health({accounts: [B]}).findings.map(({account}) => account)).toEqual([B]);
});

it("health({}) finds an account whose statements end more than three sessions ago, and offers what is new", () => {
  const stale = (now: string) => health(sound, {now}).findings;
  expect(stale("2026-01-15T18:00:00Z")).toEqual([]); // the 12th, 13th and 14th are not here yet
  expect(stale("2026-01-16T18:00:00Z")).toMatchObject([
    {
      code: "stale-account",
      sentence: `the statements of ${A} end 2026-01-09, 4 exchange days ago`,
      fix: {kind: "fetch", what: "new"}
    }
  ]);
  const emptied = {...sound, nav: replaced(sound.nav, "2026-01-09", {total: "0", cash: "0", stock: "0"})};
  const codes = health(
    {...emptied, positions: [], change_in_nav: []},
    {now: "2026-06-01T18:00:00Z"}
  ).findings;
  expect(codes.map(({code}) => code)).not.toContain("stale-account");
});

it("health({}) finds a history that begins with something in it, and offers a year of it", () => {
  const lists = {
    ...sound,
    change_in_nav: sound.change_in_nav.map((row) =>
      row.day === "2026-01-05"
        ? {...row, amount: row.part === "startingValue" ? "99" : row.part === "mtm" ? "1" : row.amount}
        : row
    )
  };
  expect(health(lists).findings).toMatchObject([
    {code: "short-history", severity: "info", day: "2026-01-05", fix: {kind: "fetch", what: "all"}}
  ]);
  const later = health(lists, {now: "2027-06-01T18:00:00Z"}).findings;
  expect(later.find(({code}) => code === "short-history")).toMatchObject({
    fix: null,
    next: "run the query in the portal for the years before, and import the files"
  });
});

it("health({}) offers to fetch a missing day as far as IBKR gives it", () => {
  const lists = {...sound, change_in_nav: without(sound.change_in_nav, "2026-01-07")};
  const fixAt = (now: string) => health(lists, {now}).findings.find(({code}) => code === "missing-day")?.fix;
  expect(fixAt("2026-01-12T18:00:00Z")).toEqual({kind: "fetch", what: "all"});
  expect(fixAt("2027-01-06T18:00:00Z")).toEqual({kind: "fetch", what: "all"});
  expect(fixAt("2027-01-07T18:00:00Z")).toBe(null);
});

it("health({}) offers to take out either file of a contradiction, the one that does not count first", () => {
  const file = (sha256: string, name: string) => ({
    sha256,
    name,
    format: "flex-xml",
    bytes: 1,
    importedAt: "2026-01-10T06:00:00Z",
    accounts: [A],
    from: D,
    to: D,
    rows: 1,
    warnings: 0
  });
  const change: ChangeSummary = {
    kind: "contradiction",
    account: A,
    element: "Trade",
    key: "1",
    day: D,
    seen: "2026-01-08T06:00:00Z",
    differences: [["ibCommission", "-1", "-2"]],
    ...FILES
  };
  const files = [file(FILES.nowFile, "july.xml"), file(FILES.oldFile, "june.xml")];
  const fixOf = (changes: readonly ChangeSummary[], held = files) =>
    health(sound, {changes, files: held}).findings[0].fix;
  expect(fixOf([change])).toEqual({
    kind: "undo-file",
    files: [
      {sha256: FILES.oldFile, name: "june.xml", rows: 1},
      {sha256: FILES.nowFile, name: "july.xml", rows: 1}
    ]
  });
  expect(fixOf([{...change, kind: "changed"}])).toBe(null);
  expect(fixOf([{...change, nowFile: FILES.oldFile}])).toBe(null); // one file that contradicts itself
  expect(fixOf([change], files.slice(1))).toBe(null); // the other is not held here
});
