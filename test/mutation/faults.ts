/** Single faults of statements: what a broken export, a slip or a bug could do to one row. */
import type {StatementRow} from "../../lib/statements/statement.js";
import {Fraction} from "../oracle/fraction.js";
import type {Random} from "../oracle/random.js";
import type {Span} from "./span.js";

export type FaultKind = "amount" | "sign" | "date" | "currency" | "dropped" | "doubled" | "ratio" | "rate";

export interface Fault {
  kind: FaultKind;
  row: StatementRow;
  instead: StatementRow[];
  /** Attribute that is changed; empty where it is the row. */
  field: string;
  before: string;
  after: string;
  /** The business day before the row's, of which some figures of it are. */
  eve: string;
  /** Whether the row is of the account's first or last day in the span. */
  isOuter: boolean;
}

/** Rows that are of no account's figures: what a thing is called, who somebody is. */
const NOT_FIGURES = new Set(["AccountInformation", "SecurityInfo"]);

/** Numbers that are no figure: they name a thing or an order of things. */
const IDS =
  /^(conid|underlyingConid|.*ID|cusip|isin|figi|.*Code|symbol|description|subCategory|fromAcct|toAcct|account|listingExchange|expiry|underlyingSymbol|issuer)$/;

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Rows that happen, so that the same again under another number is a second one. */
const EVENTS = new Set([
  "Trade",
  "CashTransaction",
  "CorporateAction",
  "Transfer",
  "ChangeInDividendAccrual",
  "OpenDividendAccrual",
  "StatementOfFundsLine",
  "Lot"
]);

/** Returns the attributes of a row that are figures. */
export function figuresOf({fields}: StatementRow): string[] {
  return Object.keys(fields).filter((name) => !IDS.test(name) && NUMBER.test(fields[name]));
}

const KINDS: readonly FaultKind[] = [
  "amount",
  "amount",
  "amount",
  "sign",
  "sign",
  "date",
  "currency",
  "dropped",
  "doubled",
  "ratio",
  "rate"
];

/** Draws one fault; each sort of row is as likely as any other. */
export function drawFault(span: Span, random: Random): Fault {
  for (;;) {
    const kind = random.pick(KINDS);
    const rows = span.rows.filter((row) => !NOT_FIGURES.has(row.element) && suits(kind, row));
    const sorts = [...Map.groupBy(rows, sortOf).values()];
    if (!sorts.length) continue;
    const row = random.pick(random.pick(sorts));
    const fault = make(kind, row, span, random);
    if (fault) return fault;
  }
}

/** Element and level; of trades, cash and actions also what they are. */
export function sortOf({element, level, kind, fields}: StatementRow): string {
  const what = element === "CorporateAction" ? fields["type"] : kind;
  return [element, level, what].filter(Boolean).join(" ");
}

function suits(kind: FaultKind, row: StatementRow): boolean {
  const {element, fields} = row;
  switch (kind) {
    case "amount":
    case "sign":
      return figuresOf(row).length > 0;
    case "currency":
      return "currency" in fields && fields["currency"] !== "BASE_SUMMARY";
    case "doubled":
      return EVENTS.has(element);
    case "ratio":
      return element === "CorporateAction" && ["FS", "RS", "SO", "TC"].includes(fields["type"]);
    case "rate":
      return element === "ConversionRate" ? fields["rate"] !== "-1" : "fxRateToBase" in fields;
    default:
      return true;
  }
}

function make(kind: FaultKind, row: StatementRow, span: Span, random: Random): Fault | null {
  const eve = span.days[span.days.indexOf(row.day || row.to) - 1] ?? "";
  const isOuter = isOuterDay(span, row);
  const change = (field: string, after: string): Fault => ({
    eve,
    isOuter,
    kind,
    row,
    field,
    before: row.fields[field],
    after,
    instead: [{...row, fields: {...row.fields, [field]: after}}]
  });
  const whole = (instead: StatementRow[], before = "", after = "") => ({
    eve,
    isOuter,
    kind,
    row,
    instead,
    field: "",
    before,
    after
  });
  switch (kind) {
    case "amount": {
      const field = random.pick(figuresOf(row));
      return change(field, otherAmount(row.fields[field], random));
    }
    case "sign": {
      const signed = figuresOf(row).filter((name) => !/^0$/.test(row.fields[name]));
      if (!signed.length) return null;
      const field = random.pick(signed);
      return change(field, Fraction.parse(row.fields[field]).negated.text());
    }
    case "ratio":
      return row.fields["quantity"] === "0"
        ? null
        : change("quantity", times(row.fields["quantity"], random.pick(["2", "0.5", "3"])));
    case "rate": {
      const field = row.element === "ConversionRate" ? "rate" : "fxRateToBase";
      return change(field, times(row.fields[field], random.pick(["1.1", "0.9", "1.01", "10"])));
    }
    case "currency":
      return change(
        "currency",
        random.pick(["USD", "EUR", "GBP", "JPY"].filter((one) => one !== row.fields["currency"]))
      );
    case "dropped":
      return whole([]);
    case "doubled":
      return whole([row, renumbered(row)]);
    case "date":
      return redated(row, span, random);
  }
}

