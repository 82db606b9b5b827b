/** The demo's stand-in, in a thread of its own: the Flex service of an invented account, on loopback. */
import {parentPort, workerData} from "node:worker_threads";
import {demoBooks, demoIndex, demoSectors, flexXml, QUERIES} from "../sim/account/index.js";
import {startFlexService} from "../sim/flex/service.js";
import type {DemoHouse, DemoRequest} from "./demo.js";

const {now, token} = workerData as DemoRequest; // as demo.ts hands it over
const books = demoBooks({now: new Date(now)});
const index = demoIndex(books);
const last = books.days[books.days.length - 1];

/** What IBKR knew when it wrote the statements: first, before it restated one; then today. */
let generatedAt: string | undefined;
parentPort?.on("message", (instant: string | undefined) => (generatedAt = instant));

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
