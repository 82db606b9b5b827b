import {categorize, figuresOf, groupOf, totalLabel, totalsOf, type Context} from "./context.js";
import type {ColumnNames, Fields} from "./fields.js";
import {cell, type Section} from "./sections.js";

const POSITION: ColumnNames = {
  DataDiscriminator: "",
  "Asset Category": "assetCategory",
  Currency: "currency",
  Account: "",
  Symbol: "symbol",
  Open: "openDateTime",
  Quantity: "position",
  Mult: "multiplier",
  "Cost Price": "costBasisPrice",
  "Cost Basis": "costBasisMoney",
  "Close Price": "markPrice",
  Value: "positionValue",
  "Unrealized P/L": "fifoPnlUnrealized",
  "Unrealized P/L %": "",
  "% of NAV": "percentOfNAV",
  Code: "code"
};

const SUMS = ["position", "costBasisMoney", "positionValue", "fifoPnlUnrealized"];

/** `2024-11-28 (Vesting: 2025-11-28)`: the day of a lot that was granted. */
const VESTING = /^(\S.*?) \(Vesting: (\d{4}-\d\d-\d\d)\)$/;

/** Reads Open Positions: summaries and, at the level LOT, the lots under them, all of the last day of the period. */
export function readPositions(section: Section, context: Context): void {
  const {reader, writer, instruments, to, base, rates} = context;
  const totals = totalsOf(section, context);
  const lots = new Map<string, number>();
  for (const line of section.lines) {
    const place = line.columns.place("Open");
    const vesting = place === undefined ? null : VESTING.exec((line.cells[place] ?? "").trim());
    const cells = vesting && place !== undefined ? line.cells.with(place, vesting[1]) : line.cells;
    const fields = reader.read({...line, cells}, section.name, "OpenPosition", POSITION);
    if (vesting) fields.vestingDate = vesting[2];
    const group = groupOf(line);
    const label = totalLabel(line);
    if (label) {
      if (group[0] && group[1])
        totals.check(label, group, figuresOf(fields, SUMS), group.filter(Boolean).join("/"));
      continue;
    }
    const lot = cell(line, "DataDiscriminator") === "Lot";
    if (!lot) totals.add(group, figuresOf(fields, SUMS));
    categorize(fields, context, section.name);
    instruments.describe(fields);
    const rate = fields.currency === base ? "1" : rates.get(fields.currency ?? "");
    if (rate !== undefined) fields.fxRateToBase = rate;
    if (fields.position) fields.side = fields.position.startsWith("-") ? "Short" : "Long";
    const account = cell(line, "Account");
    if (lot) tellApart(fields, account, lots);
    writer.row({
      section: "OpenPositions",
      element: "OpenPosition",
      account,
      day: to,
      level: lot ? "LOT" : "",
      kind: fields.assetCategory ?? "",
      fields
    });
  }
}

/** Lots of one instrument that were opened in one second have nothing to tell them apart: they are numbered. */
function tellApart(fields: Fields, account: string, lots: Map<string, number>): void {
  const key = [account, fields.conid ?? `${fields.symbol}/${fields.currency}`, fields.openDateTime].join("/");
  const number = (lots.get(key) ?? 0) + 1;
  lots.set(key, number);
  if (number > 1) fields.originatingTransactionID = `#${number}`;
}

const FOREX: ColumnNames = {
  "Asset Category": "assetCategory",
  "Asset Class": "assetCategory",
  Currency: "functionalCurrency",
  Account: "",
  Description: "fxCurrency",
  Quantity: "quantity",
  "Cost Price": "costPrice",
  "Cost Basis in *": "costBasis",
  "Cost Basis": "costBasis",
  "Close Price": "closePrice",
  "Value in *": "value",
  Value: "value",
  "Unrealized P/L in *": "unrealizedPL",
  "Unrealized P/L": "unrealizedPL",
  Code: "code"
};

/** Reads Forex Balances: cash in other currencies, valued in base. */
export function readForexBalances(section: Section, context: Context): void {
  const {reader, writer, to} = context;
  const sums = ["costBasis", "value", "unrealizedPL"];
  const totals = totalsOf(section, context);
  for (const line of section.lines) {
    const fields = reader.read(line, section.name, "FxLot", FOREX);
    const label = totalLabel(line);
    if (label) {
      totals.check(label, [], figuresOf(fields, sums));
      continue;
    }
    totals.add([cell(line, "Asset Category")], figuresOf(fields, sums));
    categorize(fields, context, section.name);
    writer.row({
      section: "FxPositions",
      element: "FxLot",
      account: cell(line, "Account"),
      day: to,
      kind: fields.assetCategory ?? "",
      fields
    });
  }
}
