/** The API of FRED: a key, texts for values, units in the series' own metadata. */

import {type Answer, answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {fredRows} from "./fred-rows.js";
import {isoOf} from "./world/days.js";
import {EXCHANGES, localDay} from "./world/exchanges.js";
import {FREQUENCIES} from "./world/published.js";

const TYPE = "application/json; charset=UTF-8";
const MOST = 100_000;
const MORE = "Read https://fred.stlouisfed.org/docs/api/api_key.html for more information.";

const error = (status: number, words: string): Answer =>
  json(status, {error_code: status, error_message: words}, TYPE);
const bad = (words: string): Answer => error(400, `Bad Request.  ${words}`);
const tooMany = (): Answer => error(429, "Too Many Requests.  Exceeded Rate Limit");
const notRegistered = (): Answer => bad("The value for variable api_key is not registered.");

export const fred: VendorSim = {
  perMinute: 120,
  wrongKey: notRegistered(),
  refuse(status) {
    if (status === 429) return tooMany();
    return status === 500 ? error(500, "Internal Server Error") : away(status);
  },

  answer(request) {
    const {parts, query, key} = request;
    const path = parts.join("/");
    if (path !== "fred/series" && path !== "fred/series/observations") return away(404);
    const given = query.get("api_key");
    if (given === null) return bad(`Variable api_key is not set.  ${MORE}`);
    if (!/^[a-z0-9]{32}$/.test(given)) {
      return bad(
        `The value for variable api_key is not a 32 character alpha-numeric lower-case string.  ${MORE}`
      );
    }
    if (given !== key) return notRegistered();
    return path === "fred/series" ? series(request) : observations(request);
  }
};

const today = ({now}: VendorRequest): string =>
  isoOf(localDay(EXCHANGES.nyse, Math.floor(now.getTime() / 1000)));

function series(request: VendorRequest): Answer {
  const found = fredRows(request, request.query.get("series_id") ?? "");
  if (!found) return bad("The series does not exist.");
  const {published, units, unitsShort, days} = found;
  const {id, title, often, adjusted, lagDays} = published;
  const realtime = {realtime_start: today(request), realtime_end: today(request)};
  const one = {
    id,
    ...realtime,
    title,
    observation_start: isoOf(days[0]),
    observation_end: isoOf(days.at(-1)!),
    frequency: FREQUENCIES[often],
    frequency_short: often === "7D" ? "D" : often[0],
    units,
    units_short: unitsShort,
    seasonal_adjustment: adjusted ? "Seasonally Adjusted" : "Not Seasonally Adjusted",
    seasonal_adjustment_short: adjusted ? "SA" : "NSA",
    last_updated: `${isoOf(days.at(-1)! + lagDays)} 15:16:03-05`,
    popularity: 80,
    notes: "A series of the stand-in."
  };
  return json(200, {...realtime, seriess: [one]}, TYPE);
}

function observations(request: VendorRequest): Answer {
  const {query, fault} = request;
  const found = fredRows(request, query.get("series_id") ?? "");
  if (!found) return bad("The series does not exist.");
  const [from, to] = [
    query.get("observation_start") ?? "1600-01-01",
    query.get("observation_end") ?? "9999-12-31"
  ];
  if (from > to)
    return bad(`The value for variable observation_start, ${from}, is after observation_end, ${to}.`);
  const [limit, offset] = [Number(query.get("limit") ?? MOST), Number(query.get("offset") ?? 0)];
  if (!(limit >= 1 && limit <= MOST)) return bad("Variable limit is not between 1 and 100000.");
  const realtime = {realtime_start: today(request), realtime_end: today(request)};
  const all = found.days
    .map((day, i) => ({...realtime, date: isoOf(day), value: found.values[i] ?? "."}))
    .filter(({date}) => date >= from && date <= to);
  if (query.get("sort_order") === "desc") all.reverse();
  const page = all.slice(offset, offset + limit);
  if (query.get("file_type") !== "json") return xml(page, realtime);
  return json(
    200,
    {
      ...realtime,
      observation_start: from,
      observation_end: to,
      units: "lin",
      output_type: 1,
      file_type: "json",
      order_by: "observation_date",
      sort_order: query.get("sort_order") ?? "asc",
      count: all.length,
      offset,
      limit,
      observations: fault("columns") ? page.map(({value, ...rest}) => ({...rest, obs_value: value})) : page
    },
    TYPE
  );
}

function xml(rows: readonly Record<string, string>[], realtime: Record<string, string>): Answer {
  const attributes = (row: Record<string, string>) =>
    Object.entries(row)
      .map(([name, value]) => `${name}="${value}"`)
      .join(" ");
  const lines = rows.map((row) => `  <observation ${attributes(row)}/>\n`).join("");
  const text = `<?xml version="1.0" encoding="utf-8" ?>\n<observations ${attributes(realtime)}>\n${lines}</observations>\n`;
  return answer(200, "text/xml; charset=UTF-8", text);
}
