import type {DateOrder} from "../lib/time/flex-date.js";
import {EXIT} from "./exit.js";
import {CliError} from "./output.js";

/** Returns how slash dates are read, as `--date-format` says it. */
export function dateOrder(text: string | undefined): {dateFormat?: DateOrder} {
  if (text === undefined) return {};
  if (text === "mdy" || text === "dmy") return {dateFormat: text};
  throw new CliError(
    `unknown date format: ${text}: say --date-format mdy (12/31/2025) or dmy (31/12/2025)`,
    EXIT.usage
  );
}
