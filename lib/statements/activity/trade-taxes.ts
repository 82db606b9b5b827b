import {addDecimals, formatDecimal, parseDecimal} from "../../money/decimal.js";
import {categorize, figuresOf, groupOf, totalLabel, totalsOf, type Context} from "./context.js";
import type {ColumnNames, Fields} from "./fields.js";
import {reportDay} from "./period.js";
import {cell, type Section} from "./sections.js";

const COLUMNS: ColumnNames = {
  "Asset Category": "assetCategory",
  Currency: "currency",
  Account: "",
  "Date/Time": "date",
  Symbol: "symbol",
  Description: "taxDescription",
  Quantity: "quantity",
  "Trade Price": "tradePrice",
  Amount: "taxAmount",
  Code: "code"
};

/**
 * Taxes and exchange fees on trades. Statements print them inside `Comm/Fee`, and once more in Transaction Fees; Flex
 * prints the trade's commission without them: so each trade gives up its own. Their rows stand among the raw ones, since
 * the trades have their money.
 */
export class TradeTaxes {
  /** Amounts that no trade has taken, by trade. */
  readonly #open = new Map<string, string[]>();

  constructor(section: Section | undefined, context: Context) {
    if (!section) return;
    const {reader, writer, instruments} = context;
    writer.section("TransactionTaxes");
    const totals = totalsOf(section, context);
    for (const line of section.lines) {
      const fields = reader.read(line, section.name, "TransactionTax", COLUMNS);
      const label = totalLabel(line);
      if (label === "Total") totals.check("Total", [], figuresOf(fields, ["taxAmount"]));
      if (label || fields.symbol === undefined) continue;
      totals.add(groupOf(line), figuresOf(fields, ["taxAmount"]));
      categorize(fields, context, section.name);
      instruments.identify(fields);
      const account = cell(line, "Account");
      const key = keyOf(account, fields, fields.date);
      this.#open.set(key, [...(this.#open.get(key) ?? []), fields.taxAmount ?? "0"]);
      writer.row({
        section: "TransactionTaxes",
        element: "TransactionTax",
        account,
        ...(fields.date && {day: reportDay(fields.date.slice(0, 10))}),
        level: "IN_COMMISSION",
        kind: fields.assetCategory ?? "",
        fields
      });
    }
  }

  /** Takes the taxes of a trade, and of the fills that make it, out of its commission; the first trade of a second has them. */
  split(account: string, [trade, ...fills]: readonly Fields[]): void {
    const keys = new Set([trade, ...fills].map(({dateTime}) => keyOf(account, trade, dateTime)));
    const amounts = [...keys].flatMap((key) => this.#open.get(key) ?? []).map(parseDecimal);
    if (amounts.length === 0 || trade.ibCommission === undefined) return;
    const taxes = amounts.reduce(addDecimals);
    const rest = addDecimals(parseDecimal(trade.ibCommission), {units: -taxes.units, scale: taxes.scale});
    if (rest.units !== 0n && rest.units > 0n === taxes.units < 0n) return;
    for (const key of keys) this.#open.delete(key);
    trade.taxes = formatDecimal(taxes);
    trade.ibCommission = formatDecimal(rest);
  }
}

function keyOf(account: string, {symbol = "", currency = ""}: Fields, time = ""): string {
  return [account, symbol, currency, time].join("/");
}
