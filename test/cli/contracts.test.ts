import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {ACTIVITY, desk, filledDesks, RESTATED} from "./terminal.js";

const filledDesk = filledDesks();

/** What the fixture holds, added up by hand. */
const QUARTER = {
  account: "U1000042",
  base: "USD",
  from: "2025-01-01",
  to: "2025-03-31",
  generated: "2025-04-02T04:30:00",
  trades: [
    {
      currency: "EUR",
      category: "STK",
      count: 3,
      quantity: "2.5",
      proceeds: "-100",
      commission: "-1.25",
      netCash: "-101.25",
      realized: "0"
    },
    {
      currency: "USD",
      category: "CASH",
      count: 1,
      quantity: "200",
      proceeds: "-220",
      commission: "-2",
      netCash: "0",
      realized: "0"
    },
    // no row of an option says what was realized
    {
      currency: "USD",
      category: "OPT",
      count: 1,
      quantity: "1",
      proceeds: "-320",
      commission: "-0.65",
      netCash: "-320.65"
    },
    {
      currency: "USD",
      category: "STK",
      count: 2,
      quantity: "6",
      proceeds: "-559",
      commission: "-2.005",
      netCash: "-561.005",
      realized: "39.595"
    }
  ],
  cash: [
    {currency: "EUR", type: "Deposits & Withdrawals", count: 1, sum: "500"},
    {currency: "USD", type: "Broker Interest Received", count: 2, sum: "0.3"},
    {currency: "USD", type: "Deposits & Withdrawals", count: 1, sum: "5000"},
    {currency: "USD", type: "Dividends", count: 2, sum: "5"},
    {currency: "USD", type: "Withholding Tax", count: 1, sum: "-0.75"}
  ],
  // 672 + 110 x 1.08 + 410
  positions: {count: 3, value: "1200.8", cost: "1030.6", unrealized: "170.2"},
  nav: {
    start: "0",
    end: "5748.345",
    twr: "4.041",
    parts: {
      mtm: "220",
      realized: "39.595",
      changeInUnrealized: "170.2",
      costAdjustments: "0",
      transferredPnlAdjustments: "0",
      depositsWithdrawals: "5525",
      dividends: "5",
      withholdingTax: "-0.75",
      interest: "0.3",
      commissions: "-5.98",
      fxTranslation: "4.775"
    }
  },
  cashReport: [
    {currency: "BASE_SUMMARY", start: "0", end: "4547.545"},
    {currency: "EUR", start: "0", end: "598.75"},
    {currency: "USD", start: "0", end: "3900.895"}
  ],
  counts: {
    accountInformation: 1,
    equitySummaryInBase: 2,
    changeInNAV: 1,
    cashReport: 3,
    openPositions: 4,
    trades: 8,
    cashTransactions: 8,
    conversionRates: 2,
    corporateActions: 0,
    transfers: 0,
    securities: 3
  }
};

/** A statement without any section: what is absent is left out. */
const EMPTY = {
  account: "U1000043",
  base: null,
  from: "2025-01-01",
  to: "2025-03-31",
  generated: "2025-04-02T04:30:00",
  trades: [],
  cash: [],
  counts: {}
};

const INSPECTION = {
  file: ACTIVITY,
  format: "flex-xml",
  statements: [QUARTER, EMPTY],
  warnings: [{code: "unknown-attribute", where: "Trade@foo", count: 1}],
  errors: []
};

const REFUSED = {
  code: "empty",
  message: "the file is empty: download the statement again",
  where: ""
};

it("inspect FILE --json prints what the file holds, field by field, and nothing on stderr", async () => {
  const {code, stderr, json} = await desk().run(["inspect", ACTIVITY, "--json"]);
  expect({code, stderr}).toEqual({code: 0, stderr: ""});
  expect(json()).toEqual(INSPECTION);
});

it("inspect FILE --json of a refused file has the reason in errors, no statements and exit code 2", async () => {
  const {run, write} = desk();
  const file = write("empty.xml", "");
  const {code, json} = await run(["inspect", file, "--json"]);
  expect(code).toBe(2);
  expect(json()).toEqual({file, format: null, statements: [], warnings: [], errors: [REFUSED]});
});

