import {join} from "node:path";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {Jobs} from "../bridge/jobs/jobs.js";
import {createTaskDesk} from "../bridge/jobs/task-desk.js";
import {createTaskPool} from "../bridge/jobs/task-pool.js";
import {createAnnouncer} from "../bridge/live/announcer.js";
import {openKeptRuns} from "../bridge/execution/kept-runs.js";
import {LiveRoom} from "../bridge/live/room.js";
import {createLog} from "../bridge/log.js";
import {Problem} from "../bridge/problem.js";
import {createBridge} from "../bridge/server.js";
import type {Mode, Services} from "../bridge/services.js";
import {openStore, type Store} from "../bridge/store/open.js";
import {readFiles} from "../bridge/store/read.js";
import {removeTag, writeRules, writeTag} from "../bridge/store/tags.js";
import type {Config} from "../config.js";
import {buildSite, dist, previewSite, siteIsFresh} from "../scripts/site.js";
import {startDemo, type Demo} from "./demo.js";
import {demoDeskDir, demoDir, demoUrl} from "./demo-place.js";
import {flexSettings} from "./flex.js";
import {LAKE_JOBS, lakeSettings, openLakeRoom, type LakePlace} from "./lake.js";
import {updateSchedule} from "./lake-schedule.js";
import {note} from "./output.js";
import {openRoom, type Room, type RoomOptions} from "./room.js";
import {VERSION} from "./version.js";

/** Where the preview answers in development; the bridge stands in front of it. */
const PREVIEW_PORT = 8766;

