/** One run: a desk, a stand-in for TWS, a schedule of orders and of faults that the desk does not know. */
import {rmSync, mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {OrdersStore} from "../../bridge/execution/orders-store.js";
import {DEFAULT_LIMITS} from "../../lib/orders/risk/limits.js";
import {stream} from "../../sim/account/market/random.js";
import {startTws} from "../../sim/tws/service.js";
import type {DeskPool} from "./desk-pool.js";
import {ACCOUNT, type Met, World} from "./world.js";

/** A Friday noon in New York: no session ends while a run goes on. */
const NOON = Date.UTC(2026, 10, 20, 17);

export interface Finding {
  seed: number;
  problems: string[];
  met: Met;
}

/** Plays a run and returns what is wrong after it. */
export async function play(seed: number, pool: DeskPool): Promise<Finding> {
  const random = stream(seed, "chaos");
  const folder = mkdtempSync(join(tmpdir(), "chaos-"));
  const file = join(folder, "orders.db");
  const shift = NOON - Date.now();
  const tws = await startTws({
    version: random.next() < 0.5 ? 176 : 193,
    seed,
    clock: () => new Date(Date.now() + shift),
    everyMs: 5
  });
  prepare(file, NOON);
  const before = tws.positions();
  const world = new World({seed, random, tws, pool, start: {file, port: tws.port, shift}});
  try {
    await world.play();
    await world.rest();
    return {seed, ...world.judge(before, await tws.ledger())};
  } catch (error) {
    return {
      seed,
      problems: [`the run failed: ${error instanceof Error ? error.message : String(error)}`],
      met: {}
    };
  } finally {
    await world.desk?.kill();
    await tws.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Limits that let the strategy trade: what is tested here is what happens on the way. */
function prepare(file: string, at: number): void {
  const store = new OrdersStore(file);
  const limits = {
    ...DEFAULT_LIMITS,
    positionNotional: null,
    grossNotional: null,
    orderValue: null,
    dailyLoss: null,
    ordersPerMinute: null,
    duplicateSeconds: 0,
    priceCollar: null,
    regularHoursOnly: false
  };
  store.append(at, [
    {kind: "control", by: "the chaos", control: {what: "limits", account: ACCOUNT, limits, strategies: {}}}
  ]);
  store.close();
}
