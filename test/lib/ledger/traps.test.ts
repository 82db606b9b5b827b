import {expect, it} from "vitest";
import {createFigures} from "../../../lib/ledger/figures.js";
import {lotsOf} from "../../../lib/ledger/lots/lots-of.js";
import {holdingsOf} from "../../../lib/ledger/movements/holdings.js";
import {movementsOf} from "../../../lib/ledger/movements/movements.js";
import {rolledNavs} from "../../../lib/ledger/roll/nav.js";
import type {LedgerTables} from "../../../lib/ledger/tables.js";
import {formatAmount, type Amount} from "../../../lib/money/amount.js";
import {file, flex} from "../statements/flex.js";
import {ledgerOfFlex} from "./flex-ledger.js";
import {CONTEXT} from "./tables.js";

// What goes wrong in other programs, by the letters of reference/ibkr.md 2.1 and the issues that money.md cites. The
// snippets are ours.

const DAY = "2025-01-10";
const U1 = "U1";

const of = (sections: string): LedgerTables =>
  ledgerOfFlex([[flex(`<AccountInformation accountId="U1" currency="USD"/>${sections}`)]]).ledger;
const figures = (ledger: LedgerTables, now = "2025-02-02T12:00:00Z") =>
  createFigures(ledger, {...CONTEXT, now});
const text = (amount: Amount | null | undefined) =>
  amount === null || amount === undefined ? null : formatAmount(amount);

const SHARE = `assetCategory="STK" symbol="ACME" conid="7" currency="USD" fxRateToBase="1" multiplier="1"`;

/** A row of an execution on the tenth of January 2025. */
function trade(more: string, named = SHARE): string {
  return `<Trade ${named} reportDate="20250110" tradeDate="20250110" dateTime="20250110;103000" levelOfDetail="EXECUTION" transactionType="ExchTrade" ibCommissionCurrency="USD" ${more}/>`;
}
const buy = (id: string, more = "") =>
  trade(
    `transactionID="${id}" buySell="BUY" quantity="10" tradePrice="20" proceeds="-200" ibCommission="-1" ${more}`
  );
const trades = (...rows: string[]) => `<Trades>${rows.join("")}</Trades>`;
const cash = (...rows: string[]) => `<CashTransactions>${rows.join("")}</CashTransactions>`;
const money = (more: string) =>
  `<CashTransaction accountId="U1" currency="USD" fxRateToBase="1" reportDate="20250110" dateTime="20250110" levelOfDetail="DETAIL" ${more}/>`;
const rate = (day: string, value: string, from = "EUR") =>
  `<ConversionRate reportDate="${day}" fromCurrency="${from}" toCurrency="USD" rate="${value}"/>`;

/** Quantity of a holding at the end of a day, as its movements add up. */
const held = (ledger: LedgerTables, key = "7", day = DAY, account = U1) =>
  formatAmount(
    (movementsOf(ledger).get(account) ?? [])
      .filter((movement) => movement.holding === key && movement.day <= day)
      .reduce((sum, {quantity}) => sum + quantity, 0n)
  );
const cashOf = (ledger: LedgerTables) =>
  (movementsOf(ledger).get(U1) ?? [])
    .flatMap((movement) => movement.cash)
    .reduce(
      (sums, {currency, amount}) => sums.set(currency, (sums.get(currency) ?? 0n) + amount),
      new Map<string, bigint>()
    );
const cashText = (ledger: LedgerTables) =>
  Object.fromEntries([...cashOf(ledger)].map(([currency, amount]) => [currency, formatAmount(amount)]));
const openLots = (ledger: LedgerTables, day = DAY) =>
  lotsOf(ledger, {method: "fifo"})
    .open(U1, day)
    .map(({holding, quantity, cost}) => [holding, formatAmount(quantity), text(cost)]);
const gains = (ledger: LedgerTables) =>
  lotsOf(ledger, {method: "fifo"}).disposals.map(({holding, quantity, gain}) => [
    holding,
    formatAmount(quantity),
    text(gain)
  ]);

