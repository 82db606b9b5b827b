import {addDecimals, formatDecimal, multiplyDecimals, parseDecimal, type Decimal} from "../money/decimal.js";
import {attributeKind, schemaOf} from "./flex-schema.js";
import type {StatementHeader, StatementRow} from "./statement.js";

/** What one statement says. */
export interface StatementInspection {
  account: string;
  /** Base currency: AccountInformation's, else the one that conversion rates lead to, else null. */
  base: string | null;
  from: string;
  to: string;
  generated: string;
  trades: TradeGroup[];
  cash: CashGroup[];
  positions?: PositionSums;
  nav?: NavSums;
  cashReport?: CashLine[];
  /** Row elements of each section, at every level of detail. */
  counts: Record<string, number>;
}

/** Executions of one currency and asset category; a sum is left out where no row has the attribute. */
export interface TradeGroup {
  currency: string;
  category: string;
  count: number;
  quantity?: string;
  proceeds?: string;
  commission?: string;
  netCash?: string;
  realized?: string;
}

/** Cash transactions of one currency and type. */
export interface CashGroup {
  currency: string;
  type: string;
  count: number;
  sum?: string;
}

/** Open positions, in base currency; sums are left out where a rate is missing or no row has the attribute. */
export interface PositionSums {
  count: number;
  value?: string;
  cost?: string;
  unrealized?: string;
}

export interface NavSums {
  start?: string;
  end?: string;
  /** Percent, as in the file. */
  twr?: string;
  /** Every other numeric attribute under its Flex name. */
  parts: Record<string, string>;
}

export interface CashLine {
  currency: string;
  start?: string;
  end?: string;
}

const TRADE_SUMS = {quantity: "quantity", proceeds: "proceeds", commission: "ibCommission", netCash: "netCash", realized: "fifoPnlRealized"} as const; // prettier-ignore
const POSITION_SUMS = {
  value: "positionValue",
  cost: "costBasisMoney",
  unrealized: "fifoPnlUnrealized"
} as const;

/** Sums under some names; one that nothing was added to is left out. */
class Sums<Name extends string> {
  count = 0;
  readonly #sums = new Map<Name, Decimal>();

  add(name: Name, value: Decimal): void {
    const sum = this.#sums.get(name);
    this.#sums.set(name, sum ? addDecimals(sum, value) : value);
  }

  drop(name: Name): void {
    this.#sums.delete(name);
  }

  texts(): Partial<Record<Name, string>> {
    const entries = [...this.#sums].map(([name, sum]) => [name, formatDecimal(sum)]);
    return Object.fromEntries(entries) as Partial<Record<Name, string>>; // its keys are those of the sums
  }
}

/** Collects what one statement says, row by row: groups and sums, no rows but those of the change in NAV. */
export class StatementInspector {
  readonly #header: StatementHeader;
  readonly #counts = new Map<string, number>();
  readonly #trades = new Map<string, Sums<keyof typeof TRADE_SUMS>>();
  readonly #cash = new Map<string, Sums<"sum">>();
  readonly #positions = new Sums<keyof typeof POSITION_SUMS>();
  readonly #unrated = new Set<keyof typeof POSITION_SUMS>();
  readonly #navs: StatementRow[] = [];
  readonly #cashReport: CashLine[] = [];
  #base: string | null = null;
  #rateBase: string | null = null;

  constructor(header: StatementHeader) {
    this.#header = header;
  }

  section(section: string): void {
    this.#counts.set(section, this.#counts.get(section) ?? 0);
  }

  row(row: StatementRow): void {
    const {element, level, section, fields} = row;
    this.#counts.set(section, (this.#counts.get(section) ?? 0) + 1);
    if (element === "Trade" && section === "Trades" && (level === "EXECUTION" || level === ""))
      this.#trade(row);
    else if (element === "CashTransaction" && (level === "DETAIL" || level === ""))
      this.#cashTransaction(row);
    else if (element === "OpenPosition" && (level === "SUMMARY" || level === "")) this.#position(row);
    else if (element === "ChangeInNAV") this.#navs.push(row);
    else if (element === "CashReportCurrency") this.#cashReport.push(cashLine(row));
    else if (element === "AccountInformation") this.#base ??= fields.currency ?? null;
    else if (element === "ConversionRate") this.#rateBase ??= fields.toCurrency ?? null;
  }

