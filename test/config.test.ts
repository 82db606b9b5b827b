import {globSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {type Config, ConfigError, loadConfig, readEnvironment, root} from "../config.js";
import {envExample, withSettingsTable} from "../scripts/settings.js";

const read = (file: string) => readFileSync(join(root, file), "utf8");

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

it("loadConfig({}) gives the defaults, with paths from the tree's root", () => {
  const config = loadConfig({}, {cwd: "/home/me/tearsheet"});
  expect(config).toMatchObject({
    BIND: "127.0.0.1",
    PORT: 8765,
    DATA_DIR: "/home/me/tearsheet/var",
    LAKE_DIR: "/home/me/tearsheet/data_lake",
    FLEX_QUERY_IDS: [],
    FLEX_PULL_DAYS: ["tue", "wed", "thu", "fri", "sat"],
    TRADING_MODE: "paper",
    KILL_SWITCH: false
  } satisfies Partial<Config>);
  expect(config.FLEX_TOKEN).toBeUndefined();
  expect(config.DB_URL).toBe("sqlite:////home/me/tearsheet/var/tearsheet.db");
});

it("loadConfig(env) is frozen", () => {
  expect(Object.isFrozen(loadConfig({}))).toBe(true);
});

it("loadConfig(env) takes an empty value as one not given", () => {
  expect(loadConfig({PORT: "", FLEX_TOKEN: ""})).toEqual(loadConfig({}));
});

it("loadConfig(env) puts the database where DATA_DIR or DB_URL says", () => {
  expect(loadConfig({DATA_DIR: "/data"}).DB_URL).toBe("sqlite:////data/tearsheet.db");
  expect(loadConfig({DB_URL: "sqlite:///./my.db"}, {cwd: "/home"}).DB_URL).toBe("sqlite:////home/my.db");
  expect(loadConfig({DB_URL: "sqlite:////srv/my.db"}).DB_URL).toBe("sqlite:////srv/my.db");
});

it("loadConfig(env) reads lists with commas or spaces between", () => {
  const {FLEX_QUERY_IDS, FLEX_PULL_DAYS} = loadConfig({
    FLEX_QUERY_IDS: "12, 34 12",
    FLEX_PULL_DAYS: "Mon,FRI"
  });
  expect(FLEX_QUERY_IDS).toEqual(["12", "34"]);
  expect(FLEX_PULL_DAYS).toEqual(["mon", "fri"]);
});

it("loadConfig(env) reads a secret from the file that NAME_FILE names", () => {
  const files = new Map([["/run/token", "123456\n"]]);
  const readFile = (file: string) => files.get(file)!;
  expect(loadConfig({FLEX_TOKEN_FILE: "/run/token"}, {readFile}).FLEX_TOKEN).toBe("123456");
});

it("loadConfig(env) tells all wrong settings at once, and no secret", () => {
  const told = problems({BIND: "0.0.0.0", PORT: "70000", FLEX_TOKEN: "se cret", LOG_FORMAT: "xml"});
  expect(told).toEqual([
    "BIND=0.0.0.0 must be a loopback address (127.0.0.1, ::1 or localhost): there are no users and passwords yet",
    "PORT=70000 must be a port, 0 to 65535",
    "FLEX_TOKEN must be digits only, as the Flex Web Service page of IBKR's portal shows it",
    "LOG_FORMAT=xml must be text or json"
  ]);
});

it("loadConfig(env) refuses each value that would fail later", () => {
  expect(problems({FLEX_TOKEN: "1", FLEX_TOKEN_FILE: "/x"})).toEqual([
    "FLEX_TOKEN and FLEX_TOKEN_FILE are both given: keep one"
  ]);
  expect(problems({FLEX_TOKEN_FILE: "/nowhere/token"})).toEqual([
    "FLEX_TOKEN_FILE cannot be read: ENOENT: no such file or directory, open '/nowhere/token'"
  ]);
  for (const [name, value] of Object.entries({
    DB_URL: "postgres://me:secret@host/db",
    FLEX_URL: "http://example.com",
    FLEX_QUERY_IDS: "abc",
    FLEX_PULL_TIME: "24:00",
    FLEX_PULL_ZONE: "Mars/Olympus",
    FLEX_PULL_DAYS: "tue-sat",
    TRADING_MODE: "yolo",
    KILL_SWITCH: "yes",
    IBKR_PORT: "-1",
    IBKR_CLIENT_ID: "1.5"
  })) {
    expect(problems({[name]: value}), name).toHaveLength(1);
  }
});

it("loadConfig(env) lets ibkr-paper speak to a paper port only", () => {
  expect(problems({TRADING_MODE: "ibkr-paper", IBKR_PORT: "7496"})).toEqual([
    "IBKR_PORT=7496 must be 7497 or 4002 when TRADING_MODE is ibkr-paper"
  ]);
  expect(loadConfig({TRADING_MODE: "ibkr-paper"}).IBKR_PORT).toBe(7497);
});

it("readEnvironment({file}) is the environment alone when there is no .env", () => {
  expect(readEnvironment({file: "/nowhere/.env"})).toEqual({...process.env});
});

it(".env.example tells each setting, its default and its meaning", () => {
  expect(read(".env.example")).toBe(envExample());
});

it("README.md has the table of settings", () => {
  const readme = read("README.md");
  expect(withSettingsTable(readme)).toBe(readme);
});

it("nothing but config.ts and test/long.ts reads the environment", () => {
  const files = globSync("{lib,loaders,bridge,cli,src,sim,scripts,bench,test}/**/*.ts", {
    cwd: root,
    exclude: ["src/lib/**", "src/.observablehq/**", "test/config.test.ts", "test/long.ts"]
  });
  expect(files.filter((file) => read(file).includes("process.env"))).toEqual([]);
});