it("(a) a fill that stands at six levels of detail is bought once, paid once, held once", () => {
  const levels = ["ORDER", "SYMBOL_SUMMARY", "ASSET_SUMMARY"].map((level) =>
    buy("1").replace("EXECUTION", level).replace('transactionID="1"', "")
  );
  const position = (level: string) =>
    `<OpenPosition ${SHARE} reportDate="20250110" position="10" markPrice="20" positionValue="200" costBasisMoney="201" levelOfDetail="${level}"/>`;
  const dividend = (level: string) =>
    money('type="Dividends" amount="5" symbol="ACME" conid="7"').replace("DETAIL", level);
  const ledger = of(
    trades(buy("1"), ...levels) +
      cash(dividend("SUMMARY"), dividend("DETAIL")) +
      `<OpenPositions>${position("SUMMARY")}${position("LOT")}</OpenPositions>`
  );
  expect(figures(ledger).trades({}).total).toBe(1);
  expect(
    figures(ledger)
      .positions({})
      .rows.map(({quantity}) => quantity)
  ).toEqual(["10"]);
  expect(cashText(ledger)).toEqual({USD: "-196"});
  expect(held(ledger)).toBe("10");
});

it("(b) subtotal rows are no holdings", () => {
  const row = (more: string) =>
    `<MTMPerformanceSummaryUnderlying ${more} prevCloseQuantity="0" closeQuantity="10" total="5"/>`;
  const ledger = of(
    `<MTMPerformanceSummaryInBase>${row('assetCategory="STK" symbol="ACME" conid="7"')}${row('symbol="" description="Total"')}${row('symbol="" description="Total (All Assets)"')}${row('symbol="" description="Total P/L"')}</MTMPerformanceSummaryInBase>`
  );
  expect([...holdingsOf(ledger).keys()]).toEqual(["7"]);
});

it("(c) BASE_SUMMARY is no currency", () => {
  const row = (currency: string, end: string) =>
    `<CashReportCurrency currency="${currency}" levelOfDetail="${currency === "BASE_SUMMARY" ? "BaseCurrency" : "Currency"}" endingCash="${end}"/>`;
  const ledger = of(
    `<CashReport>${row("BASE_SUMMARY", "210")}${row("USD", "100")}${row("EUR", "100")}</CashReport><ConversionRates>${rate("20250131", "1.1")}</ConversionRates>`
  );
  expect(
    figures(ledger)
      .summary({})
      .cash.map(({currency, amount, base}) => [currency, amount, base.value])
  ).toEqual([
    ["EUR", "100", "110"],
    ["USD", "100", "100"]
  ]);
});

it("(d) a forex trade moves two currencies and is no position", () => {
  const pair = 'assetCategory="CASH" symbol="EUR.USD" conid="12087792" currency="USD" multiplier="1"';
  const ledger = of(
    trades(
      trade(
        'transactionID="1" quantity="-133" tradePrice="1.0596" proceeds="140.9268" ibCommission="-2"',
        pair
      )
    )
  );
  expect(cashText(ledger)).toEqual({EUR: "-133", USD: "138.9268"});
  expect(held(ledger, "12087792")).toBe("0");
  expect(openLots(ledger)).toEqual([]);
});

it("(e) numbers with thousands commas, and values that are none, are booked as what they are", () => {
  const ledger = of(
    trades(
      trade(
        'transactionID="1" quantity="12,345.60" tradePrice="1" proceeds="-12,345.60" ibCommission="--" taxes="N/A"'
      )
    )
  );
  expect(held(ledger)).toBe("12345.6");
  expect(cashText(ledger)).toEqual({USD: "-12345.6"});
});

it("(f) pence are a unit of their own: 0.080815 shares at 7541 are 609.43 GBX, never pounds (V9)", () => {
  const gold = 'assetCategory="STK" symbol="SGLN" conid="8" currency="GBX" multiplier="1"';
  const position = `<OpenPosition ${gold} reportDate="20250131" position="0.080815" markPrice="7541" positionValue="609.425915" costBasisMoney="600" levelOfDetail="SUMMARY"/>`;
  const pound = rate("20250131", "1.25", "GBP");
  const [row] = figures(
    of(`<OpenPositions>${position}</OpenPositions><ConversionRates>${pound}</ConversionRates>`)
  ).positions({}).rows;
  expect([row.currency, row.value.value]).toEqual(["GBX", "609.425915"]);
  expect(row.valueBase.value).toBeNull();
});

