import {expect, it} from "vitest";
import {get, stand, text} from "./stand.js";

const HERE = "/resource-center/data-chart-center/interest-rates";
const feed = (more: string, data = "daily_treasury_yield_curve") => `${HERE}/pages/xml?data=${data}&${more}`;
const csv = (year: string, type = "daily_treasury_yield_curve") =>
  `${HERE}/daily-treasury-rates.csv/${year}/all?type=${type}&field_tdr_date_value=${year}&page&_format=csv`;
const count = (body: string, what: string) => body.split(what).length - 1;

it("the feed is Atom with OData properties, a day an entry", async () => {
  const vendors = await stand({now: new Date("2026-11-03T23:00:00Z")});
  const known = vendors.world();
  const response = await get(vendors, "treasury", feed("field_tdr_date_value_month=202611"), {});
  expect(response.headers.get("content-type")).toBe("text/xml; charset=UTF-8");
  const names =
    "1MONTH 1_5MONTH 2MONTH 3MONTH 4MONTH 6MONTH 1YEAR 2YEAR 3YEAR 5YEAR 7YEAR 10YEAR 20YEAR 30YEAR".split(
      " "
    );
  const properties = (day: string) =>
    [...names.map((name) => [`BC_${name}`, `BC_${name}`]), ["BC_30YEARDISPLAY", "BC_30YEAR"]]
      .map(([tag, name]) => {
        const {days, values} = known.series(`treasury:${name}`);
        return `<d:${tag} m:type="Edm.Double">${values[days.indexOf(day)].toFixed(2)}</d:${tag}>\n`;
      })
      .join("");
  const entry = (day: string, id: number) =>
    `<entry>\n<id>http://data.treasury.gov/Feed.svc/DailyTreasuryYieldCurveRateData(${id})</id>\n<title type="text"></title>\n` +
    `<updated>${day}T21:30:00Z</updated>\n<author>\n<name />\n</author>\n` +
    `<link rel="edit" title="DailyTreasuryYieldCurveRateDatum" href="DailyTreasuryYieldCurveRateData(${id})" />\n` +
    `<category term="TreasuryDataWarehouseModel.DailyTreasuryYieldCurveRateDatum" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme" />\n` +
    `<content type="application/xml">\n<m:properties>\n<d:Id m:type="Edm.Int32">${id}</d:Id>\n` +
    `<d:NEW_DATE m:type="Edm.DateTime">${day}T00:00:00</d:NEW_DATE>\n${properties(day)}</m:properties>\n</content>\n</entry>\n`;
  expect(await response.text()).toBe(
    '<?xml version="1.0" encoding="utf-8" standalone="yes" ?>\n' +
      `<feed xml:base="https://home.treasury.gov${HERE}/pages/xml" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ` +
      'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns="http://www.w3.org/2005/Atom">\n' +
      '<title type="text">DailyTreasuryYieldCurveRateData</title>\n' +
      `<id>https://home.treasury.gov${HERE}/pages/xml?data=daily_treasury_yield_curve&amp;field_tdr_date_value=202611</id>\n` +
      "<updated>2026-11-03T23:00:00Z</updated>\n" +
      '<link rel="self" title="DailyTreasuryYieldCurveRateData" href="DailyTreasuryYieldCurveRateData" />\n' +
      `${entry("2026-11-02", 4688)}${entry("2026-11-03", 4689)}</feed>\n`
  );
});

it("points differ by year: one that began in the year is null before, one that came later has no tag", async () => {
  const vendors = await stand();
  const y2018 = await text(vendors, "treasury", feed("field_tdr_date_value=2018"));
  expect(y2018).toContain('<d:BC_2MONTH m:type="Edm.Double" m:null="true" />');
  expect(y2018).toMatch(/<d:BC_2MONTH m:type="Edm.Double">2\.\d\d</);
  expect(y2018).not.toContain("BC_4MONTH");
  const y2025 = await text(vendors, "treasury", feed("field_tdr_date_value=2025"));
  expect(count(y2025, 'BC_1_5MONTH m:type="Edm.Double" m:null="true"')).toBe(31); // business days before February 18
});

