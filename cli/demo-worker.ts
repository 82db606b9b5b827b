/** The demo's stand-ins, in a thread of their own: the Flex service and TWS of invented accounts, on loopback. */
import {parentPort, workerData} from "node:worker_threads";
import {demoBooks, demoIndex, demoSectors, flexXml, QUERIES} from "../sim/account/index.js";
import {startFlexService} from "../sim/flex/service.js";
import {demoAccounts} from "../sim/tws/opening.js";
import {startTws} from "../sim/tws/service.js";
import type {DemoHouse, DemoOrder, DemoRequest} from "./demo.js";

const {now, token} = workerData as DemoRequest; // as demo.ts hands it over
const books = demoBooks({now: new Date(now)});
const index = demoIndex(books);
const last = books.days[books.days.length - 1];

/** What IBKR knew when it wrote the statements: first, before it restated one; then today. */
let generatedAt: string | undefined;
parentPort?.on("message", (order: DemoOrder) => {
  if (order.kind === "tell") generatedAt = order.asOf;
  else void openTws();
});

/** The accounts as the last statement leaves them, whose prices have been moving since midnight UTC. */
async function openTws(): Promise<void> {
  const origin = new Date(new Date().setUTCHours(0, 0, 0, 0));
  const {openings, listings} = demoAccounts(books, origin);
  const {port} = await startTws({
    version: 193,
    accounts: openings,
    listings,
    origin,
    everyMs: TICK_MS,
    profitSteps: 1
  });
  parentPort?.postMessage({port});
}

const TICK_MS = 1000;

const service = await startFlexService({
  provider(queryId, from = books.days[Math.max(0, books.days.length - 260)], to = last) {
    const query = QUERIES.get(queryId);
    return query && flexXml(books, {from, to, query, ...(generatedAt !== undefined && {generatedAt})});
  },
  token,
  queries: [...QUERIES.keys()],
  index: index.closes.map(([date, close]) => ({date, close}))
});
const house: DemoHouse = {
  url: service.url,
  indexUrl: service.indexUrl,
  index: {name: index.name, currency: index.currency},
  queryIds: [...QUERIES.keys()],
  first: books.days[0],
  last,
  beforeRestatement: books.restatedFrom,
  sectors: demoSectors(books)
};
parentPort?.postMessage(house);