it("(f) V9: in pounds, 0.080815 shares at 75.41 are 6.094 GBP", () => {
  const gold =
    'assetCategory="STK" symbol="SGLN" conid="8" currency="GBP" fxRateToBase="1.25" multiplier="1"';
  const position = `<OpenPosition ${gold} reportDate="20250131" position="0.080815" markPrice="75.41" positionValue="6.09425915" costBasisMoney="6" levelOfDetail="SUMMARY"/>`;
  const [row] = figures(of(`<OpenPositions>${position}</OpenPositions>`)).positions({}).rows;
  expect([row.value.value, row.valueBase.value]).toEqual(["6.09425915", "7.6178239375"]);
});

it("(g) an assignment is one in a list of codes, with semicolons and with old commas", () => {
  const option =
    'assetCategory="OPT" symbol="ACME C20" conid="9" currency="USD" multiplier="100" underlyingConid="7"';
  const row = (notes: string) =>
    movementsOf(
      of(
        trades(
          trade(
            `transactionID="1" transactionType="BookTrade" quantity="1" tradePrice="0" proceeds="0" notes="${notes}"`,
            option
          ).replace('transactionType="ExchTrade" ', "")
        )
      )
    ).get(U1)?.[0].kind;
  expect([row("A;C"), row("C, A"), row("A"), row("Ep")]).toEqual([
    "assignment",
    "assignment",
    "assignment",
    "expiry"
  ]);
});

it("(h) a cancel takes back the trade that it names, not another of the same size", () => {
  const cancel = trade(
    'transactionID="3" transactionType="TradeCancel" buySell="BUY (Ca.)" quantity="-10" tradePrice="20" proceeds="200" ibCommission="1" notes="Ca" origTransactionID="2" origTradeID="T2"'
  ).replace('transactionType="ExchTrade" ', "");
  const second = buy("2", 'tradeID="T2"').replace('ibCommission="-1"', 'ibCommission="-1.5"');
  const ledger = of(trades(buy("1", 'tradeID="T1"'), second, cancel));
  expect(held(ledger)).toBe("10");
  expect(openLots(ledger)).toEqual([["7", "10", "201"]]);
  expect(gains(ledger)).toEqual([]);
});

it("(i) the key is transactionID, else tradeID, else ibExecID; never symbol and time (V10, TradeTally #297)", () => {
  const rows = (...ids: string[]) =>
    held(of(trades(...ids.map((id) => buy("-", id).replace('transactionID="-" ', "")))));
  expect(rows('transactionID="1"', 'transactionID="2"')).toBe("20");
  expect(rows('transactionID="1"', 'transactionID="1"')).toBe("10");
  expect(rows('tradeID="1"', 'tradeID="2"')).toBe("20");
  expect(rows('tradeID="1"', 'tradeID="1"')).toBe("10");
  expect(rows('ibExecID="0000e0d5.1.01.01"', 'ibExecID="0000e0d5.2.01.01"')).toBe("20");
  expect(rows("", "")).toBe("20");
});

it("(j) fractions of a share are exact to the last of eight decimals", () => {
  const fraction = trade(
    'transactionID="1" quantity="0.12345678" tradePrice="10.01" proceeds="-1.2358023678" ibCommission="0"'
  );
  expect(openLots(of(trades(fraction)))).toEqual([["7", "0.12345678", "1.2358023678"]]);
});

it("(k) a rate of -1 is no rate: what is in that currency is n/a, and said so", () => {
  const ledger = of(
    cash(
      money('type="Dividends" amount="100"').replace('currency="USD" fxRateToBase="1"', 'currency="XAF"')
    ) + `<ConversionRates>${rate("20250110", "-1", "XAF")}</ConversionRates>`
  );
  const [row] = figures(ledger).activity({}).rows;
  expect(row.amountBase.value).toBeNull();
  expect(row.amountBase.reason).toContain("XAF");
});

it("(l) ids that are none do not make two rows one, and a row of another account stays its own", () => {
  const other = buy("-", 'accountId="U2"');
  const ledger = of(trades(buy("-"), buy("N/A"), buy(""), other));
  expect(held(ledger)).toBe("30");
  expect(held(ledger, "7", DAY, "U2")).toBe("10");
});

