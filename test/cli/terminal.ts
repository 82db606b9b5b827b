/** What the tests of the command line share: the real program in a process of its own, on a folder of its own. */
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import Database from "better-sqlite3";
import {afterAll, beforeAll, onTestFinished} from "vitest";
import {childEnvironment, root, settings} from "../../config.js";

export const node = join(root, "node_modules/.bin/node");
export const program = ["cli/tearsheet.js"];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What stdout holds, as JSON. */
  json: () => any; // oxlint-disable-line typescript/no-explicit-any -- tests say what they expect in it
}

export type Settings = Record<string, string>;

/** Returns a folder that goes when the test is finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tearsheet-cli-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}

/** Returns an environment in which the settings are the given ones alone: neither `.env` nor the caller's count. */
export function environment(given: Settings): NodeJS.ProcessEnv {
  const names = settings().flatMap(({name, secret}) => (secret ? [name, `${name}_FILE`] : [name]));
  const none = Object.fromEntries(names.map((name) => [name, ""]));
  return childEnvironment({...none, TZ: "UTC", ...given});
}

/** Starts `tearsheet` with the words; ends with the test, if not before. */
export function begin(words: readonly string[], given: Settings): ChildProcess {
  const child = spawn(node, [...program, ...words], {cwd: root, env: environment(given)});
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone; // its folder goes next
  });
  return child;
}

/** Runs `tearsheet` with the words to its end. */
export async function tearsheet(words: readonly string[], given: Settings): Promise<Ended> {
  return ended(begin(words, given));
}

/** Returns what came of a process, once it has ended. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const closed = new Promise<number | null>((done, fail) =>
    child.once("error", fail).once("close", (code) => done(code))
  );
  const [stdout, stderr, code] = await Promise.all([text(child.stdout!), text(child.stderr!), closed]); // piped by spawn
  return {code, stdout, stderr, json: () => JSON.parse(stdout)};
}

/** A desk in a folder of its own. */
export interface Desk {
  folder: string;
  database: string;
  /** Runs `tearsheet` on this desk. */
  run: (words: readonly string[], given?: Settings) => Promise<Ended>;
  begin: (words: readonly string[], given?: Settings) => ChildProcess;
  /** Writes a file beside the store and returns its path. */
  write: (name: string, content: string | Uint8Array) => string;
}

/** Returns a desk without a store, that goes when the test is finished. */
export function desk(): Desk {
  const folder = temporaryFolder();
  const own = {DATA_DIR: join(folder, "var"), LAKE_DIR: join(folder, "lake")};
  return {
    folder,
    database: join(own.DATA_DIR, "tearsheet.db"),
    run: (words, given = {}) => tearsheet(words, {...own, ...given}),
    begin: (words, given = {}) => begin(words, {...own, ...given}),
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    }
  };
}

/** Imports the invented statement once for all tests of a file; returns what makes a desk with a copy of that store. */
export function filledDesks(): () => Desk {
  const first = mkdtempSync(join(tmpdir(), "tearsheet-cli-"));
  beforeAll(async () => {
    const child = spawn(node, [...program, "import", ACTIVITY], {
      cwd: root,
      env: environment({DATA_DIR: first})
    });
    const {code, stderr} = await ended(child);
    if (code !== 0) throw new Error(stderr);
  }, 60_000);
  afterAll(() => rmSync(first, {recursive: true, force: true, maxRetries: 5}));
  return () => {
    const filled = desk();
    mkdirSync(join(filled.folder, "var"), {mode: 0o700});
    copyFileSync(join(first, "tearsheet.db"), filled.database);
    return filled;
  };
}

/** Returns all that is in a store as text, but what jobs keep for themselves. */
export function dump(database: string): string {
  const db = new Database(database, {readonly: true});
  try {
    const tables = db
      .prepare<[], string>(
        "select name from sqlite_schema where type = 'table' and name <> 'app_state' order by name"
      )
      .pluck()
      .all();
    return tables
      .map((table) => `${table}\n${JSON.stringify(db.prepare(`select * from "${table}"`).all())}`)
      .join("\n");
  } finally {
    db.close();
  }
}

/** An invented statement: see test/data/README.md. */
export const ACTIVITY = "test/data/flex/activity.xml";
export const RESTATED = "test/data/flex/activity-restated.xml";
