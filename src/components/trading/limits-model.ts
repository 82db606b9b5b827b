import type {RiskLimits} from "../../lib/orders/risk/limits.js";

type NumberField = Exclude<keyof RiskLimits, "restricted" | "regularHoursOnly">;

/** Limits that are numbers, as a form shows them: what is empty is no limit, but where one is needed. */
export const LIMIT_FIELDS: readonly {
  key: NumberField;
  label: string;
  unit: "base" | "percent" | "units" | "a minute" | "seconds" | "times";
  needed?: true;
}[] = [
  {key: "positionNotional", label: "Notional of one contract", unit: "base"},
  {key: "grossNotional", label: "Gross notional", unit: "base"},
  {key: "orderValue", label: "Value of one order", unit: "base"},
  {key: "orderUnits", label: "Units of one order", unit: "units"},
  {key: "priceCollar", label: "Price from the market", unit: "percent"},
  {key: "dailyLoss", label: "Loss of a day", unit: "base"},
  {key: "ordersPerMinute", label: "Orders", unit: "a minute"},
  {key: "duplicateSeconds", label: "Same order not again for", unit: "seconds", needed: true},
  {key: "marginBuffer", label: "Equity over initial margin", unit: "times", needed: true}
];

/** Limits as they are typed. */
export type LimitTexts = Partial<Record<keyof RiskLimits, string>> & {regularHoursOnly: string};

/** Returns limits as a form shows them; what a strategy does not name is empty. */
export function limitTexts(limits: Partial<RiskLimits>): LimitTexts {
  const texts: LimitTexts = {regularHoursOnly: ""};
  for (const {key, unit} of LIMIT_FIELDS) {
    const value = limits[key];
    texts[key] =
      value === undefined || value === null
        ? ""
        : String(unit === "percent" ? Number((100 * value).toFixed(6)) : value);
  }
  texts.restricted = limits.restricted?.join(", ") ?? "";
  texts.regularHoursOnly = limits.regularHoursOnly === undefined ? "" : String(limits.regularHoursOnly);
  return texts;
}

/**
 * Returns the limits that are typed, or what is wrong with which. Of an account an empty field is no limit; of a strategy
 * it is the account's.
 */
export function readLimits(
  texts: LimitTexts,
  isStrategy: boolean
):
  | {limits: Partial<RiskLimits>; problems: null}
  | {limits: null; problems: Partial<Record<keyof RiskLimits, string>>} {
  const limits: Partial<RiskLimits> = {};
  const problems: Partial<Record<keyof RiskLimits, string>> = {};
  for (const {key, unit, needed} of LIMIT_FIELDS) {
    const text = (texts[key] ?? "").trim();
    if (text === "") {
      if (!isStrategy && needed) problems[key] = "a number is needed here";
      else if (!isStrategy) Object.assign(limits, {[key]: null});
      continue;
    }
    const typed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    const problem = problemOf(key, typed);
    if (problem) problems[key] = problem;
    else limits[key] = unit === "percent" ? Number((typed / 100).toFixed(10)) : typed;
  }
  const symbols = (texts.restricted ?? "").split(/[\s,;]+/).filter(Boolean);
  if (!isStrategy || symbols.length)
    limits.restricted = [...new Set(symbols.map((symbol) => symbol.toUpperCase()))];
  if (!isStrategy || texts.regularHoursOnly !== "")
    limits.regularHoursOnly = texts.regularHoursOnly === "true";
  return Object.keys(problems).length ? {limits: null, problems} : {limits, problems: null};
}

function problemOf(key: NumberField, value: number): string | null {
  if (!Number.isFinite(value)) return "a number, as 100 or 0.5";
  if (key === "duplicateSeconds") return null;
  if (key === "marginBuffer") return value >= 1 && value <= 10 ? null : "from 1 to 10";
  if (!(value > 0)) return "above zero, or empty for no limit";
  if (key === "priceCollar" && value > 100) return "at most 100 percent";
  return key === "ordersPerMinute" && !Number.isInteger(value) ? "a whole number" : null;
}
