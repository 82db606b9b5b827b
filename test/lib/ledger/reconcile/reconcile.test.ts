import {describe, expect, it} from "vitest";
import type {Check, CheckWhat} from "../../../../lib/ledger/reconcile/check.js";
import {reconcile} from "../../../../lib/ledger/reconcile/reconcile.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import type {ChangeSummary} from "../../../../lib/ledger/views.js";
import {ledgerOfFlex} from "../flex-ledger.js";
import {A, CONTEXT, ledgerOf} from "../tables.js";

type Lists = Parameters<typeof ledgerOf>[0];

const D0 = "2026-01-02";
const D1 = "2026-01-05";
const D2 = "2026-01-06";
const share = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", multiplier: "1"};
const at = (day: string) => ({day, fromDate: day, toDate: day});
const usd = (day: string, startingCash: string, endingCash: string) => ({
  ...at(day),
  currency: "USD",
  startingCash,
  endingCash
});

/** Two days of an account of ten shares: a purchase on the first, a dividend on the second. All of it agrees. */
function statements(): Lists {
  return {
    cash_balances: [usd(D1, "1000", "699"), usd(D2, "699", "706")],
    mtm: [
      {
        ...at(D1),
        ...share,
        prevCloseQuantity: "10",
        prevClosePrice: "50",
        closeQuantity: "15",
        closePrice: "61",
        transactionMtm: "5",
        priorOpenMtm: "110",
        commissions: "-1",
        other: "0",
        total: "114"
      },
      {
        ...at(D2),
        ...share,
        prevCloseQuantity: "15",
        prevClosePrice: "61",
        closeQuantity: "15",
        closePrice: "60",
        transactionMtm: "0",
        priorOpenMtm: "-15",
        commissions: "0",
        other: "7",
        total: "-8"
      }
    ],
    positions: [
      {...share, day: D1, position: "15", markPrice: "61", positionValue: "915"},
      {...share, day: D2, position: "15", markPrice: "60", positionValue: "900"}
    ],
    nav: [
      {day: D0, cash: "1000", stock: "500", dividendAccruals: "0", interestAccruals: "0", total: "1500"},
      {day: D1, cash: "699", stock: "915", dividendAccruals: "0", interestAccruals: "0", total: "1614"},
      {day: D2, cash: "706", stock: "900", dividendAccruals: "0", interestAccruals: "0", total: "1606"}
    ],
    change_in_nav: [
      ["startingValue", "1500"],
      ["mtm", "115"],
      ["commissions", "-1"],
      ["endingValue", "1614"],
      ["twr", "7.6"]
    ].map(([part, amount]) => ({...at(D1), part, amount, id: part})),
    trades: [
      {
        ...share,
        day: D1,
        tradeDate: D1,
        settleDateTarget: D2,
        quantity: "5",
        tradePrice: "60",
        proceeds: "-300",
        ibCommission: "-1",
        netCash: "-301",
        closePrice: "61",
        mtmPnl: "5"
      }
    ],
    cash: [{...share, day: D2, type: "Dividends", amount: "7"}]
  };
}

function checksOf(lists: Lists, changes: ChangeSummary[] = []): Check[] {
  return reconcile(ledgerOf(lists), {changes});
}

const find = (checks: readonly Check[], what: CheckWhat) => checks.find((check) => check.what === what);
const statusOf = (lists: Lists, what: CheckWhat) => find(checksOf(lists), what)?.status;

/** The lists with one row of a table changed. */
function changed(table: keyof Lists, n: number, fields: Record<string, string | undefined>): Lists {
  const lists = statements();
  const rows = lists[table] as Record<string, string>[];
  return {...lists, [table]: rows.map((row, i) => (i === n ? {...row, ...fields} : row))};
}

describe("reconcile(ledger) of two days that agree", () => {
  const checks = checksOf(statements());

  it.each(["cash", "positions", "nav", "mtm", "twr", "change-in-nav", "trades", "marks"] as const)(
    "%s agrees",
    (what) => {
      const check = find(checks, what);
      expect(check?.lines).toEqual([]);
      expect(check).toMatchObject({status: "agrees", account: A});
      expect(check?.compared).toBeGreaterThan(0);
    }
  );

  it("names what ours begins with, which it shares", () => {
    expect(find(checks, "cash")?.evidence.join()).toContain("CashReport.startingCash, which is shared");
  });

  it("says the box of what no statement has", () => {
    expect(find(checks, "realized")).toMatchObject({
      status: "not-given",
      reason: {sentence: expect.stringContaining("tick Realized and Unrealized Performance Summary in Base")}
    });
  });
});

