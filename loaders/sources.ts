import type {Kind} from "../lib/lake/dataset.js";
import type {VendorFacts} from "../lib/lake/pull.js";
import type {Source} from "./pull/run.js";
import {VENDORS} from "./vendors/index.js";
import type {Vendor} from "./vendors/vendor.js";
import {createWeb, type WebOptions} from "./web.js";

/** Where vendors answer, and their keys, by the vendor's id. */
export interface VendorSettings {
  urls: Readonly<Record<string, string>>;
  keys: Readonly<Record<string, string>>;
}

/** For a vendor that is asked for nothing over the web. */
const NOWHERE = "https://nowhere.invalid";

/** Returns each vendor's client with its way to the web, by the vendor's id. */
export function createSources(
  {urls, keys}: VendorSettings,
  {
    vendors = VENDORS,
    ...options
  }: Pick<WebOptions, "now" | "log" | "keepReply"> & {
    vendors?: readonly Vendor[];
  }
): Map<string, Source> {
  return new Map(
    vendors.map((vendor) => {
      const web = createWeb({...options, vendor, baseUrl: urls[vendor.id] ?? NOWHERE, key: keys[vendor.id]});
      return [vendor.id, {vendor, web}];
    })
  );
}

/** Returns what a form offers of each vendor. */
export function vendorFacts({keys}: Pick<VendorSettings, "keys">): VendorFacts[] {
  return VENDORS.map(({id, name, offers, universe, key, note, importCsv}) => ({
    id,
    name,
    offers: (Object.keys(offers) as Kind[]).map((kind) => ({kind, frequencies: offers[kind] ?? []})), // as its type says
    universe,
    key: key === null ? null : {setting: key, given: keys[id] !== undefined},
    csv: importCsv !== undefined,
    note
  }));
}
