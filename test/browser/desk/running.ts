import {spawn} from "node:child_process";
import {once} from "node:events";
import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {setTimeout} from "node:timers/promises";
import {demoDir} from "../../../cli/demo-place.js";
import {childEnvironment, loadConfig, readEnvironment, root} from "../../../config.js";

type DeskRequest = Omit<RequestInit, "headers"> & {headers?: Record<string, string>};

/** A desk in a process of its own, started as `npm start` does. */
export interface RunningDesk {
  url: string;
  token: string;
  /** The address that signs a browser in. */
  startUrl: string;
  /** From the start of the process to the first answer, in milliseconds. */
  answeredMs: number;
  /** What the page said that was shown while the desk was not ready. */
  waitingPage: string;
  /** Asks the API with the token; throws unless it answers 200. */
  get<T>(path: string): Promise<T>;
  send(path: string, init?: DeskRequest): Promise<Response>;
  /** Waits until the desk shows its account; returns the milliseconds since the process was started. */
  ready(): Promise<number>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** What a developer's own `.env` may say, and a test must not use. */
const NOTHING = {FLEX_TOKEN: "", FLEX_QUERY_IDS: "", DB_URL: "", SNAPSHOT_ACCOUNTS: ""};

/** Returns the environment of a desk with its data in a folder. */
export const deskEnvironment = (dataDir: string): NodeJS.ProcessEnv =>
  childEnvironment({...NOTHING, DATA_DIR: dataDir, PORT: "0", LOG_FORMAT: "text", LOG_LEVEL: "info"});

/**
 * Returns a new folder with the demo as the global setup made it, so that a desk of its own need not make it again.
 * Remove it after the test.
 */
export function demoFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  makeDemo(folder);
  return folder;
}

/** Puts the demo as the global setup made it into a folder of data, in place of the one that is there. */
export function makeDemo(folder: string): void {
  rmSync(demoDir({DATA_DIR: folder}), {recursive: true, force: true});
  cpSync(demoDir(loadConfig(readEnvironment())), demoDir({DATA_DIR: folder}), {recursive: true});
}

/** Starts a desk on a free port; resolves with its first answer, long before it is ready. */
export async function startDesk(dataDir: string): Promise<RunningDesk> {
  const started = performance.now();
  const child = spawn(process.execPath, ["cli/tearsheet.js", "start", "--json"], {
    cwd: root,
    env: deskEnvironment(dataDir),
    stdio: ["ignore", "pipe", "pipe"]
  });
  const log: string[] = [];
  createInterface(child.stderr).on("line", (line) => log.push(line));
  const ended = once(child, "exit");
  const early = ended.then(([code]) => {
    throw new Error(`the desk ended with code ${code}:\n${log.slice(-30).join("\n")}`);
  });
  early.catch(() => undefined); // wanted only while something waits for the desk
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), early]);
  const {url, token} = JSON.parse(line) as {url: string; token: string};
  const send = (path: string, init: DeskRequest = {}) =>
    fetch(`${url}${path}`, {...init, headers: {...init.headers, Authorization: `Bearer ${token}`}});
  const page = await fetch(url);
  const answeredMs = performance.now() - started;

  async function get<T>(path: string): Promise<T> {
    const response = await send(path);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  }

  return {
    url,
    token,
    startUrl: `${url}/?token=${token}`,
    answeredMs,
    waitingPage: await page.text(),
    get,
    send,
    async ready() {
      const isReady = async () => {
        for (;;) {
          const {ready} = await get<{ready: boolean}>("/api/session");
          if (ready) return;
          await setTimeout(100);
        }
      };
      await Promise.race([isReady(), early]);
      return performance.now() - started;
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL")
  };
}
