import {expect, it} from "vitest";
import {desk} from "./terminal.js";

const head = `accountId="U7000001" fromDate="20260105" toDate="20260105"`;

/** A statement of a day: 1000 dollars, and a fee of 3. */
const statement = (
  endingCash: string
) => `<FlexQueryResponse queryName="q" type="AF"><FlexStatements count="1">
<FlexStatement ${head} period="" whenGenerated="20260106;063000">
<AccountInformation accountId="U7000001" currency="USD"/>
<CashReport>
<CashReportCurrency ${head} currency="USD" levelOfDetail="Currency" startingCash="1000" endingCash="${endingCash}"/>
</CashReport>
<MTMPerformanceSummaryInBase>
<MTMPerformanceSummaryUnderlying assetCategory="STK" symbol="ACME" conid="1" prevCloseQuantity="0" prevClosePrice="0" closeQuantity="1" closePrice="10" transactionMtm="0" priorOpenMtm="0" commissions="0" other="0" total="0"/>
</MTMPerformanceSummaryInBase>
<Trades><Trade accountId="U7000001" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="ACME" conid="1" multiplier="1" transactionID="7" reportDate="20260105" tradeDate="20260105" quantity="1" tradePrice="10" proceeds="-10" levelOfDetail="EXECUTION"/></Trades>
<CashTransactions>
<CashTransaction accountId="U7000001" currency="USD" fxRateToBase="1" amount="-3" type="Other Fees" transactionID="9" reportDate="20260105" levelOfDetail="DETAIL"/>
</CashTransactions>
</FlexStatement></FlexStatements></FlexQueryResponse>`;

it("reconcile --json prints the contract's checks, and exits 0 while nothing differs", async () => {
  const {run, write} = desk();
  await run(["import", write("right.xml", statement("987"))]);
  const {code, json} = await run(["reconcile", "--json"]);
  expect(code).toBe(0);
  const {checks} = json();
  expect(checks.find(({what}: {what: string}) => what === "cash")).toMatchObject({
    account: "U7000001",
    period: ["2026-01-05", "2026-01-05"],
    ours: "987",
    theirs: "987",
    difference: "0",
    tolerance: expect.stringMatching(/^0\.\d+$/),
    status: "agrees",
    reason: null,
    evidence: expect.any(Array)
  });
  const lacking = checks.find(({what}: {what: string}) => what === "nav");
  expect(lacking).toMatchObject({status: "not-given", ours: null});
  expect(lacking.reason.sentence).toContain("tick Net Asset Value (NAV) in Base");
}, 60_000);

it("reconcile exits 1 when one differs, and says which day and currency", async () => {
  const {run, write} = desk();
  await run(["import", write("wrong.xml", statement("990"))]);
  const {code, stdout, stderr} = await run(["reconcile"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/U7000001 +cash +\d+ +1/);
  expect(stderr).toContain("differs: U7000001 cash: 2026-01-05 USD: ours 987, CashReport.endingCash 990");
  const other = await run(["reconcile", "--from", "2026-02-01", "--json"]);
  expect(other.code).toBe(0);
}, 60_000);
