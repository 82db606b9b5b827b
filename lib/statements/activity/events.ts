import {categorize, figuresOf, groupOf, totalLabel, totalsOf, type Context} from "./context.js";
import type {ColumnNames, Fields} from "./fields.js";
import {reportDay} from "./period.js";
import {cell, type Section} from "./sections.js";

/** How the rows of a section that happen on a day are read. */
interface EventSpec {
  section: string;
  element: string;
  columns: ColumnNames;
  /** What its totals add up. */
  sums: readonly string[];
  /** Attributes that may say the day, the first that is there counts; none for the last day of the period. */
  day: readonly string[];
  complete?: (fields: Fields) => void;
}

const NAMES: ColumnNames = {
  "Asset Category": "assetCategory",
  Currency: "currency",
  Account: "",
  Symbol: "symbol",
  Code: "code"
};

const ACCRUAL: ColumnNames = {
  ...NAMES,
  Date: "date",
  "Ex Date": "exDate",
  "Pay Date": "payDate",
  Quantity: "quantity",
  Tax: "tax",
  Fee: "fee",
  "Gross Rate": "grossRate",
  "Gross Amount": "grossAmount",
  "Net Amount": "netAmount"
};

const EVENTS: Readonly<Record<string, EventSpec>> = {
  "Corporate Actions": {
    section: "CorporateActions",
    element: "CorporateAction",
    columns: {
      ...NAMES,
      "Report Date": "reportDate",
      "Date/Time": "dateTime",
      Description: "description",
      Quantity: "quantity",
      Proceeds: "proceeds",
      Value: "value",
      "Realized P/L": "fifoPnlRealized"
    },
    sums: ["proceeds", "value", "fifoPnlRealized"],
    day: ["reportDate", "dateTime"],
    complete: completeAction
  },
  Transfers: {
    section: "Transfers",
    element: "Transfer",
    columns: {
      ...NAMES,
      Date: "date",
      Type: "type",
      Direction: "direction",
      "Xfer Company": "company",
      "Xfer Account": "account",
      Qty: "quantity",
      "Xfer Price": "transferPrice",
      "Market Value": "positionAmount",
      "Realized P/L": "pnlAmount",
      "Cash Amount": "cashTransfer"
    },
    sums: ["positionAmount", "pnlAmount", "cashTransfer"],
    day: ["date"],
    complete: completeTransfer
  },
  "Change in Dividend Accruals": {
    section: "ChangeInDividendAccruals",
    element: "ChangeInDividendAccrual",
    columns: ACCRUAL,
    sums: ["grossAmount", "netAmount"],
    day: ["date"]
  },
  "Open Dividend Accruals": {
    section: "OpenDividendAccruals",
    element: "OpenDividendAccrual",
    columns: ACCRUAL,
    sums: ["grossAmount", "netAmount"],
    day: []
  }
};

/** Tells whether a section is one of events that concern an instrument. */
export function isEventSection(name: string): boolean {
  return Object.hasOwn(EVENTS, name);
}

/** Reads corporate actions, transfers and dividend accruals. */
export function readEvents({name, lines}: Section, context: Context): void {
  const {section, element, columns, sums, day: dayNames, complete} = EVENTS[name];
  const {reader, writer, instruments, to} = context;
  const totals = totalsOf({name, blocks: [], lines: []}, context);
  for (const line of lines) {
    const fields = reader.read(line, name, element, columns);
    const label = totalLabel(line);
    if (label === "Total") totals.check(label, [], figuresOf(fields, sums));
    if (label) continue;
    totals.add(groupOf(line), figuresOf(fields, sums));
    complete?.(fields);
    categorize(fields, context, name);
    instruments.identify(fields);
    const dated = dayNames.flatMap((attribute) => fields[attribute]?.slice(0, 10) ?? [])[0];
    writer.row({
      section,
      element,
      account: cell(line, "Account"),
      day: dated === undefined ? to : reportDay(dated),
      kind: fields.assetCategory ?? "",
      fields
    });
  }
}

/** What IBKR's words for corporate actions say, as Flex's types. */
const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bmerged\b/i, "TC"],
  [/\bspin-?off\b/i, "SO"],
  [/\bstock dividend\b/i, "SD"],
  [/\b(?:cusip|isin)\b.*\bchange\b/i, "IC"],
  [/\btendered to\b/i, "TO"],
  [/\bsubscribable rights issue\b/i, "RI"],
  [/\bt-?bill maturity\b/i, "TM"],
  [/\bbond maturity\b/i, "BM"]
];

const SPLIT = /\bsplit\s+(\d+(?:\.\d+)?)\s+for\s+(\d+(?:\.\d+)?)/i;

/** `… (IBKR, INTERACTIVE BROKERS GRO-CL A, US45841N1072)`: the instrument that an action's row is about stands last. */
const SUBJECT = /\(([^(),]+), .*?(?:, ([A-Z]{2}[A-Z0-9]{9}\d|[A-Z0-9]{9}))?\)$/;

function completeAction(fields: Fields): void {
  const {description = ""} = fields;
  fields.actionDescription = description;
  const [, symbol, id] = SUBJECT.exec(description) ?? [];
  if (symbol !== undefined) fields.symbol ??= symbol.trim();
  if (id !== undefined) fields[id.length === 12 ? "isin" : "cusip"] = id;
  const [, after, before] = SPLIT.exec(description) ?? [];
  const type =
    after === undefined
      ? ACTIONS.find(([words]) => words.test(description))?.[1]
      : Number(after) > Number(before)
        ? "FS"
        : "RS";
  if (type !== undefined) fields.type = type;
}

/** Flex writes types and directions in capitals: `Inter-Company` is `INTERCOMPANY`. Cash is no instrument. */
function completeTransfer(fields: Fields): void {
  for (const name of ["type", "direction"]) {
    if (fields[name] !== undefined) fields[name] = fields[name].toUpperCase().replace(/[^A-Z]/g, "");
  }
  if (fields.assetCategory !== "Cash") return;
  delete fields.symbol;
  delete fields.assetCategory;
}