describe("reconcile(ledger) turns red by day and instrument or currency", () => {
  it.each([
    ["an EquitySummary total", "nav", 2, {total: "1616"}, "nav", D2, "USD"],
    ["a column of it", "nav", 2, {stock: "910", total: "1616"}, "nav", D2, "stock"],
    ["a position", "positions", 1, {position: "16", positionValue: "960"}, "positions", D2, "ACME"],
    ["a position's value", "positions", 1, {positionValue: "901"}, "positions", D2, "ACME"],
    ["a mark", "positions", 1, {markPrice: "66", positionValue: "990"}, "marks", D2, "ACME"],
    ["ending cash", "cash_balances", 1, {endingCash: "707"}, "cash", D2, "USD"],
    ["starting cash", "cash_balances", 1, {startingCash: "690"}, "cash", D2, "USD"],
    ["a trade's quantity", "trades", 0, {quantity: "6"}, "positions", D1, "ACME"],
    ["its price", "trades", 0, {tradePrice: "61"}, "trades", D1, "ACME"],
    ["its proceeds", "trades", 0, {proceeds: "-310", netCash: "-311"}, "cash", D1, "USD"],
    ["its commission", "trades", 0, {ibCommission: "-2"}, "trades", D1, "ACME"],
    ["its currency", "trades", 0, {currency: "EUR"}, "cash", D1, "EUR"],
    ["its settlement", "trades", 0, {settleDateTarget: D0}, "trades", D1, "ACME"],
    ["a dividend's amount", "cash", 0, {amount: "8"}, "mtm", D2, "ACME"],
    ["its sign", "cash", 0, {amount: "-7"}, "cash", D2, "USD"],
    ["a gain by mark", "mtm", 1, {priorOpenMtm: "-14", total: "-7"}, "mtm", D2, "ACME"],
    ["a part of the change", "change_in_nav", 1, {amount: "116"}, "change-in-nav", D1, "mtm"],
    ["a return", "change_in_nav", 4, {amount: "7.61"}, "twr", D1, "twr"]
  ] as const)("%s", (_, table, n, fields, what, day, item) => {
    const check = find(checksOf(changed(table, n, fields)), what);
    expect(check?.status).toBe("differs");
    const named = check?.lines
      .filter(({status}) => status === "differs")
      .map((line) => `${line.day} ${line.item}`);
    expect(named).toContain(`${day} ${item}`);
    expect(check?.evidence[0]).toContain(check?.lines[0].day);
  });

  it("a row that is dropped, or there twice", () => {
    const dropped = {...statements(), cash: []};
    expect(
      find(checksOf({...dropped, charges: [{day: D1, currency: "USD", amount: "0"}]}), "mtm")?.lines[0]
    ).toMatchObject({day: D2, item: "ACME"});
    const twice = statements();
    expect(
      statusOf({...twice, trades: [...twice.trades!, {...twice.trades![0], transactionID: "2"}]}, "positions")
    ).toBe("differs");
  });

  it("a split's ratio", () => {
    const split = {...share, day: D2, type: "FS", quantity: "15"};
    const positions = [
      statements().positions![0],
      {...share, day: D2, position: "30", markPrice: "30", positionValue: "900"}
    ];
    const mtm = [statements().mtm![0], {...statements().mtm![1], closeQuantity: "30", closePrice: "30"}];
    expect(statusOf({...statements(), positions, mtm, corporate_actions: [split]}, "positions")).toBe(
      "agrees"
    );
    expect(
      statusOf(
        {...statements(), positions, mtm, corporate_actions: [{...split, quantity: "30"}]},
        "positions"
      )
    ).toBe("differs");
  });

  it("the rate that a row carries, against that of its day; not where most are off", () => {
    const rates = [{day: D2, fromCurrency: "EUR", toCurrency: "USD", rate: "1.1"}];
    const euros = {day: D2, currency: "EUR", type: "Other Fees", amount: "0", fxRateToBase: "1.2"};
    const right = [D1, D2].map((day) => ({...euros, day, currency: "USD", fxRateToBase: "1"}));
    const told = (rows: typeof right) =>
      find(checksOf({...statements(), rates, cash: [...statements().cash!, ...rows]}), "rates");
    expect(told([...right, euros])).toMatchObject({status: "differs", ours: "1.1", theirs: "1.2"});
    expect(told([...right, euros])?.lines[0]).toMatchObject({day: D2, item: "EUR"});
    expect(told([euros])).toMatchObject({status: "not-given", reason: {code: "contradiction"}});
  });
});

