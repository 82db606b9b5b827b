import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {request as httpRequest, type IncomingHttpHeaders} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Readable} from "node:stream";
import {buffer} from "node:stream/consumers";
import {afterAll, onTestFinished} from "vitest";
import type {KeptStrategyRun, LivedStrategyRun} from "../../bridge/execution/kept-runs.js";
import {sentRules} from "../../bridge/execution/paper-run.js";
import {createFigureWorker} from "../../bridge/jobs/figures.js";
import {ImportPool} from "../../bridge/jobs/import-pool.js";
import {Jobs} from "../../bridge/jobs/jobs.js";
import {createTaskDesk} from "../../bridge/jobs/task-desk.js";
import {createTaskPool} from "../../bridge/jobs/task-pool.js";
import {createAnnouncer} from "../../bridge/live/announcer.js";
import {LiveRoom} from "../../bridge/live/room.js";
import {createLog} from "../../bridge/log.js";
import {Problem} from "../../bridge/problem.js";
import {createBridge, type Bridge} from "../../bridge/server.js";
import type {Services, Status} from "../../bridge/services.js";
import type {SiteOptions} from "../../bridge/site.js";
import {openStore} from "../../bridge/store/open.js";
import {removeTag, writeRules, writeTag} from "../../bridge/store/tags.js";
import {openLakeRoom} from "../../cli/lake.js";
import type {VendorSettings} from "../../loaders/sources.js";

/** A run of a strategy that has seen one bar. */
const KEPT: KeptStrategyRun = {
  run: "first",
  settings: {
    strategy: "momentum",
    parameters: {lookback: 1},
    account: "PAPER",
    symbols: [{symbol: "INVT", currency: "USD", conId: 11}],
    rules: sentRules(0.05),
    dryRun: false
  },
  fills: 0,
  last: 1_704_456_000_000
};
const LIVED: LivedStrategyRun = {
  ...KEPT,
  happenings: [
    {
      kind: "bars",
      time: 1_704_456_000_000,
      bars: [{time: 1_704_456_000_000, open: 1, high: 2, low: 1, close: 2, volume: NaN}],
      view: {equity: 1000, units: [0], rates: [1]}
    }
  ],
  commissions: {}
};

export interface TestBridge {
  bridge: Bridge;
  url: string;
  port: number;
  startUrl: string;
  token: string;
  services: Services;
  /** What the services say; tests change it. */
  status: Status;
  /** Every line of the log. */
  lines: string[];
  folder: string;
  /** A request as it goes over the wire: every header as given. */
  send: (path: string, options?: SendOptions) => Promise<Reply>;
}

export interface SendOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Shows the token as bearer. */
  bearer?: boolean;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  json: () => {[name: string]: unknown};
}

interface Options {
  folder?: string;
  status?: Partial<Status>;
  services?: Partial<Services>;
  /** Where vendors answer, and their keys. */
  vendors?: Partial<VendorSettings>;
  site?: SiteOptions;
  port?: number;
  bind?: string;
}

type AtEnd = (end: () => unknown) => void;

const withTest: AtEnd = (end) => onTestFinished(async () => void (await end()));

/** A bridge on a free port, on a real store in a folder of its own, that ends with the test. */
export function startBridge(options: Options = {}): Promise<TestBridge> {
  return start(options, withTest);
}

/** The same for all tests of a file, from the first on; call it in `beforeAll`. */
export async function keepBridge(options: Options = {}): Promise<TestBridge> {
  const endings: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });
  return start(options, (end) => void endings.push(end));
}