it("V5, PP #5915: bought, cancelled and bought again: 5000 shares, 1606 paid, a commission of 6", () => {
  const ledger = of(
    trades(
      trade(
        'transactionID="1" ibOrderID="5" buySell="BUY" quantity="5000" tradePrice="0.32" proceeds="-1600" ibCommission="-6"'
      ),
      trade(
        'transactionID="2" ibOrderID="5" buySell="BUY (Ca.)" quantity="-5000" tradePrice="0.32" proceeds="1600" ibCommission="0" notes="Ca" origTransactionID="1"'
      ).replace("ExchTrade", "TradeCancel"),
      trade(
        'transactionID="3" ibOrderID="5" buySell="BUY" quantity="5000" tradePrice="0.32" proceeds="-1600" ibCommission="0"'
      )
    )
  );
  expect(held(ledger)).toBe("5000");
  expect(cashText(ledger)).toEqual({USD: "-1606"});
  expect(openLots(ledger)).toEqual([["7", "5000", "1606"]]);
});

it("V6, PP #5930: a dividend that is reversed and paid again keeps its signs: -0.70, +0.76, -0.06 are nothing", () => {
  const row = (id: string, type: string, amount: string) =>
    money(`transactionID="${id}" type="${type}" amount="${amount}" conid="7" symbol="ACME"`);
  const ledger = of(
    cash(row("1", "Dividends", "-0.70"), row("2", "Dividends", "0.76"), row("3", "Withholding Tax", "-0.06"))
  );
  expect(cashText(ledger)).toEqual({USD: "0"});
});

it("PP #4062: tax is matched to its dividend by instrument, day and action, not by its amount", () => {
  const row = (id: string, type: string, amount: string, conid: string, action: string) =>
    money(
      `transactionID="${id}" type="${type}" amount="${amount}" conid="${conid}" symbol="S${conid}" assetCategory="STK" actionID="${action}" exDate="20250102" settleDate="20250110"`
    );
  const {payments, unmatched} = figures(
    of(
      cash(
        row("1", "Dividends", "10", "7", "100"),
        row("2", "Dividends", "10", "8", "200"),
        row("3", "Withholding Tax", "-1.5", "8", "200"),
        row("4", "Withholding Tax", "-3", "7", "100")
      )
    )
  ).income({});
  expect(new Map(payments.map(({conid, withheld}) => [conid, withheld]))).toEqual(
    new Map([
      ["7", "-3"],
      ["8", "-1.5"]
    ])
  );
  expect(unmatched).toEqual([]);
});

it("PP #5201, #4647: an option that expires at zero is closed without cash, and its premium is the gain", () => {
  const option =
    'assetCategory="OPT" symbol="ACME P15" conid="9" currency="USD" multiplier="100" underlyingConid="7"';
  const ledger = of(
    trades(
      trade(
        'transactionID="1" quantity="-1" tradePrice="2" proceeds="200" ibCommission="-1" buySell="SELL" openCloseIndicator="O"',
        option
      ),
      trade(
        'transactionID="2" quantity="1" tradePrice="0" proceeds="0" ibCommission="0" buySell="BUY" notes="Ep"',
        option
      )
        .replace("103000", "162000")
        .replace("ExchTrade", "BookTrade")
    )
  );
  expect(held(ledger, "9")).toBe("0");
  expect(cashText(ledger)).toEqual({USD: "199"});
  expect(gains(ledger)).toEqual([["9", "-1", "199"]]);
});