describe("reconcile(ledger) explains only what accounts for the amount", () => {
  const contradiction = (before: string, now: string): ChangeSummary => ({
    kind: "contradiction",
    account: A,
    element: "Trade",
    key: "/7/",
    day: D1,
    seen: "2026-01-07T00:00:00Z",
    differences: [["ibCommission", before, now]],
    oldFile: "a",
    nowFile: "b"
  });
  const told = (changes: ChangeSummary[]) => {
    const ledger = ledgerOf(changed("trades", 0, {ibCommission: "-2", netCash: "-302"}));
    ledger.trades[0].id = `Trade:${A}:/7/`;
    return find(reconcile(ledger, {changes}), "cash");
  };

  it("two files that contradict each other, by just that difference", () => {
    expect(told([contradiction("-1", "-2")])).toMatchObject({
      status: "explained",
      reason: {code: "contradiction"}
    });
    expect(told([contradiction("-1", "-1.5")])?.status).toBe("differs");
    expect(told([])?.status).toBe("differs");
  });

  it("a missing rate of a day names the currency; without any rates the box is to be ticked", () => {
    const pounds = [D1, D2].map((day) => ({
      ...at(day),
      currency: "GBP",
      startingCash: "10",
      endingCash: "10"
    }));
    const lists = {...statements(), cash_balances: [...statements().cash_balances!, ...pounds]};
    const rates = [{day: D1, fromCurrency: "GBP", toCurrency: "USD", rate: "1.25"}];
    const line = find(checksOf({...lists, rates}), "nav")?.lines.find(
      ({day, item}) => day === D2 && item === "cash"
    );
    expect(line).toMatchObject({
      status: "explained",
      reason: {code: "missing-rate", sentence: expect.stringContaining("GBP/USD")}
    });
    const none = find(checksOf(lists), "nav")?.lines.find(({day, item}) => day === D2 && item === "cash");
    expect(none).toMatchObject({
      status: "not-given",
      reason: {sentence: expect.stringContaining("tick Conversion Rates")}
    });
  });

  it("a day without a statement: history begins again, and what it moved is told", () => {
    const D9 = "2026-01-08";
    const lists = {
      ...statements(),
      cash_balances: [usd(D1, "1000", "699"), usd(D2, "699", "706"), usd(D9, "800", "800")]
    };
    const line = find(checksOf(lists), "cash")?.lines[0];
    expect(line).toMatchObject({
      day: D9,
      difference: "-94",
      status: "explained",
      reason: {code: "missing-day"}
    });
  });

  it("a net asset value that is off because its cash is, follows from that", () => {
    const check = find(checksOf(changed("trades", 0, {proceeds: "-310"})), "nav");
    expect(check?.lines.every(({reason}) => reason?.code === "follows" || reason?.code === "carried")).toBe(
      true
    );
    expect(check?.reason?.sentence).toContain("cash USD (-10, since 2026-01-05)");
  });

  it("what led to it is in no statement: not given, with the box, never a difference", () => {
    expect(find(checksOf({...statements(), cash: []}), "cash")).toMatchObject({
      status: "not-given",
      reason: {sentence: expect.stringContaining("tick Cash Transactions (Detail)")}
    });
  });
});

it("ours never reads the values, endings, quantities and sums that it is compared with", () => {
  const all = checksOf(statements());
  const theirs = {
    nav: [],
    fifo: [],
    cash_balances: statements().cash_balances!.map((row) => ({...row, endingCash: undefined})),
    positions: statements().positions!.map((row) => ({...row, position: undefined, positionValue: undefined}))
  };
  const ours = (checks: readonly Check[]) => find(checks, "mtm");
  expect(ours(checksOf({...statements(), ...theirs}))).toEqual(ours(all));
});

