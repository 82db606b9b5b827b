import {expect, it} from "vitest";
import {dist} from "../../../scripts/site.js";
import {serveStatic} from "../harness.js";
import {openReader} from "./figures.js";
import type {Reading} from "./reading.js";
import type {RunningDesk} from "./running.js";

/** Reads every page, and says what went wrong. */
async function readAll(origin: string): Promise<{readings: Reading[]; wrong: string[]}> {
  const readings: Reading[] = [];
  const wrong: string[] = [];
  for (const path of ["/", "/performance?range=1Y", "/positions", "/history?currency=EUR"]) {
    const {read, faults, outside, close} = await openReader(`${origin}${path}`);
    readings.push(await read());
    wrong.push(...faults, ...outside);
    await close();
  }
  return {readings, wrong};
}

/** Cards of what only the bridge can tell: how its pulls go, and what moves. */
const OF_BRIDGE = new Set(["Flex queries", "Value since the statement"]);

function shared({cards, ...reading}: Reading): Reading {
  const both = Object.entries(cards).filter(([title]) => !OF_BRIDGE.has(title));
  return {...reading, cards: Object.fromEntries(both)};
}

export function snapshotTests(desk: () => RunningDesk): void {
  it("shows what the bridge shows, and asks for nothing but its own files", async () => {
    const paths: string[] = [];
    const site = await serveStatic(dist, {}, (path) => void paths.push(path));
    const still = await readAll(site.url);
    await site.close();
    const live = await readAll(desk().url);
    expect(still.readings).toEqual(live.readings.map(shared));
    expect(paths.filter((path) => path.startsWith("/api"))).toEqual([]);
    expect([...still.wrong, ...live.wrong]).toEqual([]);
  });
}
