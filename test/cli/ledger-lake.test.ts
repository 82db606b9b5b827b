import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {rowsOf} from "../../lib/lake/columns.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {addDays} from "../../lib/time/day.js";
import {openLake} from "../../loaders/lake/lake.js";
import {VENDORS} from "../../loaders/vendors/index.js";
import {type Desk, filledDesks} from "./terminal.js";

const filledDesk = filledDesks();

/** Fills the desk's lake with fixings of crowns and closes of a fund, on every day of the statement. */
async function fillLake({folder}: Desk): Promise<void> {
  const lake = openLake(join(folder, "lake"), {now: () => new Date(), vendors: VENDORS});
  const days = Array.from({length: 1500}, (_, i) => addDays("2022-12-01", i));
  const fix = (quote: string, rate: number) => days.map((day) => ({base: "EUR", quote, day, rate}));
  const fx = {...parseDatasetId("ecb/fx/markets/1d"), kind: "fx" as const};
  await lake.write("clean", fx, rowsOf("fx", [...fix("USD", 1), ...fix("SEK", 10)]));
  const bars = {...parseDatasetId("yahoo/bars/markets/1d"), kind: "bars" as const};
  const rows = days.map((day, i) => ({
    symbol: "SPY",
    currency: "USD",
    day,
    time: Date.parse(day),
    close: 400 + i
  }));
  await lake.write("clean", bars, rowsOf("bars", rows), [{symbol: "SPY", name: "", unit: "USD"}]);
  lake.close();
}

it("figures in a currency that no statement has a rate of are by the lake's, and say so", async () => {
  const desk = filledDesk();
  const pnl = async () => (await desk.run(["pnl", "--currency", "SEK", "--json"])).json();
  expect((await pnl()).scope).not.toHaveProperty("lake");
  await fillLake(desk);
  const {scope, days} = await pnl();
  expect(scope.currency).toBe("SEK");
  expect(scope.lake.map(({source}: {source: string}) => source)).toContain("ECB fixing");
  expect(days.at(-1).nav.value).not.toBeNull();
}, 60_000);

it("tearsheet benchmark use takes what the lake has closes of, by its name, and in a blend", async () => {
  const desk = filledDesk();
  expect((await desk.run(["benchmark", "use", "SPY (Yahoo Finance)"])).stderr).toContain("no benchmark SPY");
  await fillLake(desk);
  expect((await desk.run(["benchmark", "list"])).stderr).toContain("closes of: SPY (Yahoo Finance)");
  const {code, stderr} = await desk.run(["benchmark", "use", "SPY (Yahoo Finance)"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("compared with: SPY (Yahoo Finance)")]);
  expect((await desk.run(["benchmark", "list", "--json"])).json()).toMatchObject({
    chosen: "SPY (Yahoo Finance)",
    lake: ["SPY (Yahoo Finance)"]
  });
}, 60_000);

it("a lake that cannot be read is told, and figures are made without", async () => {
  const desk = filledDesk();
  mkdirSync(join(desk.folder, "lake/catalog.db"), {recursive: true}); // a folder where the catalog should be
  const before = (await desk.run(["pnl", "--json"], {LAKE_DIR: join(desk.folder, "none")})).json();
  const {code, stderr, json} = await desk.run(["pnl", "--json"]);
  expect([code, json().days]).toEqual([0, before.days]);
  expect(stderr).toContain("the data lake cannot be read, and is done without: ");
}, 60_000);
