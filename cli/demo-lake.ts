import {Worker} from "node:worker_threads";
import {typescript} from "../config.js";
import type {PullAsk} from "../lib/lake/pull.js";
import {dayAt} from "../lib/time/calendar.js";
import {addDays} from "../lib/time/day.js";
import {marketAsks} from "../loaders/pull/asks.js";
import type {LakeRoom} from "./lake.js";

/** Where the demo's vendors answer, and what its account holds, by Yahoo's symbols. */
export interface VendorHouse {
  urls: Record<string, string>;
  keys: Record<string, string>;
  shares: string[];
}

/** Starts the stand-ins of the vendors, as of a time. */
export function startVendorHouse(now: Date): Promise<{worker: Worker; house: VendorHouse}> {
  const worker = new Worker(new URL("demo-vendors.ts", import.meta.url), {
    workerData: {now: now.toISOString()},
    execArgv: typescript
  });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once("message", (house: VendorHouse) => resolve({worker, house}));
    worker.once("error", reject);
  });
}

const COINS = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

/** Fills the demo's lake through the real clients; a symbol that fails is a fault of the program. */
export async function fillLake(lake: LakeRoom, {shares, keys}: VendorHouse, now: Date): Promise<void> {
  const today = dayAt(now);
  const asks: PullAsk[] = [
    ...marketAsks(today, keys),
    {vendor: "yahoo", universe: "shares", symbols: shares},
    {vendor: "binance", symbols: COINS},
    {vendor: "binance", frequency: "1h", symbols: [COINS[0]], from: addDays(today, -90)},
    {vendor: "vega-datasets", symbols: ["^GSPC"], from: "2000-01-01"}
  ];
  const {failures} = await lake.pull(asks, "symbols");
  if (failures.length) throw new Error(`the demo's lake: ${failures[0].symbol}: ${failures[0].message}`);
  await lake.desk.setWatchlists([
    {name: "Holdings", ids: shares.map((symbol) => `yahoo:${symbol}`)},
    {name: "Coins", ids: COINS.map((symbol) => `binance:${symbol}`)}
  ]);
}