it("each Flex trap of detail levels, sums, accounts and rates counts once", () => {
  const statement = `<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1">
<FlexStatement accountId="U1" fromDate="20260105" toDate="20260105" period="" whenGenerated="20260106;063000">
<AccountInformation accountId="U1" currency="USD"/>
<CashReport>
<CashReportCurrency accountId="U1" currency="BASE_SUMMARY" levelOfDetail="BaseCurrency" fromDate="20260105" toDate="20260105" startingCash="1,000" endingCash="697"/>
<CashReportCurrency accountId="U1" currency="USD" levelOfDetail="Currency" fromDate="20260105" toDate="20260105" startingCash="1000" endingCash="697"/>
</CashReport>
<MTMPerformanceSummaryInBase>
<MTMPerformanceSummaryUnderlying assetCategory="STK" symbol="ACME" conid="1" multiplier="1" prevCloseQuantity="0" prevClosePrice="0" closeQuantity="5" closePrice="61" transactionMtm="5" priorOpenMtm="0" commissions="-1" other="0" total="4"/>
<MTMPerformanceSummaryUnderlying assetCategory="" symbol="" description="Other Fees" total="-2"/>
<MTMPerformanceSummaryUnderlying assetCategory="" symbol="" description="Total P/L" total="2"/>
</MTMPerformanceSummaryInBase>
<OpenPositions>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="ACME" conid="1" multiplier="1" reportDate="20260105" position="5" markPrice="61" positionValue="305" side="Long" levelOfDetail="SUMMARY"/>
<OpenPosition accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="ACME" conid="1" multiplier="1" reportDate="20260105" position="5" markPrice="61" positionValue="305" side="Long" levelOfDetail="LOT" openDateTime="20260105;100000"/>
</OpenPositions>
<Trades>
<Trade accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="ACME" conid="1" multiplier="1" tradeID="8" transactionID="7" reportDate="20260105" tradeDate="20260105" quantity="5" tradePrice="60" proceeds="-300" ibCommission="-1" ibCommissionCurrency="USD" netCash="-301" levelOfDetail="EXECUTION"/>
<Order accountId="-" currency="USD" assetCategory="STK" symbol="ACME" conid="1" reportDate="20260105" quantity="5" proceeds="-300" ibCommission="-1" levelOfDetail="ORDER"/>
<SymbolSummary accountId="-" currency="USD" assetCategory="STK" symbol="ACME" conid="1" reportDate="20260105" quantity="5" proceeds="-300" levelOfDetail="SYMBOL_SUMMARY"/>
<AssetSummary accountId="-" currency="USD" assetCategory="STK" reportDate="20260105" quantity="5" proceeds="-300" levelOfDetail="ASSET_SUMMARY"/>
</Trades>
<CashTransactions>
<CashTransaction accountId="-" currency="USD" amount="-2" type="Other Fees" reportDate="20260105" levelOfDetail="SUMMARY"/>
<CashTransaction accountId="U1" currency="USD" fxRateToBase="1" amount="-2" type="Other Fees" transactionID="9" reportDate="20260105" levelOfDetail="DETAIL"/>
</CashTransactions>
<ConversionRates><ConversionRate reportDate="20260105" fromCurrency="CNH" toCurrency="USD" rate="-1"/></ConversionRates>
</FlexStatement></FlexStatements></FlexQueryResponse>`;
  const {ledger, changes} = ledgerOfFlex([[statement]]);
  const checks = reconcile(ledger, {changes}).filter(({account}) => account === "U1");
  for (const what of ["cash", "positions", "mtm", "trades"] as const) {
    expect(find(checks, what)).toMatchObject({what, status: "agrees"});
  }
});

it("the view counts the checks of the accounts and days asked for, and is green only when nothing was skipped", () => {
  const view = (lists: Lists, query = {}) => createFigures(ledgerOf(lists), CONTEXT).reconciliation(query);
  const all = view(statements());
  expect(all.counts.agrees + all.counts.explained + all.counts.differs + all.counts.notGiven).toBe(
    all.checks.length
  );
  expect([all.counts.differs, all.green]).toEqual([0, false]);
  expect(view(statements(), {range: "custom", from: "2026-02-01"}).checks.length).toBeLessThan(
    all.checks.length
  );
  expect(all.trend).toEqual([
    {day: D2, checks: all.counts.agrees, differs: 0, explained: 0, notGiven: 0, nav: 0}
  ]);
  const fifo = [{...at(D2), ...share, totalRealizedPnl: "0", totalUnrealizedPnl: "0", totalFifoPnl: "0"}];
  expect(view({...statements(), fifo}).checks.some(({what}) => what === "realized")).toBe(true);
});