it("inspect FILE prints a table on stdout and what is odd on stderr", async () => {
  const {stdout, stderr} = await desk().run(["inspect", ACTIVITY]);
  expect(stdout).toBe(
    [
      "account   base  from        to          trades  cash  positions  start       end",
      "--------  ----  ----------  ----------  ------  ----  ---------  -----  --------",
      "U1000042  USD   2025-01-01  2025-03-31       7     7          3      0  5748.345",
      "U1000043        2025-01-01  2025-03-31       0     0",
      ""
    ].join("\n")
  );
  expect(stderr).toBe(`${ACTIVITY}: flex-xml, 2 statements\nwarning: unknown attribute Trade@foo\n`);
});

it("import FILE… --json prints inspect's answer for each file and what storing it did", async () => {
  const {run, write} = desk();
  const empty = write("empty.xml", "");
  const missing = `${empty}.no`;

  const first = await run(["import", ACTIVITY, empty, missing, RESTATED, "--json"]);
  expect(first.code).toBe(2);
  const [stored, refused, absent, restated] = first.json();
  expect(stored).toEqual({
    ...INSPECTION,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    known: false,
    sections: expect.arrayContaining([{section: "Trades", new: 8, same: 0, changed: 0, retired: 0}]),
    new: 32,
    same: 0,
    changed: 0,
    retired: 0,
    missing: expect.arrayContaining([
      {
        section: "Interest Accruals",
        box: "Select All",
        why: "it explains the interest that has run up and is not yet booked",
        severity: "advised"
      }
    ])
  });
  const nothing = {format: null, statements: [], warnings: [], new: 0, same: 0, changed: 0, retired: 0};
  expect(refused).toEqual({...nothing, file: empty, errors: [REFUSED]});
  expect(absent).toEqual({
    ...nothing,
    file: missing,
    errors: [
      {
        code: "unreadable",
        message: `${missing} cannot be read: there is no such file: name a file of yours`,
        where: ""
      }
    ]
  });
  // one dividend is another, one credit of interest is gone, a fee is new; 30 rows are as they were
  expect(restated).toMatchObject({known: false, new: 1, same: 30, changed: 1, retired: 1});
  expect(first.stderr.split("\n").slice(-7)).toEqual([
    "activity.xml: 32 new, 0 same, 0 changed, 0 retired",
    "warning: unknown attribute Trade@foo",
    "empty.xml: the file is empty: download the statement again",
    `${missing} cannot be read: there is no such file: name a file of yours`,
    "activity-restated.xml: 1 new, 30 same, 1 changed, 1 retired",
    "warning: unknown attribute Trade@foo",
    ""
  ]);

  const again = await run(["import", ACTIVITY, "--json"]);
  expect(again.code).toBe(0);
  expect(again.json()).toMatchObject([{known: true, new: 0, same: 32, changed: 0, retired: 0}]);
});

it("nothing of the person's own fields is in the store after an import", async () => {
  const {run, database} = desk();
  await run(["import", ACTIVITY]);
  const bytes = readFileSync(database).toString("latin1");
  expect(bytes).toContain("U1000042");
  for (const own of ["Jo Invented", "Ruritania pot", "1 Nowhere Lane", "jo@example.invalid"])
    expect(bytes).not.toContain(own);
});

it("sql SELECT --json prints rows, amounts as exact decimals without filling zeros", async () => {
  const {run} = filledDesk();
  const select =
    "select currency, assetCategory, count(*)::int n, sum(netCash) net, sum(fifoPnlRealized) realized from trades group by all order by all";
  const {code, stderr, json} = await run(["sql", select, "--json"]);
  expect({code, stderr}).toEqual({code: 0, stderr: ""});
  expect(json()).toEqual([
    {currency: "EUR", assetCategory: "STK", n: 3, net: "-101.25", realized: "0"},
    {currency: "USD", assetCategory: "CASH", n: 1, net: "0", realized: "0"},
    {currency: "USD", assetCategory: "OPT", n: 1, net: "-320.65", realized: null},
    {currency: "USD", assetCategory: "STK", n: 2, net: "-561.005", realized: "39.595"}
  ]);
});

