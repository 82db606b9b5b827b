import {SaxesParser} from "saxes";
import {z} from "zod";
import {checked, parsedCsv} from "./parsed.js";
import {VendorError} from "./vendor.js";

const SOURCE = "the US Treasury";

/** The Treasury's two par curves: its name of each, and how the names of its points begin. */
export const CURVES = {BC: "daily_treasury_yield_curve", TC: "daily_treasury_real_yield_curve"} as const;
export type Curve = keyof typeof CURVES;

/** Yields of one day, percent a year (bond-equivalent), by the feed's names: `BC_10YEAR`. */
export interface CurveDay {
  day: string;
  yields: Map<string, number>;
}

const Day = z.iso.date();
const Yield = z.coerce.number();
/** How a whole CSV ends, without a line break: its yields have two decimals. */
const WHOLE = /(^|[,\n]|[a-z"]|\.\d\d)\s*$/i;

/**
 * Parses the Treasury's Atom feed: points are told apart by name, since each year has others; one that is missing,
 * empty or `m:null` has no yield that day. `BC_30YEARDISPLAY` is no yield, and ignored. A feed may have no entry.
 *
 * @param xml of one year or month
 * @returns in the feed's order
 * @throws VendorError `truncated`, `not-what-was-asked`, `changed-format`
 */
export function parseFeed(xml: string, curve: Curve): CurveDay[] {
  const days = readEntries(xml).map((entry) => {
    const day = checked(Day, entry.get("NEW_DATE")?.replace(/T00:00:00(\.0+)?$/, ""), `${SOURCE}: NEW_DATE`);
    const points = [...entry].filter(([name]) => isPoint(name, curve));
    const strange = [...entry.keys()].find((name) => isStrange(name, curve));
    if (strange || !points.length)
      throw changed(`${strange ?? "no yield"} among ${[...entry.keys()].join(", ")}`);
    const given = points.filter(([, value]) => value !== "");
    return {day, yields: new Map(given.map(([name, value]) => [name, yieldOf(name, value)]))};
  });
  return days;
}

/** Returns the properties of each entry by name without prefix; the empty text for a null one. */
function readEntries(xml: string): Map<string, string>[] {
  const entries: Map<string, string>[] = [];
  const path: string[] = [];
  let root = "";
  let broken: Error | undefined;
  const parser = new SaxesParser();
  parser.on("error", (error) => (broken ??= error));
  parser.on("opentag", ({name}) => {
    const local = withoutPrefix(name);
    root ||= local;
    if (local === "properties") entries.push(new Map());
    if (path.at(-1) === "properties") entries.at(-1)!.set(local, ""); // pushed when it opened
    path.push(local);
  });
  parser.on("text", (text) => {
    const name = path.at(-1);
    if (path.at(-2) === "properties" && name) entries.at(-1)!.set(name, text.trim()); // as above
  });
  parser.on("closetag", () => void path.pop());
  parser.write(xml).close();
  if (broken) {
    throw new VendorError("truncated", `the feed of ${SOURCE} is no whole XML: pull again`, {cause: broken});
  }
  if (root !== "feed") {
    throw new VendorError(
      "not-what-was-asked",
      `${SOURCE} sent ${root || "nothing"} where its feed should be`
    );
  }
  return entries;
}

/**
 * Parses the Treasury's CSV of a year (`Date`, `1 Mo`, `1.5 Month`, `10 Yr`; `5 YR` in the real curve), whose columns
 * differ by year, into the feed's names.
 * @returns oldest first
 * @throws VendorError
 */
export function parseCurveCsv(csv: string, curve: Curve): CurveDay[] {
  if (!WHOLE.test(csv)) {
    throw new VendorError("truncated", `the CSV of ${SOURCE} breaks off: pull again`);
  }
  const rows = parsedCsv(`${csv}\n`, ["Date"], SOURCE);
  return rows
    .map((row) => {
      const points = Object.entries(row)
        .filter(([header]) => header !== "Date")
        .map(([header, value]) => [nameOf(header, curve), value] as const);
      const given = points.filter(([, value]) => value !== "" && value !== "N/A");
      return {
        day: checked(Day, isoDay(row.Date), `${SOURCE}: Date`),
        yields: new Map(given.map(([name, value]) => [name, yieldOf(name, value)]))
      };
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Tells whether a name is a point of a curve, known already or new: `BC_1_5MONTH`, `TC_30YEAR`. */
export function isPoint(name: string, curve: Curve): boolean {
  return name.startsWith(`${curve}_`) && /^.._\d+(_\d+)?(MONTH|YEAR)$/.test(name);
}

/** Whether it names something of the curve that is no point known how to read. */
function isStrange(name: string, curve: Curve): boolean {
  return name.startsWith(`${curve}_`) && !isPoint(name, curve) && !name.endsWith("DISPLAY");
}

/** The feed's name of a column. @throws VendorError for one that is no maturity */
function nameOf(header: string, curve: Curve): string {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(mo|month|yr|year)s?$/i.exec(header) ?? [];
  if (!amount) throw changed(`a column ${header}, which is no maturity`);
  return `${curve}_${amount.replace(".", "_")}${/^m/i.test(unit) ? "MONTH" : "YEAR"}`;
}

function yieldOf(name: string, value: string): number {
  return checked(Yield, value, `${SOURCE}: ${name}`);
}

function isoDay(usDay: string): string {
  return usDay.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$1-$2");
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function changed(what: string): VendorError {
  return new VendorError(
    "changed-format",
    `${SOURCE} has changed its format: ${what}: update Tearsheet, or report it`
  );
}
