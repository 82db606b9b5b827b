import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {ImportPool} from "../../bridge/jobs/import-pool.js";
import {Jobs} from "../../bridge/jobs/jobs.js";
import type {Mode} from "../../bridge/services.js";
import {openStore} from "../../bridge/store/open.js";
import {flexJob, flexService, nextPullSentence} from "../../cli/flex.js";
import {startFlexService} from "../../sim/flex/service.js";
import {ACTIVITY, temporaryFolder} from "./terminal.js";

const TOKEN = "104882917366123456789012";
const activity = readFileSync(ACTIVITY, "utf8");

/** The same statements without one of their sections. */
const without = (section: string) =>
  activity.replaceAll(new RegExp(`<${section}( />|>[^]*?</${section}>)`, "g"), "");

/** The desk's side of Flex, on a stand-in that gives a file for each query. */
async function desk(files: Readonly<Record<string, string>>, {mode = "real"}: {mode?: Mode} = {}) {
  const service = await startFlexService({
    provider: (queryId) => [files[queryId]],
    token: TOKEN,
    queries: Object.keys(files)
  });
  const url = join(temporaryFolder(), "tearsheet.db");
  const store = await openStore({url});
  const pool = new ImportPool(url);
  const now = () => new Date("2026-11-22T12:00:00Z"); // a Sunday
  const jobs = new Jobs({now, announce: () => undefined});
  onTestFinished(async () => {
    await jobs.close();
    await pool.close();
    store.close();
    await service.close();
  });
  const flex = {url: service.url, token: TOKEN, queryIds: Object.keys(files)};
  const job = flexJob(flex, {store, pool, now, log: () => undefined});
  return {job, jobs, flex: flexService(job, {mode, flex, store, now, jobs})};
}

it("the status of a Flex query tells the fields and sections to tick, once it was fetched", async () => {
  const {flex, job} = await desk({1001: without("ConversionRates").replaceAll(/ netCash="[^"]*"/g, "")});
  const [before] = (await flex.status()).queries;
  expect(before).toMatchObject({name: null, lastPull: null, missing: []});
  expect((await job.run()).ok).toBe(true);
  const [{missing, lastPull}] = (await flex.status()).queries;
  expect(lastPull?.ok).toBe(true);
  const told = missing.map(({section, box}) => [section, box]);
  expect(told).toContainEqual(["Trades", "Net Cash"]);
  expect(told).toContainEqual(["General Configuration", "Include Currency Rates? Yes"]);
});

it("a section that one query brings whole is not missing from another of the same accounts", async () => {
  const {flex, job} = await desk({1001: without("Trades"), 1002: activity});
  expect((await job.run()).ok).toBe(true);
  const {queries} = await flex.status();
  expect(queries[0].missing).toEqual([]); // what both lack is told once
  expect(queries[1].missing.map(({section}) => section)).toContain("Interest Accruals");
  expect(queries[1].missing.map(({section}) => section)).not.toContain("Trades");
  const other = without("Trades")
    .replaceAll("U10000", "U20000")
    .replace(/queryName="[^"]*"/, 'queryName="Other"');
  const apart = await desk({1001: activity, 1002: other});
  expect((await apart.job.run()).ok).toBe(true);
  const {missing} = (await apart.flex.status()).queries[1];
  expect(missing).toContainEqual(expect.objectContaining({section: "Trades", severity: "needed"}));
});

it("a pull that was asked for keeps counts in its job, no inspections", async () => {
  const {flex, jobs} = await desk({1001: activity});
  const {id} = flex.fetch("all");
  await expect.poll(() => jobs.get(id)?.state, {timeout: 20_000}).toBe("done");
  expect(jobs.get(id)?.result).toMatchObject({
    ok: true,
    queries: [{queryId: "1001", ok: true, new: 32, files: 1}]
  });
  expect(JSON.stringify(jobs.get(id))).not.toContain("statements");
});

it("the next pull is the one missed, but the schedule's next in the demo, which misses none", async () => {
  const real = await desk({1001: activity});
  expect((await real.flex.status()).nextPull).toBe("2026-11-22T12:00:00.000Z");
  const demo = await desk({1001: activity}, {mode: "demo"});
  const {nextPull} = await demo.flex.status();
  expect(nextPull).toBe("2026-11-24T11:30:00.000Z");
  expect(nextPullSentence(nextPull!)).toBe(
    "while the desk runs, the next pull is on Tue 24 Nov, 11:30 (06:30 in New York)"
  );
});