/** Another amount: a slip of a digit, a factor, something on top. */
function otherAmount(text: string, random: Random): string {
  if (text === "0") return random.decimal(1, 900, 2);
  const more = Fraction.parse(random.decimal(0.02, 2000, 2));
  const value = Fraction.parse(text);
  const other = random.pick([
    value.times(Fraction.of(10n)),
    value.plus(more),
    value.times(Fraction.parse("1.07"))
  ]);
  return other.text();
}

const times = (text: string, factor: string): string =>
  Fraction.parse(text).times(Fraction.parse(factor)).text();

function renumbered(row: StatementRow): StatementRow {
  const fields = {...row.fields};
  for (const id of ["transactionID", "tradeID", "ibExecID"]) if (fields[id]) fields[id] = `9${fields[id]}`;
  return {...row, fields};
}

/** The same row on another day of the span, a few days off. */
function redated(row: StatementRow, span: Span, random: Random): Fault | null {
  const {days} = span;
  const old = row.day || row.to;
  const at = days.indexOf(old);
  const to = days[at + random.pick([-3, -2, -1, 1, 2, 3])];
  if (at < 0 || to === undefined) return null;
  const fields = {...row.fields};
  for (const name of ["reportDate", "fromDate", "toDate"]) if (fields[name] === old) fields[name] = to;
  const moved = row.day ? {...row, day: to, fields} : {...row, from: to, to, fields};
  const isOuter = isOuterDay(span, row);
  return {
    eve: days[at - 1] ?? "",
    isOuter,
    kind: "date",
    row,
    field: "",
    before: old,
    after: to,
    instead: [moved]
  };
}

function isOuterDay({rows}: Span, {account, day, to}: StatementRow): boolean {
  const days = rows
    .filter((row) => row.account === account && row.to)
    .map((row) => row.to)
    .toSorted();
  return [days[0], days.at(-1)].includes(day || to);
}

/** Rows of cash: what they move is a currency, whatever it is of. */
const CASH = new Set(["CashTransaction", "StatementOfFundsLine"]);

/** Figures of the end of the day before. */
const OF_THE_EVE = /^(starting|prevClose)/;

/** What a mark must name: the day of the row, and its instrument; its currency where it has none, or where that or a rate is wrong. */
export function namesOf({row, kind, field, before, after, eve}: Fault): {days: string[]; items: string[]} {
  const {fields, day, to, element} = row;
  const days = kind === "date" ? [before, after] : [day || to];
  if (OF_THE_EVE.test(field) && eve) days.push(eve);
  if (element === "ChangeInNAV" || fields["currency"] === "BASE_SUMMARY") return {days, items: []};
  const forex = fields["assetCategory"] === "CASH" ? fields["symbol"]?.split(".") : undefined;
  const instruments = [fields["symbol"], fields["conid"], fields["fxCurrency"], ...(forex ?? [])];
  const named = instruments.filter((name) => name !== undefined);
  const isOfMoney =
    !named.length ||
    CASH.has(element) ||
    kind === "currency" ||
    ["fxRateToBase", "rate", "cashTransfer"].includes(field);
  const currency = element === "ConversionRate" ? fields["fromCurrency"] : fields["currency"];
  const currencies = isOfMoney ? [currency, kind === "currency" ? after : undefined] : [];
  return {days, items: [...named, ...currencies.filter((name) => name !== undefined)]};
}

export function sentenceOf({kind, row, field, before, after}: Fault): string {
  const what = field ? `${field} ${before} → ${after}` : `${before} ${after}`.trim();
  const {symbol, currency} = row.fields;
  return `${kind} of ${sortOf(row)} ${row.account} ${row.day || row.to} ${symbol ?? currency ?? ""}: ${what}`;
}
