import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {retryAfter, send, type VendorFault, type VendorFaults} from "./faults.js";
import {type Answer, page, VENDOR_IDS, type VendorId, type VendorRequest, type VendorSim} from "./vendor.js";
import type {World} from "./world.js";

export type {VendorFault, VendorFaults} from "./faults.js";
export type {VendorId} from "./vendor.js";

/** Keys that the stand-ins take when none are given. */
export const SIM_KEYS = {
  fred: "abcdef0123456789abcdef0123456789",
  polygon: "SimulatedPolygonKey0123456789abc"
};

export interface VendorsOptions {
  /** The clock; a later time later shows later sessions. */
  now: Date | (() => Date);
  keys?: Partial<typeof SIM_KEYS>;
  faults?: Partial<Record<VendorId, Partial<VendorFaults>>>;
  /** Whether the vendors' limits hold: 5 requests a minute at Polygon, 120 at FRED, a weight of 6000 at Binance. */
  pacing?: boolean;
  port?: number;
}

/** One request as it came, without any key. */
export interface VendorCall {
  vendor: VendorId;
  /** Below the vendor's base path, decoded: `/v8/finance/chart/^GSPC`. */
  path: string;
  query: Record<string, string>;
  at: Date;
  status: number;
}

/** Running stand-ins. */
export interface Vendors {
  /** Base address of each vendor. */
  urls: Record<VendorId, string>;
  faults: Record<VendorId, VendorFaults>;
  calls: VendorCall[];
  /** What the vendors tell, at the clock's time. */
  world(): World;
  close(): Promise<void>;
}