async function start(options: Options, atEnd: AtEnd): Promise<TestBridge> {
  const folder = options.folder ?? temporaryFolder(atEnd);
  const url = join(folder, "tearsheet.db");
  const store = await openStore({url});
  const pool = new ImportPool(url);
  const announcements = createAnnouncer();
  const now = () => new Date("2024-01-05T12:00:00Z");
  const status: Status = {
    mode: "demo",
    ready: true,
    step: "opening the store",
    version: 0,
    ...options.status
  };
  const figures = createFigureWorker({
    url,
    context: () => ({now: now().toISOString(), mode: status.mode, sectors: {}, failures: [], benchmark: null})
  });
  const jobs = new Jobs({now, announce: (job) => announcements.announce({type: "job", job: {...job}})});
  const tasks = createTaskPool({threads: 1});
  const lake = openLakeRoom({
    place: {
      dir: join(folder, "lake"),
      meetingsFile: join(folder, "meetings.csv"),
      urls: {},
      keys: {},
      ...options.vendors
    },
    jobs,
    now: () => new Date(),
    onChange: (version) => announcements.announce({type: "lake", version})
  });
  const services: Services = {
    version: "0.0.0",
    tradingMode: "paper",
    get trading(): never {
      throw new Problem(503, "no-broker", "no broker is open yet");
    },
    live: new LiveRoom(),
    status: () => ({...status, version: store.version()}),
    figures,
    imports: {
      add: (stream: Readable, {name, ...rest}) => pool.importFile({name, stream}, rest),
      undo: (sha256) => pool.undo(sha256),
      export: () => pool.export(),
      restore: (stream, signal) => pool.restore(stream, {signal})
    },
    tags: {
      put: (entry) => writeTag(store, entry),
      remove: (target) => removeTag(store, target),
      rules: (rules) => writeRules(store, rules)
    },
    flex: {
      status: async () => ({
        configured: false,
        message: "no Flex token",
        queries: [],
        nextPull: null,
        running: null,
        history: []
      }),
      fetch: (what) => jobs.start("flex", async () => ({message: `fetched what is ${what}`, result: null}))
    },
    lake: lake.desk,
    markets: lake.markets,
    strategyRuns: {list: () => [KEPT], read: (run) => (run === KEPT.run ? LIVED : undefined)},
    tasks: createTaskDesk({pool: tasks, jobs, store: () => store, now}),
    jobs,
    announcements,
    health: async () => [{name: "store", status: "ok", message: "open"}],
    ...options.services
  };
  const lines: string[] = [];
  const bridge = createBridge({
    config: {BIND: options.bind ?? "127.0.0.1", PORT: options.port ?? 0, DATA_DIR: folder},
    services,
    site: options.site ?? {dir: builtSite(folder)},
    log: createLog({format: "json", level: "debug", write: (line) => void lines.push(line)}),
    now
  });
  atEnd(async () => {
    if (bridge.server.listening) await bridge.close();
    await jobs.close();
    tasks.close();
    await Promise.all([figures.close(), pool.close(), lake.close()]);
    store.close();
  });
  const listening = await bridge.listen();
  return {
    bridge,
    ...listening,
    token: bridge.token,
    services,
    status,
    lines,
    folder,
    send: (path, sending = {}) => send(listening.port, path, bridge.token, sending)
  };
}

/** A folder that goes when the test is finished. */
export function temporaryFolder(atEnd: AtEnd = withTest): string {
  const folder = mkdtempSync(join(tmpdir(), "tearsheet-"));
  atEnd(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}

export const SCRIPT_HASH = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='";

function builtSite(folder: string): string {
  const dir = join(folder, "dist");
  mkdirSync(join(dir, "_file"), {recursive: true});
  writeFileSync(join(dir, "index.html"), "<!doctype html><title>Portfolio</title>");
  writeFileSync(join(dir, "positions.html"), "<!doctype html><title>Positions</title>");
  writeFileSync(join(dir, "_file/trades.parquet"), "PAR1");
  writeFileSync(join(dir, "csp.json"), JSON.stringify({policy: "", scripts: [SCRIPT_HASH]}));
  return dir;
}

function send(port: number, path: string, token: string, options: SendOptions): Promise<Reply> {
  const {method = "GET", headers = {}, body, bearer} = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        path,
        method,
        headers: {...(bearer && {Authorization: `Bearer ${token}`}), ...headers},
        agent: false
      },
      (response) => {
        buffer(response).then((body) => {
          const text = body.toString();
          const {statusCode: status = 0, headers: got} = response;
          resolve({status, headers: got, body, text, json: () => JSON.parse(text)});
        }, reject);
      }
    );
    request.on("error", reject);
    request.end(body);
  });
}