it("the real curve has five points", async () => {
  const vendors = await stand();
  const body = await text(
    vendors,
    "treasury",
    feed("field_tdr_date_value_month=202610", "daily_treasury_real_yield_curve")
  );
  expect(body).toContain('<title type="text">DailyTreasuryRealYieldCurveRateData</title>');
  expect(count(body, "<entry>")).toBe(21); // October 2026 without Columbus Day
  for (const years of [5, 7, 10, 20, 30]) expect(count(body, `<d:TC_${years}YEAR `)).toBe(21);
  expect(body).not.toContain("DISPLAY");
});

it("all days are paged by three hundred; a year that has none is an empty feed", async () => {
  const vendors = await stand();
  expect(count(await text(vendors, "treasury", feed("field_tdr_date_value=all")), "<entry>")).toBe(300);
  expect(
    count(await text(vendors, "treasury", feed("field_tdr_date_value=all&page=10")), "<entry>")
  ).toBeGreaterThan(0);
  for (const more of [
    "field_tdr_date_value=all&page=20",
    "field_tdr_date_value=2026&page=1",
    "field_tdr_date_value=2027"
  ]) {
    const body = await text(vendors, "treasury", feed(more));
    expect([count(body, "<entry>"), body.endsWith("</feed>\n")]).toEqual([0, true]);
  }
  expect((await get(vendors, "treasury", feed("field_tdr_date_value=2026", "daily_nothing"))).status).toBe(
    404
  );
});

it("the CSV is newest first, its days American, its columns those of the year", async () => {
  const vendors = await stand();
  const y2025 = (await text(vendors, "treasury", csv("2025"))).split("\n");
  expect(y2025[0]).toBe(
    'Date,"1 Mo","1.5 Month","2 Mo","3 Mo","4 Mo","6 Mo","1 Yr","2 Yr","3 Yr","5 Yr","7 Yr","10 Yr","20 Yr","30 Yr"'
  );
  const value = (name: string) => {
    const {days, values} = vendors.world().series(`treasury:${name}`);
    return values[days.indexOf("2025-12-31")].toFixed(2);
  };
  expect(y2025[1]).toMatch(`12/31/2025,${value("BC_1MONTH")},${value("BC_1_5MONTH")},${value("BC_2MONTH")},`);
  expect(y2025.at(-1)).toMatch(/^01\/02\/2025,\d\.\d\d,,\d\.\d\d,/);
  expect((await text(vendors, "treasury", csv("2017"))).split("\n")[0]).toBe(
    'Date,"1 Mo","3 Mo","6 Mo","1 Yr","2 Yr","3 Yr","5 Yr","7 Yr","10 Yr","20 Yr","30 Yr"'
  );
  expect(
    (await text(vendors, "treasury", csv("2026", "daily_treasury_real_yield_curve"))).split("\n")[0]
  ).toBe('Date,"5 YR","7 YR","10 YR","20 YR","30 YR"');
});

it("faults: yields are null, names change, a yield is revised", async () => {
  const vendors = await stand();
  const ask = feed("field_tdr_date_value_month=202610");
  vendors.faults.treasury.next.push(
    {kind: "nulls"},
    {kind: "columns"},
    {kind: "columns"},
    {kind: "revised", symbol: "BC_10YEAR", from: "2026-10-01", to: "2026-10-01", factor: 2}
  );
  expect(count(await text(vendors, "treasury", ask), 'm:null="true"')).toBeGreaterThan(20);
  expect(await text(vendors, "treasury", ask)).toContain("<d:BC_10YR_PAR ");
  expect((await text(vendors, "treasury", csv("2026"))).split("\n")[0]).toContain('"10 Years to maturity"');
  const {days, values} = vendors.world().series("treasury:BC_10YEAR");
  const told = (2 * values[days.indexOf("2026-10-01")]).toFixed(2);
  expect(await text(vendors, "treasury", ask)).toContain(`<d:BC_10YEAR m:type="Edm.Double">${told}<`);
});
