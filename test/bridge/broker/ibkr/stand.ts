/** A stand-in for TWS and our one connection to it, quick to try again. */

import {afterEach, expect} from "vitest";
import {createWire, type WireOptions} from "../../../../bridge/broker/ibkr/connect.js";
import type {Wire} from "../../../../bridge/broker/ibkr/wire.js";
import type {LinkPhase, LinkStatus} from "../../../../lib/live/link.js";
import type {Tws, TwsOptions} from "../../../../sim/tws/service.js";
import {poll, standIn} from "../../../sim/tws/stand.js";

export {poll, standIn};
export {ACCOUNT, CHIPS, CHIPS_ID, NOW, order, VERSIONS, WATER, WATER_ID} from "../../../sim/tws/stand.js";

export const CLIENT_ID = 12;

export interface Linked {
  tws: Tws;
  wire: Wire;
  /** Every status that was told, oldest first. */
  told: LinkStatus[];
  /** Why it became ready, each time. */
  readies: string[];
  /** What was logged as an error. */
  faults: string[];
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Opens a wire to a port, closed after the test. @param isGarbled whether it is sent what cannot be read */
export function wireTo(
  port: number,
  options: Partial<WireOptions> = {},
  isGarbled = false
): Omit<Linked, "tws"> {
  const faults: string[] = [];
  const fault = (...words: unknown[]) =>
    void faults.push(words.map((word) => JSON.stringify(word)).join(" "));
  const log = {info: () => undefined, warn: () => undefined, error: fault} as unknown as WireOptions["log"];
  const wire = createWire({
    host: "127.0.0.1",
    port,
    clientId: CLIENT_ID,
    log,
    random: () => 0.5,
    heartbeatMs: 60_000, // a machine under load is not a silent TWS
    patienceMs: 30_000,
    retry: {firstMs: 10, openMs: 100},
    ...options
  });
  const told: LinkStatus[] = [];
  const readies: string[] = [];
  wire.onStatus((status) => void told.push(status));
  wire.onReady((why) => void readies.push(why));
  closing.push(async () => {
    await wire.close();
    if (!isGarbled) expect(wire.protocolErrors).toBe(0); // 505, in whatever test
  });
  return {wire, told, readies, faults};
}

/** A stand-in and a wire to it that is ready. */
export async function linked(
  options: TwsOptions = {},
  wireOptions: Partial<WireOptions> = {},
  isGarbled = false
): Promise<Linked> {
  const tws = await standIn(options);
  const one = wireTo(tws.port, wireOptions, isGarbled);
  await phase(one.wire, "ready");
  return {tws, ...one};
}

/** Waits until the link is in a phase. */
export const phase = (wire: Wire, wanted: LinkPhase): Promise<LinkStatus> =>
  poll(() => (wire.status().phase === wanted ? wire.status() : undefined), `the phase ${wanted}`);
