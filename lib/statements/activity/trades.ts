import {categorize, figuresOf, groupOf, totalLabel, totalsOf, type Context} from "./context.js";
import type {ColumnNames, Fields} from "./fields.js";
import {reportDay} from "./period.js";
import {cell, type Line, type Section} from "./sections.js";
import type {TradeTaxes} from "./trade-taxes.js";

const COLUMNS: ColumnNames = {
  DataDiscriminator: "",
  "Asset Category": "assetCategory",
  Currency: "currency",
  Account: "",
  Symbol: "symbol",
  "Date/Time": "dateTime",
  Exchange: "exchange",
  Quantity: "quantity",
  "T. Price": "tradePrice",
  "C. Price": "closePrice",
  Proceeds: "proceeds",
  "Notional Value": "proceeds",
  "Comm/Fee": "ibCommission",
  "Comm/Tax": "ibCommission",
  "Comm in *": "ibCommission",
  Basis: "cost",
  "Realized P/L": "fifoPnlRealized",
  "Realized P/L %": "",
  "MTM P/L": "mtmPnl",
  "MTM in *": "mtmPnlInBase",
  Code: "notes"
};

const SUMS = ["quantity", "proceeds", "ibCommission", "cost", "fifoPnlRealized", "mtmPnl", "mtmPnlInBase"];

/** What IBKR does without a market, by its codes: assignment, exercise, expiry. */
const BOOKED = new Set(["A", "Ex", "AEx", "MEx", "GEA", "Ep"]);

/** Discriminators of the lines that say what was traded; one of them counts, the others say the same in parts. */
const LEVELS = ["Order", "Trade", "Execution"];

/**
 * Reads Trades: the orders count (fills, where a file has no orders); their fills stand among the raw rows, under the
 * level FILL; closed lots are Flex's Lot rows, with the time and the account of the trade that closed them.
 * @param fees Transaction Fees: the part of `Comm/Fee` that is tax
 */
export function readTrades(section: Section, context: Context, fees: TradeTaxes): void {
  const {reader, writer, warnings, instruments} = context;
  const totals = totalsOf(section, context);
  const rows = section.lines.map((line) => ({
    line,
    level: levelOf(line),
    account: cell(line, "Account"),
    fields: reader.read(line, section.name, "Trade", COLUMNS)
  }));
  const counts = LEVELS.find((name) => rows.some(({level}) => level === name));
  let closing: {account: string; fields: Fields} | undefined;
  for (const [i, {line, level, account, fields}] of rows.entries()) {
    const group = groupOf(line);
    if (totalLabel(line)) {
      if (group[0] && group[1])
        totals.check(totalLabel(line), group, figuresOf(fields, SUMS), group.filter(Boolean).join("/"));
      continue;
    }
    categorize(fields, context, section.name);
    instruments.identify(fields);
    if (level === "ClosedLot") {
      writer.row(closedLot(fields, account, closing));
      continue;
    }
    if (!LEVELS.includes(level)) warnings.count("unknown-element", `${section.name}/${level}`);
    const counted = level === counts;
    if (counted) totals.add(group, figuresOf(fields, SUMS));
    complete(fields, line, context);
    if (counted) fees.split(account, [fields, ...fillsOf(rows, i, counts)]);
    if (level !== "Execution" || counted) closing = {account, fields};
    writer.row({
      section: "Trades",
      element: "Trade",
      account,
      day: reportDay(fields.dateTime?.slice(0, 10) ?? context.to),
      level: counted ? "" : "FILL",
      kind: fields.assetCategory ?? "",
      fields
    });
  }
}

/** The fills under an order: the lines of other levels up to the next order or total. */
function fillsOf(rows: readonly {level: string; fields: Fields}[], order: number, counts: string): Fields[] {
  const fills: Fields[] = [];
  for (let i = order + 1; i < rows.length && rows[i].level !== counts && rows[i].level !== ""; ++i)
    if (rows[i].level !== "ClosedLot") fills.push(rows[i].fields);
  return fills;
}

/** A line without a discriminator is an order. */
function levelOf(line: Line): string {
  const level = cell(line, "DataDiscriminator");
  return totalLabel(line) ? "" : level || "Order";
}

/** Says of a trade what Flex says besides: its day, side, type, what it opens or closes, the commission's currency. */
function complete(fields: Fields, {columns}: Line, {base}: Context): void {
  const codes = new Set((fields.notes ?? "").split(";"));
  const cancelled = codes.has("Ca");
  if (fields.dateTime) fields.tradeDate = fields.dateTime.slice(0, 10);
  if (fields.quantity) {
    const bought = fields.quantity.startsWith("-") === cancelled;
    fields.buySell = (bought ? "BUY" : "SELL") + (cancelled ? " (Ca.)" : "");
  }
  const effects = ["C", "O"].filter((code) => codes.has(code));
  if (effects.length) fields.openCloseIndicator = effects.join(";");
  if (cancelled) fields.transactionType = "TradeCancel";
  else if (codes.has("Co")) fields.transactionType = "TradeCorrect";
  else if ([...codes].some((code) => BOOKED.has(code))) fields.transactionType = "BookTrade";
  const paidIn =
    columns.currencyOf("Comm in *") ?? (fields.assetCategory === "CASH" ? base : fields.currency);
  if (fields.ibCommission !== undefined && paidIn) fields.ibCommissionCurrency = paidIn;
}

/** A closed lot carries when it was opened; it was closed by the trade above it. */
function closedLot(
  {dateTime, ...fields}: Fields,
  account: string,
  closing: {account: string; fields: Fields} | undefined
) {
  const by = closing?.fields;
  const closed = {
    ...fields,
    ...(dateTime && {openDateTime: dateTime}),
    ...(by?.dateTime && {dateTime: by.dateTime, tradeDate: by.dateTime.slice(0, 10)}),
    ...(by?.buySell && {buySell: by.buySell}),
    levelOfDetail: "CLOSED_LOT"
  };
  return {
    section: "Trades",
    element: "Lot",
    account: account || (closing?.account ?? ""),
    ...(by?.dateTime && {day: reportDay(by.dateTime.slice(0, 10))}),
    level: "CLOSED_LOT",
    kind: fields.assetCategory ?? "",
    fields: closed
  };
}
