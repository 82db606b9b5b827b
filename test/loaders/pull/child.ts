/** A pull in a process of its own, to be killed: the folder, the addresses of the stand-ins, the asks, as JSON. */
import {randomUUID} from "node:crypto";
import {openLake} from "../../../loaders/lake/lake.js";
import {runPull} from "../../../loaders/pull/run.js";
import {createSources} from "../../../loaders/sources.js";
import {VENDORS} from "../../../loaders/vendors/index.js";
import type {PullAsk} from "../../../lib/lake/pull.js";

const {dir, urls, asks, at} = JSON.parse(process.argv[2]) as {
  dir: string;
  urls: Record<string, string>;
  asks: PullAsk[];
  at: string;
};
const now = () => new Date(at);
const lake = openLake(dir, {now, vendors: VENDORS});
const sources = createSources({urls, keys: {}}, {now, keepReply: (reply) => lake.keepReply(reply)});
const signal = new AbortController().signal;
await runPull(
  {id: randomUUID(), what: "symbols", asks},
  {lake, sources, now, signal, onProgress: () => undefined, writeEveryMs: 0}
);
lake.close();
