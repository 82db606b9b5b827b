import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {binance} from "./binance.js";
import {ecb} from "./ecb.js";
import {retryAfter, send, type VendorFault, type VendorFaults} from "./faults.js";
import {fred} from "./fred.js";
import {fredGraph} from "./fred-graph.js";
import {newYorkFed} from "./new-york-fed.js";
import {polygon} from "./polygon.js";
import {stooq} from "./stooq.js";
import {treasury} from "./treasury.js";
import {
  type Answer,
  challenge,
  page,
  VENDOR_IDS,
  type VendorId,
  type VendorRequest,
  type VendorSim
} from "./vendor.js";
import {type World, worlds} from "./world.js";
import {yahoo} from "./yahoo.js";

export type {VendorFault, VendorFaults} from "./faults.js";
export type {VendorId} from "./vendor.js";

/** Keys that the stand-ins take when none are given. */
export const SIM_KEYS = {
  fred: "abcdef0123456789abcdef0123456789",
  polygon: "SimulatedPolygonKey0123456789abc"
};

const SIMS: Record<VendorId, VendorSim> = {
  yahoo,
  polygon,
  binance,
  stooq,
  ecb,
  fred,
  "fred-graph": fredGraph,
  treasury,
  "new-york-fed": newYorkFed
};
const SECRETS = ["apiKey", "api_key"];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface VendorsOptions {
  /**
   * The clock; a later time shows later sessions. The demo account's market is of its first time: what the account's
   * story says is told of no other.
   */
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
  /** What the vendors tell, at the clock's time, when nothing is wrong. */
  world(): World;
  close(): Promise<void>;
}

/** Starts stand-ins for all vendors on loopback: one server, a base path each. */
export async function startVendors(options: VendorsOptions): Promise<Vendors> {
  const {pacing = false, port = 0} = options;
  const keys: Partial<Record<VendorId, string>> = {...SIM_KEYS, ...options.keys};
  const clock = typeof options.now === "function" ? options.now : () => options.now as Date; // one or the other
  const worldAt = worlds(clock());
  const calls: VendorCall[] = [];
  const used = new Map<VendorId, {at: number; weight: number}[]>();
  const faults = byVendor((id): VendorFaults => ({next: [], always: [], ...options.faults?.[id]}));

  function answerTo(
    vendor: VendorId,
    req: IncomingMessage,
    url: URL,
    spoiled: readonly VendorFault[]
  ): Answer {
    const sim = SIMS[vendor];
    const fault: VendorRequest["fault"] = (kind) =>
      spoiled.find((one): one is Extract<VendorFault, {kind: typeof kind}> => one.kind === kind);
    const now = new Date(clock().getTime() + (fault("clock")?.days ?? 0) * DAY_MS);
    const weight = weigh(vendor, sim.weight ?? 1, now.getTime());
    const dated = (answer: Answer): Answer => ({
      ...answer,
      headers: {date: now.toUTCString(), ...answer.headers, ...sim.headers?.(weight)}
    });
    const status = fault("status");
    if (status) return dated(retryAfter(sim.refuse(status.status), status.retryAfterSeconds));
    if (fault("html")) return dated(challenge());
    if (fault("quota")) return dated(sim.quota ?? sim.refuse(429));
    if (pacing && weight > (sim.perMinute ?? Infinity))
      return dated(retryAfter(sim.refuse(429), sim.waitSeconds));
    if (fault("wrong-key") && sim.wrongKey) return dated(sim.wrongKey);
    const parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
    return dated(
      sim.answer({
        parts,
        query: url.searchParams,
        headers: req.headers,
        world: worldAt(now),
        now,
        key: keys[vendor] ?? "",
        base: `${url.origin}/${vendor}`,
        weight,
        fault
      })
    );
  }

  /** Weight of a vendor's requests in the last minute, with this one. */
  function weigh(vendor: VendorId, weight: number, at: number): number {
    const recent = (used.get(vendor) ?? []).filter((one) => at - one.at < MINUTE_MS);
    used.set(vendor, [...recent, {at, weight}]);
    return recent.reduce((sum, one) => sum + one.weight, weight);
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? "/", `http://${req.headers.host}`);
    const vendor = VENDOR_IDS.find((id) => id === url.pathname.split("/")[1]);
    if (req.method !== "GET" || !vendor) return send(res, page(404, "Not Found"), []);
    const {next, always} = faults[vendor];
    const one = next.shift();
    const spoiled = [...(one ? [one] : []), ...always];
    const answer = answerTo(vendor, req, url, spoiled);
    calls.push({
      vendor,
      path: decodeURIComponent(url.pathname.slice(vendor.length + 1)),
      query: Object.fromEntries([...url.searchParams].filter(([name]) => !SECRETS.includes(name))),
      at: clock(),
      status: answer.status
    });
    return send(res, answer, spoiled);
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((cause: unknown) => res.writeHead(500).end(`the stand-in broke: ${String(cause)}`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP, so an AddressInfo
  return {
    urls: byVendor((id) => `${origin}/${id}`),
    faults,
    calls,
    world: () => worldAt(clock()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}

function byVendor<T>(make: (id: VendorId) => T): Record<VendorId, T> {
  return Object.fromEntries(VENDOR_IDS.map((id) => [id, make(id)])) as Record<VendorId, T>; // one of each id
}
