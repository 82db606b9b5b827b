import {readFileSync} from "node:fs";
import {delimiter, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {Cron} from "croner";
import {parse} from "dotenv";
import {z} from "zod";
import {isZone} from "./lib/time/zone.js";

/** The folder that holds the tree: relative paths among the settings start here, wherever a command is called. */
export const root = import.meta.dirname;

/** What Node is started with, in a process or a thread, to run this tree's TypeScript. */
export const typescript = ["--import", pathToFileURL(join(root, "register.js")).href];

const sqlite = "sqlite:///";
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const list = (text: string) => [...new Set(text.split(/[\s,]+/).filter((item) => item !== ""))];
const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

const text = z.string().trim();
const flag = text.toLowerCase().pipe(z.enum(["true", "false"], "must be true or false"));
const port = text
  .regex(/^\d{1,5}$/, "must be a port, 0 to 65535")
  .transform(Number)
  .refine((value) => value < 65536, "must be a port, 0 to 65535");

/** What a setting is called, its meaning in one line, and whether `NAME_FILE` may hold it instead. */
const about = (description: string, {secret = false} = {}) => ({description, secret});

/** An address that is called: https, or on this machine; without trailing slash. */
const address = (message: string) =>
  text
    .refine((value) => {
      const url = URL.parse(value);
      return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
    }, message)
    .transform((value) => value.replace(/\/+$/, ""));
const vendorAddress = (fallback: string, what: string) =>
  address("must be an https address, or http on this machine")
    .prefault(fallback)
    .meta(about(`where ${what} answers`));

const Settings = z.object({
  BIND: text
    .refine(
      isLoopback,
      "must be a loopback address (127.0.0.1, ::1 or localhost): there are no users and passwords yet"
    )
    .prefault("127.0.0.1")
    .meta(about("address the bridge listens on")),
  PORT: port.prefault("8765").meta(about("port the bridge listens on; 0 takes a free one")),
  DATA_DIR: text
    .prefault("./var")
    .meta(about("folder for database, backups and token; only its owner may read it")),
  LAKE_DIR: text.prefault("./data_lake").meta(about("folder for the Parquet lake")),
  DB_URL: text
    .regex(/^sqlite:\/\/\/[^?#]+$/, "must be sqlite:///FILE, the one kind of database there is yet")
    .optional()
    .meta(about("database, sqlite:///FILE; when not given, tearsheet.db in DATA_DIR", {secret: true})),
  FLEX_TOKEN: text
    .regex(/^\d+$/, "must be digits only, as the Flex Web Service page of IBKR's portal shows it")
    .optional()
    .meta(about("token of IBKR's Flex Web Service; without one nothing is fetched", {secret: true})),
  FLEX_QUERY_IDS: text
    .transform(list)
    .refine(
      (ids) => ids.every((id) => /^\d+$/.test(id)),
      "must be query ids, digits only, with commas between"
    )
    .prefault("")
    .meta(about("ids of the Flex queries to fetch, with commas between")),
  FLEX_URL: address("must be an https address: the token travels in it")
    .prefault("https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService")
    .meta(about("where the Flex Web Service answers")),
  FLEX_PULL_TIME: text
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, 00:00 to 23:59")
    .prefault("06:30")
    .meta(about("time of day at which statements are fetched")),
  FLEX_PULL_ZONE: text
    .refine(isZone, "must be a time zone such as America/New_York")
    .prefault("America/New_York")
    .meta(about("time zone of FLEX_PULL_TIME")),
  FLEX_PULL_DAYS: text
    .toLowerCase()
    .transform(list)
    .pipe(z.array(z.enum(days, `must be days among ${days.join(",")}`)).min(1, "must name a day at least"))
    .prefault("tue,wed,thu,fri,sat")
    .meta(about("days on which statements are fetched")),
  POLYGON_API_KEY: text
    .regex(/^[A-Za-z0-9_-]{16,64}$/, "must be a key as Polygon's (Massive's) dashboard shows it")
    .optional()
    .meta(about("key of Polygon (Massive); without one nothing is asked of it", {secret: true})),
  FRED_API_KEY: text
    .regex(/^[a-z0-9]{32}$/, "must be 32 lower-case letters and digits, as FRED's page of API keys shows it")
    .optional()
    .meta(about("key of the FRED API; without one use its keyless CSV, vendor fred-graph", {secret: true})),
  YAHOO_URL: vendorAddress("https://query1.finance.yahoo.com", "Yahoo Finance"),
  POLYGON_URL: vendorAddress("https://api.massive.com", "Polygon (Massive)"),
  BINANCE_URL: vendorAddress("https://api.binance.com", "Binance"),
  STOOQ_URL: vendorAddress("https://stooq.com", "Stooq"),
  ECB_URL: vendorAddress("https://data-api.ecb.europa.eu", "the European Central Bank"),
  FRED_URL: vendorAddress("https://api.stlouisfed.org", "the FRED API"),
  FRED_GRAPH_URL: vendorAddress("https://fred.stlouisfed.org", "FRED's keyless CSV"),
  TREASURY_URL: vendorAddress("https://home.treasury.gov", "the US Treasury"),
  NEW_YORK_FED_URL: vendorAddress("https://markets.newyorkfed.org", "the New York Fed"),
  LAKE_UPDATE_CRON: text
    .refine(isCron, "must be five fields of cron, minute hour day month weekday, such as 0 22 * * 1-5")
    .optional()
    .meta(
      about("when the desk pulls what is new of all that was pulled before; when not given, only when asked")
    ),
  LAKE_UPDATE_ZONE: text
    .refine(isZone, "must be a time zone such as America/New_York")
    .prefault("America/New_York")
    .meta(about("time zone of LAKE_UPDATE_CRON")),
  LOG_FORMAT: z
    .enum(["text", "json"], "must be text or json")
    .prefault("text")
    .meta(about("form of the log")),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be trace, debug, info, warn, error, fatal or silent"
    )
    .prefault("info")
    .meta(about("least weight of a line in the log: trace, debug, info, warn, error, fatal, silent")),
  TRADING_MODE: z
    .enum(["paper", "ibkr-paper", "live"], "must be paper, ibkr-paper or live")
    .prefault("paper")
    .meta(about("where orders go: paper (built in), ibkr-paper, live")),
  KILL_SWITCH: flag
    .transform((value) => value === "true")
    .prefault("false")
    .meta(about("true stops every order")),
  IBKR_HOST: text
    .min(1, "must be a host name")
    .prefault("127.0.0.1")
    .meta(about("host of TWS or IB Gateway")),
  IBKR_PORT: port.prefault("7497").meta(about("port of TWS (7497 paper, 7496 live) or Gateway (4002, 4001)")),
  IBKR_CLIENT_ID: text
    .regex(/^\d{1,9}$/, "must be a whole number from 0")
    .transform(Number)
    .prefault("1")
    .meta(about("client id at TWS or Gateway; no other program may use it")),
  IBKR_MARKET_DATA_LINES: text
    .regex(/^[1-9]\d{0,3}$/, "must be a whole number from 1 to 9999")
    .transform(Number)
    .prefault("100")
    .meta(about("market-data lines of the account: quotes that may be open at once")),
  SNAPSHOT_ACCOUNTS: text
    .transform(list)
    .prefault("")
    .meta(about("accounts that npm run build puts into the site, with commas between; none: the demo only")),
  CHROMIUM_PATH: text.optional().meta(about("Chromium for the tests; when not given, one is looked for"))
});

const Rules = Settings.refine(
  ({TRADING_MODE, IBKR_PORT}) => TRADING_MODE !== "ibkr-paper" || IBKR_PORT === 7497 || IBKR_PORT === 4002,
  {path: ["IBKR_PORT"], error: "must be 7497 or 4002 when TRADING_MODE is ibkr-paper"}
);

/** The settings as the program uses them: paths absolute, DB_URL always there. */
export type Config = z.infer<typeof Settings> & {DB_URL: string};
type Name = keyof Config;
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every wrong setting at once, a sentence each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`wrong settings, see .env.example:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/** Reads the environment as `loadConfig` takes it: what `.env` says, under the process's own. */
export function readEnvironment({file = join(root, ".env")} = {}): Environment {
  return {...readDotenv(file), ...process.env};
}

/** Returns the environment for a child process: the tree's own programs first, `extra` over all. */
export function childEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const PATH = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  return {...process.env, PATH, ...extra};
}

function readDotenv(file: string): Environment {
  try {
    return parse(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigError([`.env cannot be read: ${(error as Error).message}`]);
  }
}

/** Checks the settings in `env`; an empty value is one not given. Throws a ConfigError that tells all that is wrong. */
export function loadConfig(
  env: Environment,
  {cwd = root, readFile = (file: string) => readFileSync(file, "utf8")} = {}
): Readonly<Config> {
  const problems: string[] = [];
  const given: Partial<Record<Name, string>> = {};
  for (const {name, secret} of settings()) {
    const value = env[name] || undefined;
    const file = (secret && env[`${name}_FILE`]) || undefined;
    if (value !== undefined && file !== undefined)
      problems.push(`${name} and ${name}_FILE are both given: keep one`);
    else if (file !== undefined) {
      try {
        given[name] = readFile(resolve(cwd, file)).trim();
      } catch (error) {
        problems.push(`${name}_FILE cannot be read: ${(error as Error).message}`);
      }
    } else if (value !== undefined) given[name] = value;
  }
  const parsed = Rules.safeParse(given);
  for (const {path, message} of parsed.error?.issues ?? []) {
    const {name, secret} = settings().find((setting) => setting.name === path[0])!; // every issue has its setting's name
    problems.push(`${name}${secret ? "" : `=${given[name] ?? ""}`} ${message}`);
  }
  if (!parsed.success || problems.length) throw new ConfigError([...new Set(problems)]);
  const {DATA_DIR, LAKE_DIR, DB_URL = `${sqlite}${join(DATA_DIR, "tearsheet.db")}`} = parsed.data;
  return Object.freeze({
    ...parsed.data,
    DATA_DIR: resolve(cwd, DATA_DIR),
    LAKE_DIR: resolve(cwd, LAKE_DIR),
    DB_URL: `${sqlite}${resolve(cwd, DB_URL.slice(sqlite.length))}`
  });
}

export interface Setting {
  name: Name;
  /** As it would stand in `.env`; empty when there is none. */
  fallback: string;
  meaning: string;
  /** Whether `NAME_FILE` may name a file that holds it. */
  secret: boolean;
}

/** Lists the settings in their order, for `.env.example`, the README and the terminal. */
export function settings(): Setting[] {
  return Object.entries(Settings.shape).map(([name, schema]) => {
    const {description, secret} = schema.meta() as ReturnType<typeof about>; // each field above has it
    return {
      name: name as Name, // keys of the shape
      fallback: schema.def.type === "prefault" ? String(schema.def.defaultValue) : "",
      meaning: description,
      secret
    };
  });
}

function isCron(pattern: string): boolean {
  try {
    return new Cron(pattern, {paused: true, mode: "5-part"}).nextRun() !== null;
  } catch {
    return false;
  }
}