  #trade({fields}: StatementRow): void {
    const group = groupOf(this.#trades, [fields.currency ?? "", fields.assetCategory ?? ""]);
    ++group.count;
    for (const [name, attribute] of entries(TRADE_SUMS)) {
      if (fields[attribute] !== undefined) group.add(name, parseDecimal(fields[attribute]));
    }
  }

  #cashTransaction({fields, kind}: StatementRow): void {
    const group = groupOf(this.#cash, [fields.currency ?? "", kind]);
    ++group.count;
    if (fields.amount !== undefined) group.add("sum", parseDecimal(fields.amount));
  }

  #position({fields}: StatementRow): void {
    ++this.#positions.count;
    const rate = fields.fxRateToBase;
    for (const [name, attribute] of entries(POSITION_SUMS)) {
      if (fields[attribute] === undefined) continue;
      if (rate === undefined || rate.startsWith("-")) this.#unrated.add(name);
      else this.#positions.add(name, multiplyDecimals(parseDecimal(fields[attribute]), parseDecimal(rate)));
    }
  }

  inspect(): StatementInspection {
    const {account, from, to, generated} = this.#header;
    for (const name of this.#unrated) this.#positions.drop(name);
    const nav = this.#nav();
    return {
      account,
      base: this.#base ?? this.#rateBase,
      from,
      to,
      generated,
      trades: sorted(this.#trades, ([currency, category], sums) => ({
        currency,
        category,
        count: sums.count,
        ...sums.texts()
      })),
      cash: sorted(this.#cash, ([currency, type], sums) => ({
        currency,
        type,
        count: sums.count,
        ...sums.texts()
      })),
      ...(this.#counts.has("OpenPositions") && {
        positions: {count: this.#positions.count, ...this.#positions.texts()}
      }),
      ...(nav && {nav}),
      ...(this.#counts.has("CashReport") && {cashReport: this.#cashReport}),
      counts: Object.fromEntries([...this.#counts].map(([section, count]) => [countName(section), count]))
    };
  }

  /**
   * Of several rows (by currency, model or day) the one of the whole account over the statement's own period counts;
   * without such a row nothing is said.
   */
  #nav(): NavSums | undefined {
    const {from, to} = this.#header;
    const whole = this.#navs.filter(
      (row) =>
        row.from === from &&
        row.to === to &&
        row.fields.model === undefined &&
        (row.fields.currency ?? "BASE_SUMMARY") === "BASE_SUMMARY"
    );
    const [row] = this.#navs.length === 1 ? this.#navs : whole;
    if (!row) return undefined;
    const schema = schemaOf(row.element);
    const parts: Record<string, string> = {};
    for (const [name, value] of Object.entries(row.fields)) {
      const kind = attributeKind(schema, name);
      const numeric = kind === "decimal" || (kind === "open" && /^-?\d+(?:\.\d+)?$/.test(value));
      if (numeric && name !== "startingValue" && name !== "endingValue" && name !== "twr")
        parts[name] = value;
    }
    const {startingValue, endingValue, twr} = row.fields;
    return {...given("start", startingValue), ...given("end", endingValue), ...given("twr", twr), parts};
  }
}

function cashLine({fields}: StatementRow): CashLine {
  return {
    currency: fields.currency ?? "",
    ...given("start", fields.startingCash),
    ...given("end", fields.endingCash)
  };
}

function given<Name extends string>(name: Name, value: string | undefined): {[K in Name]?: string} {
  return (value === undefined ? {} : {[name]: value}) as {[K in Name]?: string}; // a computed key loses its type
}

function entries<T extends object>(object: T): [keyof T, T[keyof T]][] {
  return Object.entries(object) as [keyof T, T[keyof T]][]; // the object is a constant of this file
}

function groupOf<Name extends string>(groups: Map<string, Sums<Name>>, key: readonly string[]): Sums<Name> {
  const text = JSON.stringify(key);
  const known = groups.get(text);
  if (known) return known;
  const group = new Sums<Name>();
  groups.set(text, group);
  return group;
}

function sorted<Name extends string, T>(
  groups: ReadonlyMap<string, Sums<Name>>,
  show: (key: [string, string], sums: Sums<Name>) => T
): T[] {
  const keys = [...groups.keys()].sort();
  return keys.map((key) => show(JSON.parse(key) as [string, string], groups.get(key)!)); // keys are made by groupOf
}

/** `CorporateActions` is counted as `corporateActions`, `SLBFees` as `slbFees`, `SecuritiesInfo` as `securities`. */
function countName(section: string): string {
  if (section === "SecuritiesInfo") return "securities";
  return section.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (start) => start.toLowerCase());
}
