import {expect, it} from "vitest";
import {flex, parse, rowOf} from "./flex.js";

// The traps of Flex statements, by the letters of reference/ibkr.md 2.1.

it("(a) levels of detail are told apart, so that only one is summed", () => {
  const levels = ["EXECUTION", "ORDER", "SYMBOL_SUMMARY", "ASSET_SUMMARY", "CLOSED_LOT", "WASH_SALE"];
  const trades = levels.map((level) => `<Trade levelOfDetail="${level}" quantity="1"/>`).join("");
  const {rows} = parse(flex(`<Trades>${trades}<Order levelOfDetail="ORDER"/><Lot quantity="1"/></Trades>`));
  expect(rows.map(({element, level}) => [element, level])).toEqual([
    ...levels.map((level) => ["Trade", level]),
    ["Order", "ORDER"],
    ["Lot", ""]
  ]);
});

it("(b) subtotal rows are rows: no symbol, their description says what they are", () => {
  const row = rowOf(
    '<FIFOPerformanceSummaryInBase><FIFOPerformanceSummaryUnderlying symbol="" description="Total (All Assets)" totalFifoPnl="-1,317.63"/></FIFOPerformanceSummaryInBase>'
  );
  expect(row.fields).toEqual({description: "Total (All Assets)", totalFifoPnl: "-1317.63"});
});

it("(c) BASE_SUMMARY stays in currency, with its level", () => {
  const row = rowOf(
    '<CashReport><CashReportCurrency currency="BASE_SUMMARY" levelOfDetail="BaseCurrency" endingCash="57.505297533"/></CashReport>'
  );
  expect([row.fields.currency, row.level, row.fields.endingCash]).toEqual([
    "BASE_SUMMARY",
    "BASECURRENCY",
    "57.505297533"
  ]);
});

it("(d) a forex trade is a row of kind CASH with both legs as printed", () => {
  const row = rowOf(
    '<Trades><Trade assetCategory="CASH" symbol="EUR.USD" quantity="-133" proceeds="140.9268"/></Trades>'
  );
  expect([row.kind, row.fields.quantity, row.fields.proceeds]).toEqual(["CASH", "-133", "140.9268"]);
});

it("(e) numbers with commas, values that are none, booleans in words and MULTI are read", () => {
  const row = rowOf(
    '<Trades><Trade quantity="-12,345.60" taxes="--" cost="N/A" isAPIOrder="Yes" reportDate="MULTI" tradeDate="MULTI" dateTime="MULTI" strike="-"/></Trades>'
  );
  expect(row.fields).toEqual({quantity: "-12345.6", isAPIOrder: "Y"});
  expect([row.day, row.to]).toEqual(["", "2025-01-31"]);
});

it("(f) odd currencies of rows are kept as they are", () => {
  const {rows} = parse(
    flex(
      '<Trades><Trade currency="GBX"/><Trade currency="CNH"/><Trade currency="RUS"/><Trade currency=""/></Trades>'
    )
  );
  expect(rows.map(({fields}) => fields.currency)).toEqual(["GBX", "CNH", "RUS", undefined]);
});

it("(g) lists of codes are joined by semicolons, old ones too", () => {
  const {rows} = parse(
    flex('<Trades><Trade notes="A;C"/><Trade notes="A, C"/><Trade notes="Ca"/><Trade notes=";"/></Trades>')
  );
  expect(rows.map(({fields}) => fields.notes)).toEqual(["A;C", "A;C", "Ca", undefined]);
});

it("(h) cancels and corrections keep their side, their sign and what they cancel", () => {
  const row = rowOf(
    '<Trades><Trade transactionType="TradeCancel" buySell="BUY (Ca.)" quantity="-10" origTradeID="9" notes="Ca"/></Trades>'
  );
  expect(row.fields).toEqual({
    transactionType: "TradeCancel",
    buySell: "BUY (Ca.)",
    quantity: "-10",
    origTradeID: "9",
    notes: "Ca"
  });
});

it("(i) ids are text: nothing of them is lost or changed", () => {
  const row = rowOf(
    '<Trades><Trade transactionID="00123456789012345678" tradeID="1E5" ibExecID="0000e0d5.1.01.01" conid="1,2"/></Trades>'
  );
  expect(row.fields).toEqual({
    transactionID: "00123456789012345678",
    tradeID: "1E5",
    ibExecID: "0000e0d5.1.01.01",
    conid: "1,2"
  });
});

it("(j) expiries are days, fractional shares are exact", () => {
  const row = rowOf(
    '<OpenPositions><OpenPosition expiry="20251219" position="0.12345678" costBasisMoney="0.1" markPrice="0.30000000000000004"/></OpenPositions>'
  );
  expect(row.fields).toEqual({
    expiry: "2025-12-19",
    position: "0.12345678",
    costBasisMoney: "0.1",
    markPrice: "0.30000000000000004"
  });
});

it("(k) a conversion rate of -1 stays in the row as IBKR prints it", () => {
  const row = rowOf(
    '<ConversionRates><ConversionRate reportDate="20250102" fromCurrency="XAF" toCurrency="USD" rate="-1"/></ConversionRates>'
  );
  expect(row.fields).toEqual({reportDate: "2025-01-02", fromCurrency: "XAF", toCurrency: "USD", rate: "-1"});
});

