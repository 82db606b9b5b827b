import {join} from "node:path";
import {createFigureWorker} from "../bridge/jobs/figures.js";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {Jobs} from "../bridge/jobs/jobs.js";
import {createAnnouncer} from "../bridge/live/announcer.js";
import {createLog} from "../bridge/log.js";
import {createBridge} from "../bridge/server.js";
import type {ComponentHealth, Flex, Mode, Services} from "../bridge/services.js";
import {openStore, type Store} from "../bridge/store/open.js";
import {readFiles} from "../bridge/store/read.js";
import type {Config} from "../config.js";
import {runWhenDue} from "../loaders/flex/watch.js";
import {dist, buildSite, previewSite, siteIsFresh} from "../scripts/site.js";
import {demoDir, demoUrl, startDemo, type Demo} from "./demo.js";
import {flexJob, flexService, type FlexSettings} from "./flex.js";
import {note} from "./output.js";
import {readSectors} from "./sectors.js";
import {VERSION} from "./version.js";

/** Where the preview answers in development; the bridge stands in front of it. */
const PREVIEW_PORT = 8766;

/** One store that can be shown, and what works on it. */
interface Room {
  store: Store;
  pool: ImportPool;
  figures: ReturnType<typeof createFigureWorker>;
  flex: Flex;
  /** Data that failed, as a sentence each. */
  failures: () => readonly string[];
  stop: () => Promise<void>;
}

/** `tearsheet start`: the bridge at once, then the demo account or the person's own, and the pages. */
export async function start(config: Config, {json, dev}: {json?: true; dev?: true} = {}): Promise<void> {
  const now = () => new Date();
  const log = createLog({format: config.LOG_FORMAT, level: config.LOG_LEVEL, secrets: [config.FLEX_TOKEN]});
  const tell = (message: string, fields: Record<string, unknown> = {}) => log.info(fields, message);
  const announcements = createAnnouncer();
  const jobs = new Jobs({now, announce: (job) => announcements.announce({type: "job", job})});
  const ending = new AbortController();

  const own = await openStore({url: config.DB_URL, log: {info: tell}});
  let mode: Mode = readFiles(own).length ? "real" : "demo";
  let step = "starting";
  let ready = false;
  let demo: Demo | undefined;
  const rooms = new Map<Mode, Room>();

  const openRoom = (
    which: Mode,
    store: Store,
    pool: ImportPool,
    url: string,
    settings: FlexSettings
  ): Room => {
    const folder = which === "demo" ? demoDir(config) : config.DATA_DIR;
    const job = flexJob(settings, {store, pool, now, log: tell});
    let failed: string | null = null;
    const room: Room = {
      store,
      pool,
      flex: flexService(job, {store, pool, now, log: tell}, jobs),
      failures: () =>
        [failed, readSectors(join(folder, "sectors.csv")).problem].filter((sentence) => sentence !== null),
      figures: createFigureWorker({
        url,
        context: () => ({
          now: now().toISOString(),
          mode: which,
          sectors: readSectors(join(folder, "sectors.csv")).sectors,
          failures: room.failures(),
          benchmark: which === "demo" ? (demo?.house.index.name ?? null) : null
        })
      }),
      async stop() {
        await room.figures.close();
        unwatch();
      }
    };
    const unwatch = store.watch((version) => {
      if (which === "real" && mode === "demo" && readFiles(store).length) {
        mode = "real";
        ready = true;
        announcements.announce({type: "mode", mode, version});
      }
      if (which === mode) announcements.announce({type: "import", version, accounts: accountsOf(store)});
    });
    if (which === "real" && settings.token && settings.queryIds.length) {
      const run = async (signal: AbortSignal) => {
        const {ok, message} = await job.run(signal);
        failed = ok ? null : message;
      };
      void runWhenDue({due: () => job.due(), run, signal: ending.signal, log: tell});
    }
    rooms.set(which, room);
    return room;
  };

  const real = openRoom("real", own, new ImportPool(config.DB_URL), config.DB_URL, {
    url: config.FLEX_URL,
    token: config.FLEX_TOKEN,
    queryIds: config.FLEX_QUERY_IDS,
    schedule: scheduleOf(config)
  });
  const shown = () => rooms.get(mode) ?? real;

  const services: Services = {
    version: VERSION,
    trading: config.TRADING_MODE,
    status: () => ({mode, ready, step, version: shown().store.version()}),
    figures: {
      view: (name, query) => shown().figures.view(name, query),
      table: (name, query) => shown().figures.table(name, query)
    },
    imports: {
      add: async (source, {name, ...options}) => real.pool.importFile({name, stream: source}, options),
      undo: async (sha256) => shown().pool.undo(sha256)
    },
    get flex() {
      return shown().flex;
    },
    jobs,
    announcements,
    health: async () => health(shown(), mode)
  };

  const preview = dev ? previewSite(PREVIEW_PORT, {log: tell, signal: ending.signal}) : undefined;
  const bridge = createBridge({
    config,
    services,
    site: dev ? {previewUrl: `http://127.0.0.1:${PREVIEW_PORT}`} : {dir: dist},
    log,
    now
  });
  const {url, startUrl} = await bridge.listen();
  if (json) process.stdout.write(`${JSON.stringify({url, token: bridge.token})}\n`);
  note(`\n  Tearsheet ${VERSION} is at ${startUrl}\n`);

  const stop = async () => {
    ending.abort();
    preview?.kill();
    await bridge.close();
    await jobs.close();
    for (const room of rooms.values()) await room.stop();
    await real.pool.close();
    await demo?.close();
    own.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

  const say = (sentence: string) => {
    step = sentence;
    log.info(sentence);
  };
  if (mode === "demo") {
    demo = await startDemo({config, now, log: (message) => log.debug(message), step: say});
    openRoom("demo", demo.store, demo.pool, demoUrl(config), demo.flex);
  }
  if (!dev && !(await siteIsFresh())) {
    say("building the pages");
    await buildSite({log: (line) => log.debug(line), signal: ending.signal});
  }
  ready = true;
  say("ready");
  announcements.announce({type: "mode", mode, version: shown().store.version()});
  note(
    `  ready: ${mode === "demo" ? "demo data, until you import a statement of your own" : "your own account"}\n`
  );
}

function accountsOf(store: Store): string[] {
  return [...new Set(readFiles(store).flatMap(({accounts}) => accounts))];
}

const WEEKDAYS = {mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7};

function scheduleOf({FLEX_PULL_TIME, FLEX_PULL_ZONE, FLEX_PULL_DAYS}: Config) {
  return {time: FLEX_PULL_TIME, zone: FLEX_PULL_ZONE, weekdays: FLEX_PULL_DAYS.map((day) => WEEKDAYS[day])};
}

async function health({store, flex}: Room, mode: Mode): Promise<ComponentHealth[]> {
  const files = readFiles(store).length;
  const {configured, message, queries} = await flex.status();
  const failed = queries.some(({lastPull}) => lastPull?.ok === false);
  return [
    {name: "store", status: "ok", message: `${files} files, ${mode} data`},
    {name: "flex", status: configured ? (failed ? "degraded" : "ok") : "off", message}
  ];
}
