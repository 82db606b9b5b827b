import {parse} from "csv-parse/sync";
import {isDay} from "../time/day.js";
import {MEETINGS, type MeetingEdit} from "./meetings.js";
import type {Meeting} from "./views.js";

const BANKS: ReadonlyMap<string, Meeting["bank"]> = new Map([
  ...MEETINGS.map(({bank}) => [bank.toLowerCase(), bank] as const),
  ["fed", "Federal Reserve"],
  ["fomc", "Federal Reserve"],
  ["ecb", "European Central Bank"],
  ["boe", "Bank of England"],
  ["boj", "Bank of Japan"]
]);

const ANSWERS = ["yes", "no", "cancelled"];

/**
 * Reads the person's own list of meetings: a CSV with the columns `bank` (its name, or Fed, FOMC, ECB, BoE, BoJ), `day`
 * (ISO, of the decision) and `projections` (`yes`, `no`, or `cancelled` for a day that is not to be).
 *
 * @throws RangeError, naming the line and what is wrong with it; csv-parse's own error for quotes that do not close
 */
export function parseMeetings(csv: string): MeetingEdit[] {
  const rows = parse(csv, {
    bom: true,
    columns: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true
  });
  return (rows as Record<string, string | undefined>[]).map((row, i) => {
    const wrong = (what: string) => new RangeError(`invalid meetings, line ${i + 2}: ${what}`);
    const {bank: name = "", day = "", projections = ""} = row;
    const bank = BANKS.get(name.toLowerCase());
    if (bank === undefined) throw wrong(`bank ${name}: one of Fed, ECB, BoE, BoJ`);
    if (!isDay(day)) throw wrong(`day ${day}: write yyyy-mm-dd`);
    if (!ANSWERS.includes(projections))
      throw wrong(`projections ${projections}: one of ${ANSWERS.join(", ")}`);
    return {
      bank,
      day,
      projections: projections === "yes",
      source: "your own list",
      cancelled: projections === "cancelled"
    };
  });
}