it("(l) rows of another account and rows outside the period are kept under their own, with warnings", () => {
  const {rows, warnings} = parse(
    flex(`<CashTransactions>
      <CashTransaction accountId="U2" reportDate="20250110" amount="1"/>
      <CashTransaction accountId="-" reportDate="20241231" amount="2"/>
      <CashTransaction accountId="" reportDate="20250201" amount="3" transactionID="-"/></CashTransactions>`)
  );
  expect(rows.map(({account, day, fields}) => [account, day, fields.amount, fields.transactionID])).toEqual([
    ["U2", "2025-01-10", "1", undefined],
    ["U1", "2024-12-31", "2", undefined],
    ["U1", "2025-02-01", "3", undefined]
  ]);
  expect(warnings).toEqual([
    {code: "other-account", where: "CashTransaction", count: 1},
    {code: "outside-period", where: "CashTransaction", count: 2}
  ]);
});

it("the day before the first, which the NAV by day starts from, is no day outside the period", () => {
  const nav = (day: string) => `<EquitySummaryByReportDateInBase reportDate="${day}" total="1"/>`;
  const {warnings} = parse(
    flex(`<EquitySummaryInBase>${nav("20241231")}${nav("20250131")}${nav("20250203")}</EquitySummaryInBase>`)
  );
  expect(warnings).toEqual([{code: "outside-period", where: "EquitySummaryByReportDateInBase", count: 1}]);
});

it("conversion rates, pending and prior positions may be of other days without a warning", () => {
  const {warnings} = parse(
    flex(`<ConversionRates><ConversionRate reportDate="20241230" fromCurrency="EUR" toCurrency="USD" rate="1.04"/></ConversionRates>
      <PriorPeriodPositions><PriorPeriodPosition date="20241231" price="5"/></PriorPeriodPositions>
      <OpenDividendAccruals><OpenDividendAccrual exDate="20241220" payDate="20250215"/></OpenDividendAccruals>`)
  );
  expect(warnings).toEqual([]);
});

it("cash types have the name that IBKR gives them now", () => {
  const types = [
    "Deposits/Withdrawals",
    "Deposits &amp; Withdrawals",
    "Payment in Lieu of Dividends",
    "Dividends",
    "871(m) Withholding",
    "Something New"
  ];
  const {rows} = parse(
    flex(
      `<CashTransactions>${types.map((type) => `<CashTransaction type="${type}" assetCategory="STK"/>`).join("")}</CashTransactions>`
    )
  );
  const present = [
    "Deposits & Withdrawals",
    "Deposits & Withdrawals",
    "Payment In Lieu Of Dividends",
    "Dividends",
    "871(m) Withholding",
    "Something New"
  ];
  expect(rows.map(({kind}) => kind)).toEqual(present);
  expect(rows.map(({fields}) => fields.type)).toEqual(present);
});

it("a date that is none stays as printed, with a warning, where the row does not stand on it", () => {
  const {rows, warnings} = parse(
    flex(`<SecuritiesInfo><SecurityInfo symbol="A" maturity=" Perpetual" expiry="20250132"/>
      <SecurityInfo symbol="B" maturity=" Perpetual"/></SecuritiesInfo>`)
  );
  expect(rows.map(({fields}) => fields)).toEqual([
    {symbol: "A", maturity: "Perpetual", expiry: "20250132"},
    {symbol: "B", maturity: "Perpetual"}
  ]);
  expect(warnings).toEqual([
    {code: "unreadable-date", where: "SecurityInfo@maturity", count: 2},
    {code: "unreadable-date", where: "SecurityInfo@expiry", count: 1}
  ]);
});

it("what is mostly a number is read as one where it is one, and kept as printed elsewhere", () => {
  const {rows} = parse(
    flex(`<SecuritiesInfo><SecurityInfo weight="0.0 ()" fineness="0.0"/><SecurityInfo weight="31.10" fineness="NaN"/></SecuritiesInfo>
      <SalesTaxes><SalesTax taxRate="2E-1"/></SalesTaxes>
      <HardToBorrowDetails><HardToBorrowDetail valueDate="20250110" borrowFeeRate="0.380"/></HardToBorrowDetails>
      <SLBFees><SLBFee feeRate="1.50" marketFeeRate="2.0" netLendFeeRate="N/A"/></SLBFees>`)
  );
  expect(rows.map(({fields}) => fields)).toEqual([
    {weight: "0.0 ()", fineness: "0"},
    {weight: "31.1", fineness: "NaN"},
    {taxRate: "0.2"},
    {valueDate: "2025-01-10", borrowFeeRate: "0.38"},
    {feeRate: "1.5", marketFeeRate: "2"}
  ]);
});

it("an initial investment is a yes or a no", () => {
  const {rows} = parse(
    flex(
      '<Trades><Trade initialInvestment="Yes"/><Trade initialInvestment="N"/><Trade initialInvestment=""/></Trades>'
    )
  );
  expect(rows.map(({fields}) => fields.initialInvestment)).toEqual(["Y", "N", undefined]);
});

it("numbers of any size that the ledger can hold are exact", () => {
  const most = `${"9".repeat(26)}.${"9".repeat(12)}`;
  const {rows} = parse(
    flex(`<Trades><Trade quantity="1E12" proceeds="${most}" cost="-${most}"/></Trades>
      <ChangeInNAV novelty="1E30" mtm="1"/>`)
  );
  expect(rows[0].fields).toEqual({quantity: "1000000000000", proceeds: most, cost: `-${most}`});
  expect(rows[1].fields).toEqual({novelty: "1E30", mtm: "1"});
});
