import {easterSunday} from "./calendar.js";
import {addDays, weekday} from "./day.js";

/** Days at the end of a year on which TARGET stayed shut for the change of currency. */
const SPECIAL_CLOSINGS = ["1999-12-31", "2001-12-31"];

/**
 * Returns the days of a year on which TARGET, the euro's payment system, is closed beside Saturdays and Sundays, in
 * order: the ECB fixes no reference rates on them. The long-term calendar holds since 2000; in 1999 there were only New
 * Year's Day and Christmas Day.
 *
 * @see https://www.ecb.europa.eu/press/pr/date/2000/html/pr001214_4.en.html
 */
export function targetHolidays(year: number): string[] {
  const easter = easterSunday(year);
  const since2000 = [addDays(easter, -2), addDays(easter, 1), `${year}-05-01`, `${year}-12-26`];
  const special = SPECIAL_CLOSINGS.filter((day) => day.startsWith(`${year}-`));
  return [`${year}-01-01`, ...(year >= 2000 ? since2000 : []), `${year}-12-25`, ...special]
    .filter((day) => weekday(day) < 6)
    .sort();
}