/** `tearsheet start`: the bridge at once, then the demo account or the person's own, and the pages. */
export async function start(config: Config, {json, dev}: {json?: true; dev?: true} = {}): Promise<void> {
  const now = () => new Date();
  const log = createLog({
    format: config.LOG_FORMAT,
    level: config.LOG_LEVEL,
    secrets: [config.FLEX_TOKEN, config.POLYGON_API_KEY, config.FRED_API_KEY]
  });
  const tell = (message: string, fields: Record<string, unknown> = {}) => log.info(fields, message);
  const announcements = createAnnouncer();
  const jobs = new Jobs({now, announce: (job) => announcements.announce({type: "job", job})});
  const tasks = createTaskPool();
  const ending = new AbortController();
  const rooms = new Map<Mode, Room>();
  const nothingMoves = new LiveRoom();
  let demo: Demo | undefined;
  let mode: Mode = "real"; // the stricter one, until the store says whether there is an account
  let step = "opening the store";
  let ready = false;
  let noDesk = "no broker is open yet: the desk is starting";

  const shown = (): Room => {
    const room = rooms.get(mode) ?? rooms.get("real");
    if (!room) throw new Problem(503, "starting", `the desk is starting: ${step}`);
    return room;
  };
  const services: Services = {
    version: VERSION,
    get tradingMode() {
      return mode === "demo" ? "paper" : config.TRADING_MODE;
    },
    status: () => ({mode, ready, step, version: rooms.size ? shown().store.version() : 0}),
    figures: {
      view: (name, query) => shown().figures.view(name, query),
      table: (name, query) => shown().figures.table(name, query)
    },
    imports: {
      async add(source, {name, ...options}) {
        const {pool} = rooms.get("real") ?? shown();
        return pool.importFile({name, stream: source}, options);
      },
      undo: async (sha256) => shown().pool.undo(sha256),
      export: async () => shown().pool.export(),
      restore: async (stream, signal) => (rooms.get("real") ?? shown()).pool.restore(stream, {signal})
    },
    tags: {
      put: (entry) => writeTag(shown().store, entry),
      remove: (target) => removeTag(shown().store, target),
      rules: (rules) => writeRules(shown().store, rules)
    },
    get live() {
      return (rooms.get(mode) ?? rooms.get("real"))?.live ?? nothingMoves;
    },
    get flex() {
      return shown().flex;
    },
    get lake() {
      return shown().lake.desk;
    },
    get markets() {
      return shown().lake.markets;
    },
    get trading() {
      const desk = rooms.size ? shown().desk : null;
      if (!desk) throw new Problem(503, "no-broker", noDesk);
      return desk.trading;
    },
    strategyRuns: openKeptRuns(join(config.DATA_DIR, "runs"), join(config.DATA_DIR, "orders.db")),
    tasks: createTaskDesk({pool: tasks, jobs, store: () => shown().store, now}),
    jobs,
    announcements,
    health: async () => (rooms.size ? shown().health() : [])
  };
  const bridge = createBridge({
    config,
    services,
    site: dev ? {previewUrl: `http://127.0.0.1:${PREVIEW_PORT}`} : {dir: dist},
    log,
    now
  });

  const onCommit = (room: Room, version: number) => {
    if (room.mode === "real" && mode === "demo" && readFiles(room.store).length) {
      mode = "real";
      for (const kind of ["flex", ...LAKE_JOBS]) jobs.drop(kind); // the demo's: what is the person's own goes elsewhere
      announcements.announce({type: "mode", mode, version});
      void rooms.get("demo")?.closeDesk();
      void openDesk();
    }
    if (room.mode !== mode) return;
    announcements.announce({type: "import", version, accounts: accountsOf(room.store)});
  };
  /** Opens the link to TWS, to the stand-in in the demo, and what trades; the pages do not wait for it. */
  const openDesk = async () => {
    const of = mode;
    try {
      const tws =
        of === "demo" && demo
          ? {host: "127.0.0.1", port: await demo.openTws(), clientId: 1}
          : {host: config.IBKR_HOST, port: config.IBKR_PORT, clientId: config.IBKR_CLIENT_ID};
      if (mode !== of || ending.signal.aborted) return;
      shown().openDesk({
        mode: services.tradingMode,
        isKilledBySetting: config.KILL_SWITCH,
        tws,
        lines: config.IBKR_MARKET_DATA_LINES,
        log
      });
    } catch (error) {
      noDesk = `the desk cannot trade: ${error instanceof Error ? error.message : String(error)}`;
      log.error({err: error}, noDesk);
    }
  };
  const open = (options: Omit<RoomOptions, "now" | "log" | "jobs" | "onCommit" | "signal">) => {
    rooms.set(options.mode, openRoom({...options, now, log: tell, jobs, onCommit, signal: ending.signal}));
  };
  const onLakeChange = (of: Mode) => (version: number) => {
    if (of === mode) announcements.announce({type: "lake", version});
  };
  const say = (sentence: string) => {
    step = sentence;
    log.info(sentence);
  };
  const close = async () => {
    ending.abort();
    await bridge.close();
    await jobs.close();
    tasks.close();
    for (const room of rooms.values()) await room.close();
    await demo?.stop();
  };

  const {url, startUrl} = await bridge.listen();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void close().finally(() => process.exit(0)));
  }
  if (json) process.stdout.write(`${JSON.stringify({url, token: bridge.token})}\n`);
  note(`\n  Tearsheet ${VERSION} is at ${startUrl}\n`);
  try {
    const store = await openStore({url: config.DB_URL, log: {info: say}});
    mode = readFiles(store).length ? "real" : "demo";
    open({
      mode: "real",
      store,
      pool: new ImportPool(config.DB_URL),
      url: config.DB_URL,
      folder: config.DATA_DIR,
      deskFolder: config.DATA_DIR,
      benchmark: null,
      flex: flexSettings(config),
      lake: openLakeRoom({
        place: lakeSettings(config),
        schedule: updateSchedule(config),
        log: tell,
        jobs,
        now,
        onChange: onLakeChange("real")
      })
    });
    if (dev) previewSite(PREVIEW_PORT, {log: tell, signal: ending.signal});
    if (mode === "demo") {
      const openLake = (place: LakePlace) => openLakeRoom({place, jobs, now, onChange: onLakeChange("demo")});
      demo = await startDemo({config, now, log: (message) => log.debug(message), step: say, openLake});
      const {store: demoStore, pool, flex, house, lake} = demo;
      open({
        mode: "demo",
        store: demoStore,
        pool,
        url: demoUrl(config),
        folder: demoDir(config),
        deskFolder: demoDeskDir(config),
        benchmark: house.index.name,
        flex,
        lake
      });
    }
    if (!dev && !(await siteIsFresh())) {
      say("building the pages");
      await buildSite({log: (line) => log.debug(line), signal: ending.signal});
    }
  } catch (error) {
    if (ending.signal.aborted) return;
    await close();
    throw error;
  }
  ready = true;
  say("ready");
  announcements.announce({type: "mode", mode, version: shown().store.version()});
  void openDesk();
  note(
    `  ready: ${mode === "demo" ? "demo data, until you import a statement of your own" : "your own account"}\n`
  );
}

function accountsOf(store: Store): string[] {
  return [...new Set(readFiles(store).flatMap(({accounts}) => accounts))];
}
