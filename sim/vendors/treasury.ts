/** The US Treasury's par curves, nominal and real, as an Atom feed and as CSV; points differ by year. */

import {answer, away, type VendorRequest, type VendorSim} from "./vendor.js";
import {MATURITIES, REAL_MATURITIES} from "./world/curve.js";
import {dayOf, isoOf} from "./world/days.js";

const HERE = "resource-center/data-chart-center/interest-rates";
const PAGE = 300;

interface Point {
  name: string;
  header: string;
  /** First day that has it. */
  since: string;
}

interface Curve {
  title: string;
  datum: string;
  points: Point[];
}

const HEADERS: Record<string, string> = {BC_1_5MONTH: "1.5 Month"};
const CURVES: Record<string, Curve> = {
  daily_treasury_yield_curve: {
    title: "DailyTreasuryYieldCurveRateData",
    datum: "DailyTreasuryYieldCurveRateDatum",
    points: MATURITIES.map(([name, , since]) => ({
      name,
      header:
        HEADERS[name] ??
        name.replace(/^BC_(\d+)(MONTH|YEAR)$/, (_, n, unit) => `${n} ${unit === "YEAR" ? "Yr" : "Mo"}`),
      since
    }))
  },
  daily_treasury_real_yield_curve: {
    title: "DailyTreasuryRealYieldCurveRateData",
    datum: "DailyTreasuryRealYieldCurveRateDatum",
    points: REAL_MATURITIES.map((years) => ({
      name: `TC_${years}YEAR`,
      header: `${years} YR`,
      since: "2003-01-02"
    }))
  }
};

export const treasury: VendorSim = {
  refuse: away,

  answer(request) {
    const {parts, query} = request;
    const path = parts.join("/");
    if (path === `${HERE}/pages/xml`) return feed(request, query.get("data") ?? "");
    const year = new RegExp(`^${HERE}/daily-treasury-rates.csv/(\\d{4}|all)/all$`).exec(path)?.[1];
    return year ? csv(request, query.get("type") ?? "", year) : away(404);
  }
};

interface Day {
  day: number;
  /** Percent as printed; null where the point has none yet. */
  yields: Map<string, string | null>;
}

/** Days of a year (`2026`), a month (`202611`), or all; oldest first. */
function daysOf({world, fault}: VendorRequest, {points}: Curve, when: string): Day[] {
  const prefix = when === "all" ? "" : when.length === 6 ? `${when.slice(0, 4)}-${when.slice(4)}` : when;
  const days = world.yieldDays().filter((day) => isoOf(day).startsWith(prefix));
  const revised = fault("revised");
  const columns = points.map(({name}) => {
    const {days, values} = world.yields(name);
    return new Map(days.map((day, i) => [day, values[i]]));
  });
  return days.map((day, n) => {
    const yields = new Map<string, string | null>();
    points.forEach(({name, since}, at) => {
      if (isoOf(day).slice(0, 4) < since.slice(0, 4)) return;
      const value = columns[at].get(day);
      const hit =
        revised?.symbol === name && day >= dayOf(revised.from) && day <= dayOf(revised.to)
          ? revised.factor
          : 1;
      const gone = value === undefined || (fault("nulls") !== undefined && (n + at) % 7 === 3);
      yields.set(name, gone ? null : (value * hit).toFixed(2));
    });
    return {day, yields};
  });
}

function feed(request: VendorRequest, data: string) {
  const {query, world, fault} = request;
  const curve = CURVES[data];
  const when = query.get("field_tdr_date_value_month") ?? query.get("field_tdr_date_value") ?? "";
  if (!curve || !/^(\d{4}|\d{6}|all)$/.test(when)) return away(404);
  const page = Number(query.get("page") || 0);
  const entries = daysOf(request, curve, when).slice(page * PAGE, (page + 1) * PAGE);
  const {title, datum} = curve;
  const property = (name: string, value: string | null) => {
    const told = fault("columns") ? name.replace("YEAR", "YR_PAR") : name;
    return value === null
      ? `<d:${told} m:type="Edm.Double" m:null="true" />`
      : `<d:${told} m:type="Edm.Double">${value}</d:${told}>`;
  };
  const first = world.yieldDays()[0];
  const body = entries.map(({day, yields}) => {
    const id = day - first + 1;
    const display = yields.get("BC_30YEAR");
    return [
      "<entry>",
      `<id>http://data.treasury.gov/Feed.svc/${title}(${id})</id>`,
      '<title type="text"></title>',
      `<updated>${isoOf(day)}T21:30:00Z</updated>`,
      "<author>\n<name />\n</author>",
      `<link rel="edit" title="${datum}" href="${title}(${id})" />`,
      `<category term="TreasuryDataWarehouseModel.${datum}" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme" />`,
      '<content type="application/xml">',
      "<m:properties>",
      `<d:Id m:type="Edm.Int32">${id}</d:Id>`,
      `<d:NEW_DATE m:type="Edm.DateTime">${isoOf(day)}T00:00:00</d:NEW_DATE>`,
      ...[...yields].map(([name, value]) => property(name, value)),
      ...(display === undefined ? [] : [property("BC_30YEARDISPLAY", display)]),
      "</m:properties>",
      "</content>",
      "</entry>"
    ].join("\n");
  });
  const address = `https://home.treasury.gov/${HERE}/pages/xml`;
  const text = [
    '<?xml version="1.0" encoding="utf-8" standalone="yes" ?>',
    `<feed xml:base="${address}" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns="http://www.w3.org/2005/Atom">`,
    `<title type="text">${title}</title>`,
    `<id>${address}?data=${data}&amp;field_tdr_date_value=${when}</id>`,
    `<updated>${world.now.toISOString().slice(0, 19)}Z</updated>`,
    `<link rel="self" title="${title}" href="${title}" />`,
    ...body,
    "</feed>\n"
  ].join("\n");
  return answer(200, "text/xml; charset=UTF-8", text);
}

/** Newest first, days in the American way. */
function csv(request: VendorRequest, type: string, year: string) {
  const curve = CURVES[type];
  if (!curve || request.query.get("_format") !== "csv") return away(404);
  const days = daysOf(request, curve, year).reverse();
  const known = curve.points.filter(({name}) => days.some(({yields}) => yields.has(name)));
  const renamed = request.fault("columns")
    ? (header: string) => header.replace(/Yr|YR/, "Years to maturity")
    : String;
  const header = ["Date", ...known.map((point) => `"${renamed(point.header)}"`)];
  const lines = days.map(({day, yields}) => {
    const [y, m, d] = isoOf(day).split("-");
    return [`${m}/${d}/${y}`, ...known.map(({name}) => yields.get(name) ?? "")];
  });
  return answer(200, "text/csv; charset=UTF-8", [header, ...lines].map((line) => line.join(",")).join("\n"));
}
