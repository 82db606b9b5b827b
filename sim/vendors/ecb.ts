/** The ECB's data portal and its daily file of reference rates: units of a currency for one euro. */

import {crc32, deflateRawSync} from "node:zlib";
import {type Answer, answer, away, json, type VendorRequest, type VendorSim} from "./vendor.js";
import {dayOf, isoOf} from "./world/days.js";
import type {Fixing} from "./world/currency-table.js";

const KEY_COLUMNS = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE";
const MORE_COLUMNS =
  "OBS_STATUS,OBS_CONF,OBS_PRE_BREAK,OBS_COM,TIME_FORMAT,BREAKS,COLLECTION,COMPILING_ORG,DISS_ORG,DOM_SER_IDS,PUBL_ECB," +
  "PUBL_MU,PUBL_PUBLIC,UNIT_INDEX_BASE,COMPILATION,COVERAGE,DECIMALS,NAT_TITLE,SOURCE_AGENCY,SOURCE_PUB,TITLE,TITLE_COMPL," +
  "UNIT,UNIT_MULT";
const TYPES = ["*/*", "text/csv", "application/json", "application/vnd.sdmx", "application/xml", "text/*"];
const CSV = "application/vnd.sdmx.data+csv;version=1.0.0";

const nothing = (): Answer => answer(404, "text/plain;charset=UTF-8", "No results found.");

export const ecb: VendorSim = {
  refuse: away,

  answer(request) {
    const {parts, query, headers, world} = request;
    if (parts[0] === "stats" && parts[1] === "eurofxref" && parts.length === 3)
      return file(request, parts[2]);
    const [service, data, flow, key = ""] = parts;
    if (service !== "service" || data !== "data" || flow !== "EXR" || parts.length !== 4) return nothing();
    const format = query.get("format");
    const accept = headers.accept ?? "*/*";
    if (format === null && !TYPES.some((type) => accept.includes(type))) {
      return answer(406, "text/plain;charset=UTF-8", "Not Acceptable");
    }
    const [often, currencies, per, kind, suffix] = key.split(".");
    if (often !== "D" || per !== "EUR" || kind !== "SP00" || suffix !== "A") return nothing();
    const asked = currencies ? currencies.split("+") : [...world.fixings.keys()];
    const series = asked
      .filter((currency) => world.fixings.has(currency))
      .map((currency) => seriesOf(request, currency))
      .filter(({days}) => days.length);
    if (!series.length) return nothing();
    const modified = new Date((Math.max(...series.map(({days}) => days.at(-1)!)) * 24 + 15) * 3_600_000);
    if (new Date(headers["if-modified-since"] ?? 0) >= modified) return answer(304, CSV, "");
    const sent = format === "jsondata" || accept.includes("json") ? jsonOf(series) : csvOf(request, series);
    return {...sent, headers: {...sent.headers, "last-modified": modified.toUTCString()}};
  }
};

interface Series {
  currency: string;
  fixing: Fixing;
  days: number[];
  /** As printed; empty or NaN where there is none. */
  values: string[];
}

function seriesOf({world, query, fault}: VendorRequest, currency: string): Series {
  const all = world.fixing(currency);
  const [from, to] = [query.get("startPeriod") ?? "", query.get("endPeriod") ?? "9999"];
  const revised = fault("revised");
  const hit = revised && [currency, `EUR${currency}`].includes(revised.symbol) ? revised : undefined;
  const kept = all.days
    .map((_, i) => i)
    .filter((i) => isoOf(all.days[i]) >= from && isoOf(all.days[i]) <= to);
  const last = query.has("lastNObservations") ? kept.slice(-Number(query.get("lastNObservations"))) : kept;
  const fixing = world.fixings.get(currency)!; // asked for by name
  return {
    currency,
    fixing,
    days: last.map((i) => all.days[i]),
    values: last.map((i, n) => {
      if (fault("nulls") && n % 7 === 3) return n % 2 ? "NaN" : "";
      const changed = hit && all.days[i] >= dayOf(hit.from) && all.days[i] <= dayOf(hit.to);
      return String(Number((all.values[i] * (changed ? hit.factor : 1)).toFixed(fixing.decimals)));
    })
  };
}

