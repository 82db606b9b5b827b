import {presentCashType} from "../cash-types.js";
import {figuresOf, totalLabel, totalsOf, type Context} from "./context.js";
import type {ColumnNames, Fields} from "./fields.js";
import {addDecimals, formatDecimal, parseDecimal} from "../../money/decimal.js";
import {reportDay} from "./period.js";
import {cell, type Section} from "./sections.js";

const COLUMNS: ColumnNames = {
  Subtitle: "",
  Currency: "currency",
  Account: "",
  Date: "dateTime",
  "Settle Date": "settleDate",
  Symbol: "symbol",
  Description: "description",
  Amount: "amount",
  Code: "code"
};

/** Flex's cash type for a row of each section of cash; a section that is not here is none. */
const TYPES: Readonly<Record<string, (fields: Fields, subtitle: string) => string>> = {
  "Deposits & Withdrawals": () => "Deposits & Withdrawals",
  Dividends: dividend,
  "Payment In Lieu Of Dividends": () => "Payment In Lieu Of Dividends",
  "Withholding Tax": () => "Withholding Tax",
  "871(m) Withholding": () => "871(m) Withholding",
  Interest: interest,
  "Broker Interest Paid": () => "Broker Interest Paid",
  "Broker Interest Received": () => "Broker Interest Received",
  "Bond Interest Paid": () => "Bond Interest Paid",
  "Bond Interest Received": () => "Bond Interest Received",
  Fees: (_, subtitle) => fee(subtitle),
  "Other Fees": () => "Other Fees",
  "Advisor Fees": () => "Advisor Fees",
  "Commission Adjustments": () => "Commission Adjustments"
};

/** Types that `Fees` is divided into. */
const FEES = new Set(["Broker Fees", "Other Fees", "Advisor Fees", "Commission Adjustments"]);

/** `VTI(US9229087690) Cash Dividend …`: what a row about a holding starts with. */
const HOLDING = /^(\S[^()]*?)\s*\(([A-Z]{2}[A-Z0-9]{9}\d|[A-Z0-9]{9})\)/;

/** Tells whether a section is one of cash that came or went. */
export function isCashSection(name: string): boolean {
  return Object.hasOwn(TYPES, name);
}

/** Reads a section of cash; its totals are rows of data (`Total`, `Total in USD`), which are checked and never booked. */
export function readCash(section: Section, context: Context): void {
  const {reader, writer} = context;
  const totals = totalsOf(section, context);
  const inBase = new BaseSum(context.base);
  for (const line of section.lines) {
    const fields = reader.read(line, section.name, "CashTransaction", COLUMNS);
    const label = totalLabel(line);
    if (label === "Total") {
      const sums = totals.check("Total", ["", ""], figuresOf(fields, ["amount"]));
      if (sums) inBase.native(sums.amount);
    } else if (label.startsWith("Total in ")) inBase.converted(label.slice(9), fields.amount);
    else if (label === `Total ${section.name} in ${context.base}`) {
      const sum = inBase.sum();
      if (sum !== undefined && fields.amount) totals.compare(label, {amount: fields.amount}, [{amount: sum}]);
    }
    if (label) continue;
    const type = TYPES[section.name](fields, cell(line, "Subtitle"));
    totals.add([fields.currency ?? ""], figuresOf(fields, ["amount"]));
    inBase.row(fields.currency);
    identify(fields, context);
    const day = (fields.dateTime ?? fields.settleDate ?? "").slice(0, 10);
    writer.row({
      section: "CashTransactions",
      element: "CashTransaction",
      account: cell(line, "Account"),
      ...(day && {day: reportDay(day)}),
      kind: type,
      fields: {...fields, type, ...(day && {settleDate: day})}
    });
  }
}

/** Names the holding that a dividend, a tax or a coupon is of. */
function identify(fields: Fields, {instruments}: Context): void {
  const [, symbol, id] = HOLDING.exec(fields.description ?? "") ?? [];
  if (symbol !== undefined) {
    fields.symbol ??= symbol;
    fields[id.length === 12 ? "isin" : "cusip"] = id;
  }
  const known = instruments.find(undefined, fields.symbol, fields.isin);
  if (known?.assetCategory === undefined) return;
  fields.assetCategory = known.assetCategory;
  instruments.identify(fields);
}

function dividend({description = ""}: Fields): string {
  return /payment in lieu of dividend/i.test(description) ? "Payment In Lieu Of Dividends" : "Dividends";
}

/** `USD Debit Interest for Apr-2025` keeps its side when it is reversed; the rest goes by its sign. */
function interest({description = "", amount = "0"}: Fields): string {
  const bond = /\b(?:bond|coupon|accrued interest)\b/i.test(description);
  const side = /\b(?:debit|credit) int/i.exec(description)?.[0].toLowerCase();
  const paid = side ? side.startsWith("debit") : amount.startsWith("-");
  return `${bond ? "Bond" : "Broker"} Interest ${paid ? "Paid" : "Received"}`;
}

function fee(subtitle: string): string {
  const type = presentCashType(subtitle);
  return FEES.has(type) ? type : "Other Fees";
}

/** What the blocks of a section add up to in base: each block's own total, or the statement's conversion of it. */
class BaseSum {
  readonly #base: string | undefined;
  #currency: string | undefined;
  #sum = parseDecimal("0");
  /** Whether every block so far has a total in base. */
  #whole = true;
  #open = false;

  constructor(base: string | undefined) {
    this.#base = base;
  }

  row(currency: string | undefined): void {
    this.#close();
    this.#currency = currency;
  }

  /** The rows since the last total are summed up, in their own currency. */
  native(sum: string | undefined): void {
    this.#close();
    if (sum === undefined) this.#whole = false;
    else if (this.#currency === this.#base) this.#sum = addDecimals(this.#sum, parseDecimal(sum));
    else this.#open = true;
  }

  converted(currency: string, amount: string | undefined): void {
    if (currency !== this.#base || !amount || !this.#open) return;
    this.#sum = addDecimals(this.#sum, parseDecimal(amount));
    this.#open = false;
  }

  /** Returns the sum of all in base; undefined where some of it is not known in base. */
  sum(): string | undefined {
    this.#close();
    return this.#whole ? formatDecimal(this.#sum) : undefined;
  }

  #close(): void {
    if (this.#open) this.#whole = false;
    this.#open = false;
  }
}