it("ib-edavki #159, #181: a split that changes the ISIN and not the number keeps one holding and its cost", () => {
  const old = SHARE.replace('conid="7"', 'conid="7" isin="US8080801000"');
  const split = `<CorporateAction ${SHARE.replace('conid="7"', 'conid="7" isin="US8080802008"')} reportDate="20250113" dateTime="20250110;202500" type="FS" quantity="90" proceeds="0" value="0" transactionID="2" actionID="9" levelOfDetail="DETAIL" actionDescription="ACME(US8080801000) SPLIT 10 FOR 1 (ACME, ACME INC, US8080802008)"/>`;
  const sale = trade(
    'transactionID="3" quantity="-40" tradePrice="3" proceeds="120" ibCommission="-1" buySell="SELL"',
    old.replace("1000", "2008")
  ).replaceAll("20250110", "20250114");
  const ledger = of(
    trades(
      trade(
        'transactionID="1" quantity="10" tradePrice="20" proceeds="-200" ibCommission="0" buySell="BUY"',
        old
      ),
      sale
    ) + `<CorporateActions>${split}</CorporateActions>`
  );
  expect(held(ledger, "7", "2025-01-13")).toBe("100");
  expect(openLots(ledger, "2025-01-31")).toEqual([["7", "60", "120"]]);
  expect(gains(ledger)).toEqual([["7", "40", "39"]]);
});

it("rotki #12237: shares that came without a cost are sold for an unknown gain, never for all of the proceeds", () => {
  const arrival = `<Transfer ${SHARE} reportDate="20250109" date="20250109" type="ACATS" direction="IN" quantity="10" positionAmount="190" cashTransfer="0" transactionID="1" levelOfDetail="TRANSFER"/>`;
  const sale = trade(
    'transactionID="2" quantity="-10" tradePrice="20" proceeds="200" ibCommission="-1" buySell="SELL"'
  );
  const ledger = of(trades(sale) + `<Transfers>${arrival}</Transfers>`);
  expect(gains(ledger)).toEqual([["7", "10", null]]);
  expect(lotsOf(ledger, {method: "fifo"}).problems.map(({code}) => code)).toContain("unknown-basis");
});

it("a sale without any purchase has no cost and no gain, and says so", () => {
  const sale = trade(
    'transactionID="2" quantity="-10" tradePrice="20" proceeds="200" ibCommission="-1" buySell="SELL" openCloseIndicator="C"'
  );
  const ledger = of(trades(sale));
  const known = gains(ledger).filter(([, , gain]) => gain !== null);
  expect(known).toEqual([]);
  expect(lotsOf(ledger, {method: "fifo"}).problems.map(({code}) => code)).toEqual(["no-purchase"]);
});

it("DeclaRenta PR #199: rows that say no account, and summaries of a fill, are dropped one by one and not with their file", () => {
  const summary = buy("-").replace(
    'levelOfDetail="EXECUTION"',
    'levelOfDetail="SYMBOL_SUMMARY" accountId="-"'
  );
  const ledger = of(trades(summary, buy("1"), buy("2", 'accountId="-"')));
  expect(held(ledger)).toBe("20");
});

const nav = (day: string, total: string) =>
  `<EquitySummaryByReportDateInBase reportDate="${day}" total="${total}"/>`;

it("WF #392, #256: money without a rate is n/a that day, not 1.0 and not a dropped day", () => {
  const deposit = money('type="Deposits &amp; Withdrawals" amount="100" transactionID="1"').replace(
    'currency="USD" fxRateToBase="1"',
    'currency="EUR"'
  );
  const ledger = of(
    `<EquitySummaryInBase>${nav("20250109", "1000")}${nav("20250110", "1100")}${nav("20250113", "1100")}</EquitySummaryInBase>` +
      cash(deposit)
  );
  const {days} = figures(ledger).pnl({});
  expect(days.map(({day, nav: {value}}) => [day, value])).toEqual([
    ["2025-01-10", "1100"],
    ["2025-01-13", "1100"]
  ]);
  expect(days[0].pnl.value).toBeNull();
  expect(days[0].return.value).toBeNull();
});

it("a rate that is missing for a weekend is carried with its age, and for a day of trading it is n/a", () => {
  const position = (day: string) =>
    `<OpenPosition ${SHARE.replace('currency="USD" fxRateToBase="1"', 'currency="EUR"')} reportDate="${day}" position="10" markPrice="20" positionValue="200" costBasisMoney="190" levelOfDetail="SUMMARY"/>`;
  const valued = (day: string) =>
    figures(
      of(
        `<OpenPositions>${position(day)}</OpenPositions><ConversionRates>${rate("20250110", "1.1")}</ConversionRates>`
      )
    ).positions({}).rows[0].valueBase;
  expect(valued("20250110").value).toBe("220");
  expect(valued("20250112").value).toBe("220"); // a Sunday
  expect(valued("20250114").value).toBeNull(); // a Tuesday
});