function csvOf({query, fault}: VendorRequest, series: readonly Series[]): Answer {
  const short = query.get("detail") === "dataonly";
  const columns = fault("columns") ? KEY_COLUMNS.replace("OBS_VALUE", "OBSERVATION") : KEY_COLUMNS;
  const lines = series.flatMap(({currency, fixing, days, values}) => {
    const title = `${fixing.name}/Euro ECB reference exchange rate`;
    const long = `"ECB reference exchange rate, ${fixing.name}/Euro, 2.15 pm (C.E.T.)"`;
    return days.map((day, i) => {
      const start = `EXR.D.${currency}.EUR.SP00.A,D,${currency},EUR,SP00,A,${isoOf(day)},${values[i]}`;
      const status = values[i] === "" || values[i] === "NaN" ? "M" : "A";
      return short
        ? start
        : `${start},${status},F,,,P1D,,A,,,,,,,99Q1=100,,,${fixing.decimals},,4F0,,${title},${long},${currency},0`;
    });
  });
  const header = short ? columns : `${columns},${MORE_COLUMNS}`;
  return answer(200, CSV, [header, ...lines, ""].join("\r\n"));
}

function jsonOf(series: readonly Series[]): Answer {
  const days = [...new Set(series.flatMap((one) => one.days))].sort((a, b) => a - b);
  const at = new Map(days.map((day, i) => [day, i]));
  return json(
    200,
    {
      header: {id: "simulated", test: false, sender: {id: "ECB"}},
      dataSets: [
        {
          action: "Replace",
          series: Object.fromEntries(
            series.map((one, n) => [
              `0:${n}:0:0:0`,
              {
                observations: Object.fromEntries(
                  one.days.map((day, i) => [
                    at.get(day),
                    [one.values[i] === "" ? null : Number(one.values[i])]
                  ])
                )
              }
            ])
          )
        }
      ],
      structure: {
        dimensions: {
          series: [
            {id: "FREQ", values: [{id: "D", name: "Daily"}]},
            {id: "CURRENCY", values: series.map(({currency, fixing}) => ({id: currency, name: fixing.name}))},
            {id: "CURRENCY_DENOM", values: [{id: "EUR", name: "Euro"}]},
            {id: "EXR_TYPE", values: [{id: "SP00", name: "Spot"}]},
            {id: "EXR_SUFFIX", values: [{id: "A", name: "Average"}]}
          ],
          observation: [{id: "TIME_PERIOD", values: days.map((day) => ({id: isoOf(day), name: isoOf(day)}))}]
        }
      }
    },
    "application/vnd.sdmx.data+json;version=1.0.0-wd"
  );
}

/** The whole history, newest first, each line with a comma at its end. */
function file({world}: VendorRequest, name: string): Answer {
  if (name !== "eurofxref-hist.zip") return away(404);
  const columns = [...world.fixings.keys()].map((currency) => {
    const {days, values} = world.fixing(currency);
    return {currency, at: new Map(days.map((day, i) => [day, values[i]])), days};
  });
  const days = [...columns[0].days].reverse();
  const lines = days.map(
    (day) => `${isoOf(day)},${columns.map(({at}) => `${at.get(day) ?? "N/A"},`).join("")}\n`
  );
  const csv = `Date,${columns.map(({currency}) => `${currency},`).join("")}\n${lines.join("")}`;
  return answer(200, "application/zip", zip("eurofxref-hist.csv", csv));
}

/** A zip archive of one file. */
function zip(name: string, text: string): Buffer {
  const raw = Buffer.from(text);
  const packed = deflateRawSync(raw);
  const title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt16LE(0x21, 8); // 1980-01-01
  common.writeUInt32LE(crc32(raw), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(raw.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, title, packed]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0", "latin1"), common, Buffer.alloc(14), title]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
