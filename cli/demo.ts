import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {Worker} from "node:worker_threads";
import {createHash} from "node:crypto";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {writeBenchmark} from "../bridge/store/benchmarks.js";
import {openStore, type Store} from "../bridge/store/open.js";
import {readState, writeState} from "../bridge/store/state.js";
import {type Config, typescript} from "../config.js";
import {dayAt} from "../lib/time/calendar.js";
import {addDays} from "../lib/time/day.js";
import {fetchIndex} from "../loaders/index-csv.js";
import type {DateRange} from "../loaders/flex/plan.js";
import {pullQuery} from "../loaders/flex/query.js";
import {queryState, readFlexState} from "../loaders/flex/state.js";
import {NO_WAITS} from "../loaders/flex/waits.js";
import {fillLake, startVendorHouse, type VendorHouse} from "./demo-lake.js";
import {demoDir, demoLakeDir, demoUrl} from "./demo-place.js";
import type {LakePlace, LakeRoom} from "./lake.js";
import {FLEX_STATE, flexClient, flexImport, type FlexSettings} from "./flex.js";
import {hashOf} from "../scripts/site.js";

/** What the thread of stand-ins is started with. */
export interface DemoRequest {
  /** ISO 8601 UTC: the day that the account is played to. */
  now: string;
  token: string;
}

/** What the thread is told later: as of when IBKR knows, undefined for now; or to open TWS, whose port it answers. */
export type DemoOrder = {kind: "tell"; asOf: string | undefined} | {kind: "tws"};

/** Where the stand-ins answer, and what they can tell. */
export interface DemoHouse {
  url: string;
  indexUrl: string;
  index: {name: string; currency: string};
  queryIds: string[];
  first: string;
  last: string;
  /** Instant before which one statement still says what IBKR later changed. */
  beforeRestatement: string;
  sectors: Record<string, string>;
}

export interface Demo {
  house: DemoHouse;
  flex: FlexSettings;
  store: Store;
  pool: ImportPool;
  lake: LakeRoom;
  /** Opens the stand-in for TWS, with the demo accounts as their last statement leaves them; gives its port. */
  openTws(): Promise<number>;
  /** Ends the stand-ins. */
  stop(): Promise<void>;
  /** Ends the stand-ins and closes the store. */
  close(): Promise<void>;
}

interface DemoOptions {
  config: Pick<Config, "DATA_DIR">;
  now: () => Date;
  log: (message: string) => void;
  /** Told what is being done, as a sentence. */
  step?: (sentence: string) => void;
  openLake: (place: LakePlace) => LakeRoom;
}

const TOKEN = "700000000000000000000001";

/** Key of the state that says of what, and for which day, a demo store was filled; absent until it is whole. */
export const DEMO_STATE = "demo";

/** What the demo's rows depend on. */
const SOURCES = [
  "{sim,lib/statements,lib/lake,bridge/store,loaders}/**/*.ts",
  "lib/market/universe*.ts",
  "lib/ledger/{key,merge,rank,book,*table*}.ts",
  "cli/demo*.ts"
];

/**
 * Starts the stand-ins on loopback and fills the demo's store and lake through the real clients and the real import; what
 * was filled today is kept.
 */
export async function startDemo({
  config,
  now,
  log,
  step = () => undefined,
  openLake
}: DemoOptions): Promise<Demo> {
  step("starting the stand-ins for IBKR and the vendors");
  const [{worker, house}, vendors] = await Promise.all([
    startHouse({now: now().toISOString(), token: TOKEN}),
    startVendorHouse(now())
  ]);
  const flex: FlexSettings = {url: house.url, token: TOKEN, queryIds: house.queryIds, waits: NO_WAITS};
  const [folder, url] = [demoDir(config), demoUrl(config)];
  const made = await fingerprint(house, now());
  let store = await openStore({url});
  const isFilled = readState(store, DEMO_STATE) === made;
  if (!isFilled) {
    store.close();
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true, mode: 0o700});
    store = await openStore({url});
  }
  const pool = new ImportPool(url);
  const lake = openLake({
    dir: demoLakeDir(config),
    meetingsFile: join(folder, "meetings.csv"),
    ...vendors.house
  });
  const stop = async () => {
    await Promise.all([worker.terminate(), vendors.worker.terminate()]);
  };
  const demo: Demo = {
    house,
    flex,
    store,
    pool,
    lake,
    openTws: () => {
      worker.postMessage({kind: "tws"} satisfies DemoOrder);
      return new Promise((resolve, reject) => {
        worker.once("message", ({port}: {port: number}) => resolve(port));
        worker.once("exit", () => reject(new Error("the demo's stand-ins have ended")));
      });
    },
    stop,
    async close() {
      await Promise.all([pool.close(), lake.close()]);
      store.close();
      await stop();
    }
  };
  if (isFilled) return demo;
  try {
    const tell = (asOf: string | undefined) => worker.postMessage({kind: "tell", asOf} satisfies DemoOrder);
    await Promise.all([
      fill({house, flex, store, pool, now, log, step, tell}),
      fillMarkets(lake, vendors.house, {now, step})
    ]);
    writeFileSync(join(folder, "sectors.csv"), sectorsCsv(house.sectors));
    await writeState(store, DEMO_STATE, made);
    return demo;
  } catch (error) {
    await demo.close();
    throw error;
  }
}

