import {expect, it, onTestFinished} from "vitest";
import {ImportPool} from "../../../bridge/jobs/import-pool.js";
import {readLakeWanted} from "../../../bridge/store/lake-needs.js";
import {openStore} from "../../../bridge/store/open.js";
import {temporaryFolder} from "../harness.js";
import {flexStatement} from "../statement.js";

/** A store with one statement. */
async function storeOf(...texts: string[]) {
  const url = `${temporaryFolder()}/tearsheet.db`;
  const store = await openStore({url});
  const pool = new ImportPool(url);
  onTestFinished(async () => {
    await pool.close();
    store.close();
  });
  for (const [i, text] of texts.entries()) await pool.importFile({name: `${i}.xml`, stream: stream(text)});
  return store;
}

async function* stream(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const INVT = [{symbol: "INVT", currency: "USD"}];
const ask = {benchmarks: []};

it("readLakeWanted(store) wants nothing while there is no value", async () => {
  expect(readLakeWanted(await storeOf(), ask)).toBeNull();
});

it("readLakeWanted(store) wants rates of all currencies, and no closes where every day's positions are priced", async () => {
  const store = await storeOf(flexStatement());
  expect(readLakeWanted(store, {currency: "CHF", benchmarks: ["SPY (Yahoo Finance)"]})).toEqual({
    instruments: [],
    currencies: ["USD", "CHF"],
    benchmarks: ["SPY (Yahoo Finance)"],
    from: "2023-12-23",
    to: "2024-01-04"
  });
});

it("readLakeWanted(store) wants closes of what was held or traded where a day lists no positions", async () => {
  const text = flexStatement().replace(/<OpenPosition [^>]*reportDate="20240103"[^>]*>/, "");
  expect(readLakeWanted(await storeOf(text), ask)?.instruments).toEqual(INVT);
});

it("readLakeWanted(store) wants closes where a position has neither price nor value", async () => {
  const text = flexStatement().replaceAll(/ (markPrice|positionValue)="[^"]*"/g, "");
  expect(readLakeWanted(await storeOf(text), ask)?.instruments).toEqual(INVT);
});

it("readLakeWanted(store) wants no closes for options", async () => {
  const text = flexStatement()
    .replaceAll(/ (markPrice|positionValue)="[^"]*"/g, "")
    .replaceAll('assetCategory="STK"', 'assetCategory="OPT"');
  expect(readLakeWanted(await storeOf(text), ask)?.instruments).toEqual([]);
});

it("readLakeWanted(store, {holdings}) wants five years of what is held on the last day and of what options are on, and the days of trades", async () => {
  const option = `<OpenPosition accountId="U1000001" currency="USD" assetCategory="OPT" symbol="ACME 240315P00045000" conid="31" underlyingConid="11" underlyingSymbol="ACME" strike="45" expiry="20240315" putCall="P" multiplier="100" reportDate="20240104" position="-1" markPrice="1" levelOfDetail="SUMMARY" />`;
  const store = await storeOf(flexStatement().replace("</OpenPositions>", `${option}</OpenPositions>`));
  expect(readLakeWanted(store, {...ask, holdings: true})?.holdings).toEqual({
    instruments: [{symbol: "ACME", currency: "USD"}, ...INVT],
    from: "2019-01-04",
    traded: [{...INVT[0], days: ["2024-01-03"]}]
  });
  expect(readLakeWanted(store, ask)).not.toHaveProperty("holdings");
});
