import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {Jobs} from "../../bridge/jobs/jobs.js";
import {fillLake, startVendorHouse} from "../../cli/demo-lake.js";
import {openLakeRoom} from "../../cli/lake.js";
import {temporaryFolder} from "./terminal.js";

it("the demo's lake is filled through the clients that real vendors are asked with, and nothing is missing in it", async () => {
  const now = () => new Date();
  const {worker, house} = await startVendorHouse(now());
  const folder = temporaryFolder();
  const lake = openLakeRoom({
    place: {dir: join(folder, "lake"), meetingsFile: join(folder, "meetings.csv"), ...house},
    jobs: new Jobs({now, announce: () => undefined}),
    now,
    onChange: () => undefined
  });
  onTestFinished(async () => {
    await lake.close();
    await worker.terminate();
  });
  await fillLake(lake, house, now());
  const {desk, markets} = lake;
  const catalog = await desk.catalog();
  expect(new Set(catalog.map(({source}) => source)).size).toBe(7); // Stooq and Polygon are not asked
  expect(catalog).toContainEqual(
    expect.objectContaining({
      dataset: "vega-datasets/bars/sp500-to-2020-04-17/1d",
      rows: 5105,
      to: "2020-04-17"
    })
  );
  const held = catalog.find(({dataset, layer}) => dataset === "yahoo/bars/shares/1d" && layer === "clean");
  expect(held).toMatchObject({symbols: house.shares.length, staleDays: 0});
  expect((await desk.problems()).filter(({state}) => state !== "kept")).toEqual([]);
  const {rates, watchlists} = JSON.parse(await markets.view("overview", {}));
  expect(
    rates.groups.flatMap(({rows}: {rows: {value: unknown}[]}) => rows.map(({value}) => value))
  ).not.toContain(null);
  expect(watchlists.map(({name}: {name: string}) => name)).toEqual(["Holdings", "Coins"]);
  for (const {rows} of watchlists)
    for (const row of rows) expect(row).toMatchObject({value: expect.any(Number), reason: null});
  expect((await desk.pulls()).map(({state}) => state)).toEqual(["done"]);
}, 120_000);