/** Fills the lake while the account is filled. */
async function fillMarkets(
  lake: LakeRoom,
  vendors: VendorHouse,
  {now, step}: Required<Pick<DemoOptions, "now" | "step">>
): Promise<void> {
  step("filling the demo's lake");
  await fillLake(lake, vendors, now());
}

interface Fill extends Required<Pick<DemoOptions, "now" | "log" | "step">> {
  house: DemoHouse;
  flex: FlexSettings;
  store: Store;
  pool: ImportPool;
  tell: (instant: string | undefined) => void;
}

/** Pulls three years of both queries, as they were known before the restatement, and the last weeks as they are now. */
async function fill({house, flex, store, pool, now, log, step, tell}: Fill): Promise<void> {
  const client = flexClient(flex, {now, log});
  if (!client) throw new Error("the demo has no token");
  const state = readFlexState(undefined);
  const save = async () => writeState(store, FLEX_STATE, state);
  const tools = {client, importStatement: flexImport({pool}), save, now, onPhase: () => undefined};
  const [activity, ...others] = house.queryIds;
  const pull = async (queryId: string, range: DateRange) => {
    step(`fetching the demo account, ${range.from} to ${range.to}`);
    const query = queryState(state, queryId);
    const {run, error} = await pullQuery(queryId, [range], query, tools);
    if (!run.ok) throw new Error(run.message, {cause: error});
    query.lastPull = {at: now().toISOString(), ok: true, message: run.message, code: null};
  };
  tell(house.beforeRestatement);
  for (const range of years(house.first, addDays(house.beforeRestatement.slice(0, 10), -1)))
    await pull(activity, range);
  tell(undefined);
  await pull(activity, {from: addDays(house.last, -45), to: house.last});
  for (const queryId of others)
    for (const range of years(house.first, house.last)) await pull(queryId, range);
  state.lastRun = now().toISOString();
  await save();
  step("fetching the demo index");
  await writeBenchmark(store, {
    ...house.index,
    kind: "price return",
    closes: await fetchIndex(house.indexUrl)
  });
}

/** Ranges of at most 365 days that cover the days, oldest first. */
function years(first: string, last: string): DateRange[] {
  const ranges: DateRange[] = [];
  for (let from = first; from <= last; from = addDays(from, 365)) {
    const end = addDays(from, 364);
    ranges.push({from, to: end < last ? end : last});
  }
  return ranges;
}

function startHouse(request: DemoRequest): Promise<{worker: Worker; house: DemoHouse}> {
  const worker = new Worker(new URL("demo-worker.ts", import.meta.url), {
    workerData: request,
    execArgv: typescript
  });
  return new Promise((resolve, reject) => {
    worker.once("message", (house: DemoHouse) => resolve({worker, house}));
    worker.once("error", reject);
  });
}

/** Changes with the day, and with the program that made the store. */
async function fingerprint({first, last}: DemoHouse, now: Date): Promise<string> {
  return createHash("sha256")
    .update([dayAt(now), first, last, await hashOf(SOURCES)].join())
    .digest("hex");
}

function sectorsCsv(sectors: Readonly<Record<string, string>>): string {
  return [
    "symbol,sector",
    ...Object.entries(sectors).map(([symbol, sector]) => `${symbol},${sector}`),
    ""
  ].join("\n");
}
