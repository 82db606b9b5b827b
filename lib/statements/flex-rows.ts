import type {AttributeKind} from "./flex-attributes.js";
import {attributeKind, isKnownElement, schemaOf, type ElementSchema} from "./flex-schema.js";
import type {FlexValues} from "./flex-values.js";
import {refusal, shorten} from "./refusal.js";
import type {StatementHeader, StatementRow} from "./statement.js";
import type {Warnings} from "./warnings.js";
import type {XmlAttributes} from "./xml-attributes.js";

/** What is to be done with the attributes of one element, in the order in which they stand. */
interface Plan {
  names: readonly string[];
  section: string;
  schema: ElementSchema;
  kinds: AttributeKind[];
  /** Places of the attributes that are not listed. */
  unknown: number[];
  /** The last values, as printed and as read: most repeat from row to row. */
  raw: string[];
  value: string[];
}

const MAX_PLANS = 1000;
/** Longer values are not remembered: they would keep the chunk alive that they were cut from. */
const KEPT = 13;

/** Makes the rows of one file: canonical values, day or period, level and kind; counts what is odd. */
export class FlexRows {
  readonly #values: FlexValues;
  readonly #warnings: Warnings;
  readonly #line: () => number;
  readonly #plans = new Map<string, Plan>();

  constructor(values: FlexValues, warnings: Warnings, line: () => number) {
    this.#values = values;
    this.#warnings = warnings;
    this.#line = line;
  }

  /** @throws StatementError if a number, a base currency or the row's own day is none */
  read(
    header: StatementHeader,
    section: string,
    element: string,
    {names, values, count}: XmlAttributes
  ): StatementRow {
    let plan = this.#plans.get(element);
    if (plan?.names !== names || plan.section !== section) {
      plan = makePlan(section, element, names);
      if (this.#plans.size > MAX_PLANS) this.#plans.clear();
      this.#plans.set(element, plan);
    }
    const {kinds, raw, value, schema} = plan;
    const fields: Record<string, string> = {};
    for (let i = 0; i < count; ++i) {
      const printed = values[i];
      if (printed === "") continue;
      let canonical: string;
      if (printed === raw[i]) canonical = value[i];
      else {
        const read = this.#values.read(kinds[i], printed, element, names[i]);
        canonical = read ?? this.#unreadable(schema, names[i], `${element}@${names[i]}`, printed);
        if (read !== undefined && printed.length < KEPT) {
          raw[i] = printed;
          value[i] = read;
        }
      }
      if (canonical !== "") fields[names[i]] = canonical;
    }
    for (const i of plan.unknown) this.#warnings.count("unknown-attribute", `${element}@${names[i]}`);
    return this.#place(header, section, element, schema, fields);
  }

  /** A date that cannot be read stays as it is printed, but for the row's own day. */
  #unreadable(schema: ElementSchema, name: string, place: string, printed: string): string {
    if (schema.day.includes(name) || name === "fromDate" || name === "toDate")
      throw refusal(
        "bad-date",
        `${place} is no date: ${shorten(printed)} (line ${this.#line()}): download the statement again`,
        `${place}, line ${this.#line()}`
      );
    this.#warnings.count("unreadable-date", place);
    return printed.trim();
  }

  #place(
    header: StatementHeader,
    section: string,
    element: string,
    schema: ElementSchema,
    fields: Record<string, string>
  ): StatementRow {
    const account = fields.accountId ?? header.account;
    if (account !== header.account) this.#warnings.count("other-account", element);
    let day = "";
    for (const name of schema.day) {
      if (fields[name] !== undefined) {
        day = fields[name].slice(0, 10);
        break;
      }
    }
    if (day && schema.dated && (day > header.to || day < header.from) && !isOpening(element, day, header))
      this.#warnings.count("outside-period", element);
    return {
      statement: header.ordinal,
      section,
      element,
      account,
      day,
      from: day ? "" : (fields.fromDate ?? header.from),
      to: day ? "" : (fields.toDate ?? header.to),
      level: fields.levelOfDetail?.toUpperCase() ?? "",
      kind: (section === "CashTransactions" ? fields.type : fields.assetCategory) ?? "",
      fields
    };
  }
}

function makePlan(section: string, element: string, names: readonly string[]): Plan {
  const schema = schemaOf(element, section);
  const kinds = names.map((name) => attributeKind(schema, name));
  const unknown = isKnownElement(element)
    ? [...names.keys()].filter(
        (i) => !schema.kinds.has(names[i]) && (kinds[i] !== "private" || schema.others === "private")
      )
    : [];
  return {names, section, schema, kinds, unknown, raw: [], value: []};
}

/** IBKR prints the NAV of the last day before the statement's first, a few days back over a weekend or holidays. */
function isOpening(element: string, day: string, {from}: StatementHeader): boolean {
  return (
    element === "EquitySummaryByReportDateInBase" &&
    day < from &&
    Date.parse(from) - Date.parse(day) <= 7 * 86_400_000
  );
}
