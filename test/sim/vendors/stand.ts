import {afterEach} from "vitest";
import {
  SIM_KEYS,
  startVendors,
  type VendorId,
  type Vendors,
  type VendorsOptions
} from "../../../sim/vendors/service.js";

/** A Friday after New York's close. */
export const FRIDAY = new Date("2026-11-20T22:30:00Z");
export const BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64)"};
export {SIM_KEYS};

let running: Vendors[] = [];
afterEach(async () => {
  await Promise.all(running.map((one) => one.close()));
  running = [];
});

/** Stand-ins that end with the test. */
export async function stand(options: Partial<VendorsOptions> = {}): Promise<Vendors> {
  const vendors = await startVendors({now: FRIDAY, ...options});
  running.push(vendors);
  return vendors;
}

export function get(
  vendors: Vendors,
  vendor: VendorId,
  path: string,
  headers: Record<string, string> = BROWSER
): Promise<Response> {
  return fetch(vendors.urls[vendor] + path, {headers, redirect: "manual"});
}

export const text = async (...call: Parameters<typeof get>): Promise<string> => (await get(...call)).text();

/** Seconds since 1970 of an ISO time. */
export const seconds = (iso: string): number => Date.parse(iso) / 1000;