it("sql SELECT prints a table; without rows it says so", async () => {
  const {run} = filledDesk();
  const {stdout} = await run([
    "sql",
    "select day, symbol, amount from cash where type = 'Dividends' order by day"
  ]);
  expect(stdout).toBe(
    [
      "day         symbol  amount",
      "----------  ------  ------",
      "2025-03-14  ALFA       3.3",
      "2025-03-28  ALFA       1.7",
      ""
    ].join("\n")
  );
  expect(await run(["sql", "from cash where false"])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "no rows\n"
  });
});

it.each([
  [
    "select 1; select 2",
    "only one SELECT can be asked at a time, not 2 statements: the ledger is changed by imports alone"
  ],
  [
    "delete from trades",
    "only one SELECT can be asked at a time, not DELETE: the ledger is changed by imports alone"
  ],
  [
    "set lock_configuration = false",
    "only one SELECT can be asked at a time, not SET: the ledger is changed by imports alone"
  ],
  [
    "attach 'other.db'",
    "only one SELECT can be asked at a time, not ATTACH: the ledger is changed by imports alone"
  ],
  [
    "from read_csv('/etc/hosts')",
    'Permission Error: Cannot access file "/etc/hosts" - file system operations are disabled by configuration'
  ],
  [
    "from 'https://example.invalid/x.parquet'",
    'Permission Error: Cannot access file "https://example.invalid/x.parquet" - file system operations are disabled by configuration'
  ],
  ["select nothing from trades", 'Binder Error: Referenced column "nothing" not found in FROM clause!']
])("sql %j is refused with exit code 1", async (select, sentence) => {
  const {run} = filledDesk();
  expect(await run(["sql", select])).toMatchObject({code: 1, stdout: "", stderr: `${sentence}\n`});
});

it("sql says what to do when there is no store or no demo yet", async () => {
  const {run, database} = desk();
  expect(await run(["sql", "select 1"])).toMatchObject({
    code: 1,
    stderr: `there is no store yet: ${database}: import a statement first\n`
  });
  expect(await run(["sql", "select 1", "--demo"])).toMatchObject({
    code: 1,
    stderr: `there is no demo yet: ${database.replace("tearsheet.db", "demo/tearsheet.db")}: start the desk once\n`
  });
});

it("doctor --json lists checks, each with what, status and a sentence", async () => {
  const {run, folder, database} = desk();
  const before = await run(["doctor", "--json"]);
  expect(before.code).toBe(0);
  expect(before.json().checks).toMatchObject([
    {what: "settings", status: "ok", sentence: "all settings are well formed"},
    {
      what: "store",
      status: "warning",
      sentence: `there is no store yet in ${folder}/var: import a statement`
    },
    {what: "site"}
  ]);

  await run(["import", ACTIVITY]);
  const after = (await run(["doctor", "--json"])).json();
  expect(after.checks).toContainEqual({what: "store", status: "ok", sentence: `1 file in ${database}`});
  expect(after.checks).toContainEqual({
    what: "flex",
    status: "warning",
    sentence:
      "no Flex query is set up: put FLEX_TOKEN and FLEX_QUERY_IDS into .env, as guides/flex-query-setup.md says"
  });
});

it("doctor tells all wrong settings at once, with exit code 1", async () => {
  const {code, json} = await desk().run(["doctor", "--json"], {PORT: "99999", FLEX_TOKEN: "secret"});
  expect(code).toBe(1);
  expect(json()).toEqual({
    checks: [
      {what: "settings", status: "error", sentence: "PORT=99999 must be a port, 0 to 65535"},
      {
        what: "settings",
        status: "error",
        sentence: "FLEX_TOKEN must be digits only, as the Flex Web Service page of IBKR's portal shows it"
      }
    ]
  });
});