it("V7: 10,000 of a currency whose rate goes from 0.90 to 0.91 make 100 in base, and the day's trades make nothing", () => {
  const report = (from: string, start: string, end: string) =>
    `<CashReport><CashReportCurrency currency="EUR" levelOfDetail="Currency" fromDate="${from}" toDate="${from}" startingCash="${start}" endingCash="${end}"/><CashReportCurrency currency="USD" levelOfDetail="Currency" fromDate="${from}" toDate="${from}" startingCash="0" endingCash="0"/></CashReport>`;
  const statement = (day: string, sections: string) =>
    `<FlexStatement accountId="U1" fromDate="${day}" toDate="${day}" period="" whenGenerated="20250201;063000"><AccountInformation accountId="U1" currency="USD"/>${sections}</FlexStatement>`;
  const empty =
    '<MTMPerformanceSummaryInBase><MTMPerformanceSummaryUnderlying description="Total" total="0"/></MTMPerformanceSummaryInBase><InterestAccruals><InterestAccrualsCurrency currency="BASE_SUMMARY" startingAccrualBalance="0" endingAccrualBalance="0"/></InterestAccruals>';
  const deposit = cash(
    money('type="Deposits &amp; Withdrawals" amount="500" transactionID="1"').replace(
      'currency="USD" fxRateToBase="1"',
      'currency="EUR" fxRateToBase="0.91"'
    )
  );
  const {ledger} = ledgerOfFlex([
    [
      file(
        statement(
          "20250109",
          `${report("20250109", "10000", "10000")}${empty}<ConversionRates>${rate("20250109", "0.90")}</ConversionRates>`
        ) +
          statement(
            "20250110",
            `${report("20250110", "10000", "10500")}${empty}${deposit}<ConversionRates>${rate("20250110", "0.91")}</ConversionRates>`
          ),
        2
      )
    ]
  ]);
  const [before, after] = ["2025-01-09", DAY].map((day) => rolledNavs(ledger)(U1, day)?.cash ?? 0n);
  expect([formatAmount(before), formatAmount(after)]).toEqual(["9000", "9555"]); // 100 + 500 x 0.91
});

it("WF #497, V2: all of an account is taken out: the day has earned 1 %, not lost all", () => {
  const out = money('type="Deposits &amp; Withdrawals" amount="-1010" transactionID="1"');
  const ledger = of(
    `<EquitySummaryInBase>${nav("20250109", "1000")}${nav("20250110", "0")}${nav("20250113", "0")}</EquitySummaryInBase>` +
      cash(out)
  );
  const {days} = figures(ledger).pnl({});
  expect(days[0].return.value).toBeCloseTo(0.01, 12);
  expect(days[1].return.value).toBeNull();
});

it("WF #1414, V8: an account that joins brings its value along, and the day of joining earns nothing", () => {
  const statement = (account: string, values: string) =>
    `<FlexStatement accountId="${account}" fromDate="20250102" toDate="20250131" period="" whenGenerated="20250201;063000"><AccountInformation accountId="${account}" currency="USD"/><EquitySummaryInBase>${values}</EquitySummaryInBase></FlexStatement>`;
  const {ledger} = ledgerOfFlex([
    [
      file(
        statement(
          "U1",
          nav("20250108", "100") + nav("20250109", "110") + nav("20250110", "110") + nav("20250113", "110")
        ) + statement("U2", nav("20250110", "1000") + nav("20250113", "1000")),
        2
      )
    ]
  ]);
  const {days, total} = figures(ledger).pnl({});
  expect(days.map(({return: {value}}) => Number(value?.toFixed(12)))).toEqual([0.1, 0, 0]);
  expect(total.return.value).toBeCloseTo(0.1, 12);
});

it("QuantStats #18, #71, #158: a risk-free rate is in no cumulative return and no drawdown", () => {
  const values = ["1000", "1100", "990", "1200"];
  const days = ["20250108", "20250109", "20250110", "20250113"];
  const view = figures(
    of(`<EquitySummaryInBase>${days.map((day, i) => nav(day, values[i])).join("")}</EquitySummaryInBase>`)
  ).performance({});
  expect(view.timeWeighted.return.value).toBeCloseTo(0.2, 12);
  expect(view.measures.find(({id}) => id === "maxDrawdown")?.portfolio.value).toBeCloseTo(-0.1, 12);
});

