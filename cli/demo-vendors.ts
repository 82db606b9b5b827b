/** The demo's vendors, in a thread of their own: stand-ins for all of them, on loopback. */
import {parentPort, workerData} from "node:worker_threads";
import {SHARES} from "../sim/account/market/instruments.js";
import {SIM_KEYS, startVendors} from "../sim/vendors/service.js";
import type {VendorHouse} from "./demo-lake.js";

/** Endings of Yahoo's symbols by exchange. */
const ENDINGS = ["", ".L", ".DE", ".PA", ".T"];

const {now} = workerData as {now: string}; // as demo-lake.ts hands it over
const begun = Date.now() - Date.parse(now);
const vendors = await startVendors({now: () => new Date(Date.now() - begun)});
const market = vendors.world();
const symbols = new Set(Object.values(SHARES).map(({symbol}) => symbol));
const shares = [...symbols].flatMap(
  (symbol) => ENDINGS.map((ending) => symbol + ending).find((one) => market.listing(one)) ?? []
);
const house: VendorHouse = {urls: vendors.urls, keys: SIM_KEYS, shares};
parentPort!.postMessage(house); // this file is a thread's
