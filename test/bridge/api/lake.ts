/** What the tests of the lake's endpoints share: a bridge whose vendors are stand-ins. */
import {afterAll, onTestFinished, vi} from "vitest";
import {SIM_KEYS, startVendors, type Vendors} from "../../../sim/vendors/service.js";
import {keepBridge, startBridge, type Reply, type SendOptions, type TestBridge} from "../harness.js";

export interface LakeBridge extends TestBridge {
  sim: Vendors;
  post: (path: string, body: unknown, options?: SendOptions) => Promise<Reply>;
  /** Pulls and waits for the end; returns what pull-status then says. */
  pull: (body: unknown) => Promise<Record<string, unknown>>;
  get: (path: string) => Promise<any>; // oxlint-disable-line typescript/no-explicit-any -- tests say what they expect in it
}

/** @param keyed whether the settings have the vendors' keys */
export async function startLakeBridge({keyed = false} = {}): Promise<LakeBridge> {
  const sim = await startVendors({now: () => new Date()});
  onTestFinished(() => sim.close());
  return lakeBridge(sim, await startBridge({vendors: {urls: sim.urls, keys: keyed ? SIM_KEYS : {}}}));
}

/** The same for all tests of a file; call it in `beforeAll`. */
export async function keepLakeBridge(): Promise<LakeBridge> {
  const sim = await startVendors({now: () => new Date()});
  afterAll(() => sim.close());
  return lakeBridge(sim, await keepBridge({vendors: {urls: sim.urls, keys: {}}}));
}

function lakeBridge(sim: Vendors, bridge: TestBridge): LakeBridge {
  const {send} = bridge;
  const post = (path: string, body: unknown, options: SendOptions = {}) =>
    send(path, {
      method: "POST",
      headers: {"content-type": "application/json"},
      body: JSON.stringify(body),
      bearer: true,
      ...options
    });
  const get = async (path: string) => (await send(path)).json();
  return {
    ...bridge,
    sim,
    post,
    get,
    async pull(body) {
      const started = (await post("/api/data/pull", body)).json();
      return vi.waitFor(
        async () => {
          const status = await get(`/api/data/pull-status/${String(started.id)}`);
          if (status.state === "running") throw new Error(`still ${String(status.message)}`);
          return status;
        },
        {timeout: 100_000, interval: 20}
      );
    }
  };
}
