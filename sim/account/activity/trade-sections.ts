/** Trades: orders, their fills and the lots that they closed, with totals by symbol, by currency, and in base. */

import {multiply, type Amount} from "../booking/amounts.js";
import type {Instrument} from "../market/instruments.js";
import {categoryName, clock, grouped, line, type Cell} from "./csv.js";
import type {DatedRow, Period} from "./period.js";

const SECTION = "Trades";
const CATEGORIES = ["STK", "BILL", "OPT", "FUT", "CFD", "CASH"];
const SUMS = ["quantity", "proceeds", "commission", "cost", "fifoPnlRealized", "mtm"] as const;
type Sums = Record<(typeof SUMS)[number], Amount>;

/** One trade as the section prints it. */
interface Printed extends Sums {
  row: DatedRow;
  instrument: Instrument;
  discriminator: "Order" | "Trade" | "ClosedLot";
}

export function trades(period: Period): string {
  const printed = discriminate(period.rows("Trades")).sort((a, b) => compare(keyOf(a), keyOf(b)));
  let text = "";
  for (const category of CATEGORIES) {
    const rows = printed.filter(({instrument}) => instrument.assetCategory === category);
    if (!rows.length) continue;
    text += header(category);
    for (const ofCurrency of Map.groupBy(rows, ({instrument}) => instrument.currency).values()) {
      for (const ofSymbol of Map.groupBy(ofCurrency, ({instrument}) => instrument.symbol).values()) {
        for (const trade of ofSymbol) text += tradeLine(trade);
        text += total("SubTotal", ofSymbol[0].instrument, ofSymbol);
      }
      text += total("Total", ofCurrency[0].instrument, ofCurrency);
      if (ofCurrency[0].instrument.currency !== "USD")
        text += total("USD", ofCurrency[0].instrument, ofCurrency);
    }
  }
  return text;
}

/** The order of an order, and of a single fill, counts; fills of an order say the same once more. */
function discriminate(rows: readonly DatedRow[]): Printed[] {
  let order = "";
  return rows.map((row) => {
    const instrument = row.instrument!; // trades are of instruments
    const {element, fields} = row;
    if (element === "Order") order = fields["ibOrderID"] as string;
    const filled = element === "Trade" && fields["ibOrderID"] === order;
    const figure = (name: string): Amount => (fields[name] as Amount | undefined) ?? 0n;
    return {
      row,
      instrument,
      discriminator: element === "Lot" ? "ClosedLot" : filled ? "Trade" : "Order",
      quantity: figure("quantity"),
      proceeds: figure("proceeds"),
      commission: figure("ibCommission") + figure("taxes"),
      cost: figure("cost"),
      fifoPnlRealized: figure("fifoPnlRealized"),
      mtm:
        instrument.assetCategory === "CASH"
          ? multiply(figure("mtmPnl"), row.rate(instrument.currency))
          : figure("mtmPnl")
    };
  });
}

function header(category: string): string {
  const money =
    category === "CASH"
      ? ["", "Proceeds", "Comm in USD", "", "", "MTM in USD"]
      : [
          "C. Price",
          category === "FUT" ? "Notional Value" : "Proceeds",
          "Comm/Fee",
          "Basis",
          "Realized P/L",
          "MTM P/L"
        ];
  const lead = [
    "DataDiscriminator",
    "Asset Category",
    "Currency",
    "Symbol",
    "Date/Time",
    "Quantity",
    "T. Price"
  ];
  return line(SECTION, "Header", ...lead, ...money, "Code");
}

function tradeLine(trade: Printed): string {
  const {row, instrument, discriminator, quantity, proceeds, commission, cost, fifoPnlRealized, mtm} = trade;
  const {fields} = row;
  const {assetCategory, currency, symbol} = instrument;
  const lot = discriminator === "ClosedLot";
  const forex = assetCategory === "CASH";
  const time = clock((lot ? fields["openDateTime"] : fields["dateTime"]) as string);
  const codes = [fields["openCloseIndicator"], fields["notes"]].filter(Boolean).join(";");
  const head: Cell[] = [discriminator, categoryName(assetCategory), currency, symbol, time];
  const figures: Cell[] = lot
    ? [grouped(quantity), fields["tradePrice"], "", "", "", cost, fifoPnlRealized, "", codes]
    : [
        grouped(quantity),
        fields["tradePrice"],
        forex ? "" : fields["closePrice"],
        proceeds,
        commission,
        forex ? "" : cost,
        forex ? "" : fifoPnlRealized,
        mtm,
        codes
      ];
  return line(SECTION, "Data", ...head, ...figures);
}

function total(kind: "SubTotal" | "Total" | "USD", instrument: Instrument, rows: readonly Printed[]): string {
  const {assetCategory, currency, symbol} = instrument;
  const sums = Object.fromEntries(SUMS.map((name) => [name, 0n])) as Sums;
  for (const trade of rows) {
    if (trade.discriminator !== "Order") continue;
    const rate = trade.row.rate(currency);
    for (const name of SUMS) sums[name] += kind === "USD" ? multiply(trade[name], rate) : trade[name];
  }
  const forex = assetCategory === "CASH";
  const {quantity, proceeds, commission, cost, fifoPnlRealized, mtm} = sums;
  const sub = kind === "SubTotal";
  return line(
    SECTION,
    sub ? "SubTotal" : "Total",
    "",
    categoryName(assetCategory),
    kind === "USD" ? "USD" : currency,
    sub ? symbol : "",
    "",
    sub ? grouped(quantity) : "",
    "",
    "",
    proceeds,
    kind === "USD" && forex ? "" : commission,
    forex ? "" : cost,
    forex ? "" : fifoPnlRealized,
    kind === "USD" && forex ? "" : mtm,
    ""
  );
}

/** Taxes and exchange fees on trades, a part of `Comm/Fee`. */
export function transactionFees(period: Period): string {
  const section = "Transaction Fees";
  const taxed = period
    .rows("Trades")
    .filter(({element, fields}) => element === "Trade" && (fields["taxes"] as Amount | undefined));
  if (!taxed.length) return "";
  let text = line(
    section,
    "Header",
    "Asset Category",
    "Currency",
    "Date/Time",
    "Symbol",
    "Description",
    "Quantity",
    "Trade Price",
    "Amount",
    "Code"
  );
  for (const [currency, rows] of Map.groupBy(taxed, ({instrument}) => instrument!.currency)) {
    for (const {instrument, fields} of rows) {
      const {assetCategory, symbol} = instrument!;
      const what = currency === "GBP" ? "UK Stamp Tax" : "French Transaction Tax";
      const time = clock(fields["dateTime"] as string);
      const {quantity, tradePrice, taxes} = fields;
      const head = [categoryName(assetCategory), currency, time, symbol, what];
      text += line(section, "Data", ...head, grouped(quantity as Amount), tradePrice, taxes, "");
    }
    const sum = rows.reduce((amount, {fields}) => amount + (fields["taxes"] as Amount), 0n);
    text += line(section, "Data", "Total", "", "", "", "", "", "", sum, "");
  }
  return text;
}

/** By category, currency and symbol; what stands in the books together stays together. */
function keyOf({instrument: {assetCategory, currency, symbol}}: Printed): string {
  return `${CATEGORIES.indexOf(assetCategory)} ${currency} ${symbol}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
