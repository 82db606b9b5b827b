import {expect, it} from "vitest";
import {words} from "../../../../lib/statements/flex-attributes.js";
import {ELEMENTS} from "../../../../lib/statements/flex-elements.js";
import {attributeOf, isColumnRow, sectionOf} from "../../../../lib/statements/flex-csv/columns.js";

it("attributeOf(element, column) finds each attribute of each element under its own name, whatever its case and signs", () => {
  for (const [element, {attributes}] of Object.entries(ELEMENTS))
    for (const name of words(attributes)) {
      const found = attributeOf(element, name.toUpperCase());
      expect(found?.toLowerCase()).toBe(name.toLowerCase());
    }
});

it("attributeOf(element, column) knows the names that CSV has for attributes of XML", () => {
  expect(attributeOf("Trade", "ClientAccountID")).toBe("accountId");
  expect(attributeOf("Trade", "Buy/Sell")).toBe("buySell");
  expect(attributeOf("Trade", "CostBasis")).toBe("cost");
  expect(attributeOf("CorporateAction", "CostBasis")).toBe("costBasis");
  expect(attributeOf("OpenPosition", "Quantity")).toBe("position");
  expect(attributeOf("Trade", "Quantity")).toBe("quantity");
  expect(attributeOf("CashReportCurrency", "EndingCashCommodities")).toBe("endingCashCom");
  expect(attributeOf("Trade", "Sparkle")).toBeUndefined();
  expect(attributeOf("Nothing", "Symbol")).toBeUndefined();
  expect(attributeOf("Nothing", "ClientAccountID")).toBe("accountId");
});

it("isColumnRow(cells) tells names from values", () => {
  expect(isColumnRow(["ClientAccountID", "Symbol", "Buy/Sell", "New Thing"], false)).toBe(true);
  expect(isColumnRow(["U1", "ACME", "BUY", "x"], false)).toBe(false);
  expect(isColumnRow(["Symbol", "Symbol"], false)).toBe(false);
  expect(isColumnRow(["ClientAccountID", "Shine", "Color"], false)).toBe(false);
  expect(isColumnRow(["ClientAccountID", "Shine", "Color"], true)).toBe(true);
  expect(isColumnRow(["Symbol", ""], true)).toBe(false);
});

it("sectionOf(columns) tells sections that share most columns apart", () => {
  const of = (text: string) => sectionOf(words(text))?.container;
  expect(of("ClientAccountID Symbol TradeDate TradePrice Quantity")).toBe("Trades");
  expect(of("ClientAccountID Symbol ExecID Price Quantity")).toBe("TradeConfirms");
  expect(of("ClientAccountID Symbol MarkPrice Quantity PositionValue")).toBe("OpenPositions");
  expect(of("ClientAccountID Symbol ExDate PayDate GrossAmount")).toBe("OpenDividendAccruals");
  expect(of("ClientAccountID Symbol Date ExDate PayDate GrossAmount")).toBe("ChangeInDividendAccruals");
  expect(of("ClientAccountID Type Amount SettleDate")).toBe("CashTransactions");
  expect(of("ClientAccountID Type Amount Value Proceeds ActionDescription")).toBe("CorporateActions");
  expect(of("ClientAccountID ReportDate Cash Stock Total")).toBe("EquitySummaryInBase");
  expect(of("Symbol Conid ISIN Multiplier")).toBe("SecuritiesInfo");
  expect(of("ClientAccountID Shine")).toBeUndefined();
});
