/** The thread that reads the lake: catalog, questions, and the figures of Markets, kept until the lake changes. */
import {setTimeout as sleep} from "node:timers/promises";
import {parentPort, workerData} from "node:worker_threads";
import {formatDatasetId, type DatasetId, type Layer} from "../lib/lake/dataset.js";
import type {LakeQuery} from "../lib/lake/query.js";
import type {LakeWanted} from "../lib/ledger/lake/lake-rows.js";
import type {Watchlist} from "../lib/market/watchlist.js";
import {openLake} from "./lake/lake.js";
import {LakeError, type AnswerFormat} from "./lake/port.js";
import {readLedgerRows} from "./ledger-rows.js";
import {createMarketFigures, type MarketQuestion} from "./market-figures.js";
import {readMeetings} from "./meetings.js";
import {serveThread, type CallTools} from "./thread.js";
import {VENDORS} from "./vendors/index.js";

/** What the thread is started with. */
export interface LakeThreadData {
  dir: string;
  /** The person's own list of central banks' meetings; it need not be there. */
  meetingsFile: string;
}

const WATCH_MS = 1000;

const {dir, meetingsFile} = workerData as LakeThreadData; // as createThread hands it over
const now = () => new Date();
const lake = openLake(dir, {now, vendors: VENDORS});
const figures = createMarketFigures({lake, now, meetings: () => readMeetings(meetingsFile).edits});

const calls = {
  version: () => lake.version(),
  /** Tells each new version until it is cancelled. */
  async watch(_: object, {tell, signal}: CallTools<number>): Promise<void> {
    for (
      let known = lake.version();
      !signal.aborted;
      await sleep(WATCH_MS, undefined, {ref: false, signal})
    ) {
      const version = lake.version();
      if (version !== known) tell((known = version));
    }
  },
  catalog: () => lake.catalog(),
  storage: () => lake.storage(),
  async symbols({layer, id}: {layer: Layer; id: DatasetId}) {
    check(layer, id);
    return lake.symbols(layer, id);
  },
  problems: ({dataset}: {dataset?: string}) => lake.problems(dataset),
  async query({query, format}: {query: LakeQuery; format: AnswerFormat}) {
    check(query.layer, query.id);
    const version = lake.version();
    return {...(await lake.queryBytes(query, format)), version};
  },
  async partsOf({layer, id}: {layer: Layer; id: DatasetId}) {
    check(layer, id);
    return lake.partsOf(layer, id);
  },
  async readPart({layer, id, sha256}: {layer: Layer; id: DatasetId; sha256: string}) {
    check(layer, id);
    return lake.readPart(layer, id, sha256);
  },
  tracked: () => lake.tracked(),
  pull: ({id}: {id: string}) => lake.pull(id),
  pulls: () => lake.pulls(),
  watchlists: () => lake.watchlists(),
  setWatchlists: ({lists}: {lists: readonly Watchlist[]}) => lake.setWatchlists(lists),
  ledgerRows: (wanted: LakeWanted) => readLedgerRows(lake, wanted),
  meetingsProblem: () => readMeetings(meetingsFile).problem,
  view: (question: MarketQuestion) => figures.view(question),
  async series() {
    const version = lake.version();
    return {bytes: await figures.series(), version};
  }
};

function check(layer: Layer, id: DatasetId): void {
  if (lake.has(layer, id)) return;
  const name = formatDatasetId(id);
  throw new LakeError(
    "no-such-dataset",
    `there is no dataset ${name} in ${layer}: /api/data/catalog lists them`
  );
}

export type LakeCalls = typeof calls;

serveThread(parentPort!, calls); // this file is a thread's
