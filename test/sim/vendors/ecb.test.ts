import {inflateRawSync} from "node:zlib";
import {expect, it} from "vitest";
import {get, stand, text} from "./stand.js";

const exr = (key: string, more: string) => `/service/data/EXR/${key}?${more}`;
const rate = async (vendors: Awaited<ReturnType<typeof stand>>, currency: string, day: string) => {
  const {days, values} = vendors.world().series(`ecb:EUR${currency}`);
  return String(values[days.indexOf(day)]);
};

it("the CSV has the columns of the portal, long titles in quotes, lines ended as Windows ends them", async () => {
  const vendors = await stand();
  const response = await get(
    vendors,
    "ecb",
    exr("D.CZK.EUR.SP00.A", "startPeriod=2026-11-19&endPeriod=2026-11-19&format=csvdata")
  );
  expect(response.headers.get("content-type")).toBe("application/vnd.sdmx.data+csv;version=1.0.0");
  // as the portal answered on 2026-09-23, but for day and rate
  expect(await response.text()).toBe(
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,OBS_PRE_BREAK,OBS_COM," +
      "TIME_FORMAT,BREAKS,COLLECTION,COMPILING_ORG,DISS_ORG,DOM_SER_IDS,PUBL_ECB,PUBL_MU,PUBL_PUBLIC,UNIT_INDEX_BASE," +
      "COMPILATION,COVERAGE,DECIMALS,NAT_TITLE,SOURCE_AGENCY,SOURCE_PUB,TITLE,TITLE_COMPL,UNIT,UNIT_MULT\r\n" +
      `EXR.D.CZK.EUR.SP00.A,D,CZK,EUR,SP00,A,2026-11-19,${await rate(vendors, "CZK", "2026-11-19")},A,F,,,P1D,,A,,,,,,,99Q1=100,,,3,,4F0,,` +
      'Czech koruna/Euro ECB reference exchange rate,"ECB reference exchange rate, Czech koruna/Euro, 2.15 pm (C.E.T.)",CZK,0\r\n'
  );
});

it("data only leaves the rest out; several currencies come one after the other", async () => {
  const vendors = await stand();
  const body = await text(
    vendors,
    "ecb",
    exr("D.USD+JPY.EUR.SP00.A", "startPeriod=2026-11-20&format=csvdata&detail=dataonly")
  );
  expect(body).toBe(
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\r\n" +
      `EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-20,${await rate(vendors, "USD", "2026-11-20")}\r\n` +
      `EXR.D.JPY.EUR.SP00.A,D,JPY,EUR,SP00,A,2026-11-20,${await rate(vendors, "JPY", "2026-11-20")}\r\n`
  );
});

it("JSON numbers its observations and names their days apart", async () => {
  const vendors = await stand();
  const body = JSON.parse(
    await text(vendors, "ecb", exr("D.USD.EUR.SP00.A", "lastNObservations=2&format=jsondata"))
  ) as {
    dataSets: [{series: Record<string, {observations: Record<string, [number]>}>}];
    structure: {dimensions: {observation: [{values: {id: string}[]}]}};
  };
  expect(body.structure.dimensions.observation[0].values.map(({id}) => id)).toEqual([
    "2026-11-19",
    "2026-11-20"
  ]);
  expect(body.dataSets[0].series["0:0:0:0:0"].observations).toEqual({
    "0": [Number(await rate(vendors, "USD", "2026-11-19"))],
    "1": [Number(await rate(vendors, "USD", "2026-11-20"))]
  });
});

it("what it has not is 404, what it cannot write 406, what is known already 304", async () => {
  const vendors = await stand();
  for (const key of ["D.XXX.EUR.SP00.A", "M.USD.EUR.SP00.A", "D.USD.GBP.SP00.A"]) {
    const response = await get(vendors, "ecb", exr(key, "format=csvdata"));
    expect([response.status, await response.text()]).toEqual([404, "No results found."]);
  }
  expect(
    (await get(vendors, "ecb", exr("D.USD.EUR.SP00.A", "startPeriod=2026-11-21&format=csvdata"))).status
  ).toBe(404);
  expect((await get(vendors, "ecb", exr("D.USD.EUR.SP00.A", ""), {accept: "image/png"})).status).toBe(406);
  const known = await get(vendors, "ecb", exr("D.USD.EUR.SP00.A", "format=csvdata"));
  const again = await get(vendors, "ecb", exr("D.USD.EUR.SP00.A", "format=csvdata"), {
    "if-modified-since": known.headers.get("last-modified")!
  });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

it("the Bulgarian lev ends with the year in which Bulgaria took the euro", async () => {
  const vendors = await stand();
  const body = await text(
    vendors,
    "ecb",
    exr("D.BGN.EUR.SP00.A", "lastNObservations=1&format=csvdata&detail=dataonly")
  );
  expect(body).toContain("2025-12-31,1.9558\r\n");
});

it("the daily file is zipped, newest first, with a comma at each line's end and N/A for what is missing", async () => {
  const vendors = await stand();
  const response = await get(vendors, "ecb", "/stats/eurofxref/eurofxref-hist.zip");
  expect(response.headers.get("content-type")).toBe("application/zip");
  const archive = Buffer.from(await response.arrayBuffer());
  expect(archive.readUInt32LE(0)).toBe(0x04034b50);
  const name = archive.readUInt16LE(26);
  expect(archive.subarray(30, 30 + name).toString()).toBe("eurofxref-hist.csv");
  const lines = inflateRawSync(archive.subarray(30 + name, 30 + name + archive.readUInt32LE(18)))
    .toString()
    .split("\n");
  expect(lines[0]).toMatch(/^Date,USD,JPY,GBP,.*,$/);
  expect(lines[1]).toMatch(/^2026-11-20,1\.\d+,\d+\.?\d*,0\.\d+,.*,$/);
  expect(lines[1].split(",")[lines[0].split(",").indexOf("BGN")]).toBe("N/A");
  expect(lines.at(-2)).toMatch(/^2014-01-02,/);
});

it("faults: rates go missing in both ways, a column changes its name, a rate is revised", async () => {
  const vendors = await stand();
  const ask = exr("D.USD.EUR.SP00.A", "startPeriod=2026-11-02&format=csvdata&detail=dataonly");
  const whole = (await text(vendors, "ecb", ask)).split("\r\n");
  vendors.faults.ecb.next.push(
    {kind: "nulls"},
    {kind: "columns"},
    {kind: "revised", symbol: "EURUSD", from: "2026-11-03", to: "2026-11-03", factor: 2}
  );
  const holed = (await text(vendors, "ecb", ask)).split("\r\n");
  expect([holed[4], holed[11]]).toEqual([expect.stringMatching(/,NaN$/), expect.stringMatching(/,$/)]);
  expect((await text(vendors, "ecb", ask)).split("\r\n")[0]).toMatch(/,OBSERVATION$/);
  const revised = (await text(vendors, "ecb", ask)).split("\r\n");
  expect(Number(revised[2].split(",")[7]) / Number(whole[2].split(",")[7])).toBeCloseTo(2, 3);
  expect([revised[1], revised[3]]).toEqual([whole[1], whole[3]]);
});