it("PP #4460: what a return is after is printed", () => {
  const {constants} = figures(
    of(`<EquitySummaryInBase>${nav("20250109", "1000")}${nav("20250110", "1010")}</EquitySummaryInBase>`)
  ).performance({});
  expect(constants.join(" ")).toMatch(/withh|tax/i);
});

it("ib_insync #364: a fill that was corrected (execution .02 for .01) counts once, when its cancel has come", () => {
  const cancel = trade(
    'transactionID="2" ibExecID="0000e0d5.1.01.01" ibOrderID="5" buySell="BUY (Ca.)" quantity="-10" tradePrice="20" proceeds="200" ibCommission="0" notes="Ca" origTransactionID="1"'
  ).replace("ExchTrade", "TradeCancel");
  const again = trade(
    'transactionID="3" ibExecID="0000e0d5.1.01.02" ibOrderID="5" buySell="BUY" quantity="10" tradePrice="19" proceeds="-190" ibCommission="0"'
  ).replace("ExchTrade", "TradeCorrect");
  const first = buy("1", 'ibExecID="0000e0d5.1.01.01" ibOrderID="5"');
  const ledger = of(trades(first, cancel, again));
  expect(held(ledger)).toBe("10");
  expect(openLots(ledger)).toEqual([["7", "10", "191"]]);
});

// Bad input.

it("two files that contradict each other on one trade: the later one counts, the other is listed", () => {
  const at = (generated: string, commission: string, query: string) =>
    flex(trades(buy("1").replace('ibCommission="-1"', `ibCommission="${commission}"`)))
      .replace("20250201;063000", generated)
      .replace('queryName="all"', `queryName="${query}"`);
  const files = [at("20250201;063000", "-1", "all"), at("20250202;063000", "-2", "other")];
  for (const order of [files, files.toReversed()]) {
    const {ledger, changes} = ledgerOfFlex(order.map((one) => [one]));
    expect(cashText(ledger)).toEqual({USD: "-202"});
    expect(changes.map(({kind, differences}) => [kind, differences])).toEqual([
      ["contradiction", [["ibCommission", "-1", "-2"]]]
    ]);
  }
});

it("an option is one holding whether its symbol is written the old way or the new", () => {
  const option = (symbol: string) =>
    `assetCategory="OPT" symbol="${symbol}" conid="9" currency="USD" multiplier="100" underlyingConid="7"`;
  const row = (id: string, symbol: string, quantity: string, side: string) =>
    trade(
      `transactionID="${id}" quantity="${quantity}" tradePrice="1" proceeds="${-100 * Number(quantity)}" ibCommission="0" buySell="${side}"`,
      option(symbol)
    );
  const ledger = of(trades(row("1", "ACMQL", "1", "BUY"), row("2", "ACME  250117C00020000", "-1", "SELL")));
  expect(held(ledger, "9")).toBe("0");
  expect(gains(ledger)).toEqual([["9", "1", "0"]]);
});

it("quantities of 1e-9 and of 1e12 are held to the last unit", () => {
  const row = (id: string, quantity: string, proceeds: string) =>
    trade(
      `transactionID="${id}" quantity="${quantity}" tradePrice="2" proceeds="${proceeds}" ibCommission="0" buySell="BUY"`
    );
  const ledger = of(trades(row("1", "1E-9", "-0.000000002"), row("2", "1000000000000", "-2000000000000")));
  expect(held(ledger)).toBe("1000000000000.000000001");
  expect(openLots(ledger)).toEqual([
    ["7", "0.000000001", "0.000000002"],
    ["7", "1000000000000", "2000000000000"]
  ]);
});

it("a row dated in the future is booked on its day, and stands in no figure of a day before", () => {
  const late = buy("2").replaceAll("20250110", "20990105");
  const ledger = of(trades(buy("1"), late));
  expect([held(ledger), held(ledger, "7", "2099-12-31")]).toEqual(["10", "20"]);
  expect(openLots(ledger).length).toBe(1);
});
