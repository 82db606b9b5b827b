/** The site as files: whether dist/ is there and new, its build and its preview as child processes. */
import {type ChildProcess, spawn} from "node:child_process";
import {createHash} from "node:crypto";
import {glob, readFile} from "node:fs/promises";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {childEnvironment, loadConfig, readEnvironment, root, typescript} from "../config.js";

/** The built site. */
export const dist = join(root, "dist");

const framework = join(root, "node_modules/@observablehq/framework/dist/bin/observable.js");

/** What the site is made of; `src/lib` and `src/notebooks` are links. */
const sources = [
  "{src,lib,notebooks}/**/*.*",
  "bridge/store/**/*.ts",
  "scripts/{build,finish-site,prepare-site,seed-npm-cache}.ts",
  "{config,observablehq.config}.ts",
  "package-lock.json"
];
const generated = /^src\/(\.observablehq|fonts|lib|notebooks)\//;

/** Returns a hash of all that the site is made of, but the data that its loaders read. */
export const siteSources = (): Promise<string> => hashOf(sources);

/** Returns a hash of the tree's own files that match the patterns. */
export async function hashOf(patterns: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(patterns, {cwd: root})) if (!generated.test(file)) files.push(file);
  const hash = createHash("sha256");
  for (const file of files.toSorted()) hash.update(`${file}\n`).update(await readFile(join(root, file)));
  return hash.digest("hex");
}

/** What `dist/build.json` holds: of what the site was built. */
export interface SiteBuild {
  sources: string;
  /** Real accounts in the snapshot; none: the demo. */
  accounts: string[];
}

/** Tells whether dist/ was built from the sources and for the accounts as they are. */
export async function siteIsFresh(): Promise<boolean> {
  const text = await readFile(join(dist, "build.json"), "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const {sources, accounts}: SiteBuild = JSON.parse(text);
  const {SNAPSHOT_ACCOUNTS} = loadConfig(readEnvironment());
  return sources === (await siteSources()) && String(accounts) === String(SNAPSHOT_ACCOUNTS);
}

export interface SiteOptions {
  /** Takes each line that the child process prints. */
  log?: (line: string) => void;
  /** Ends the child process. */
  signal?: AbortSignal;
}

/**
 * Builds dist/ in a child process. The site before it stays in place and whole until the new one is done; a build
 * that another process has begun is waited for.
 */
export async function buildSite(options: SiteOptions = {}): Promise<void> {
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
    options.log?.(line);
  };
  const child = run([join(root, "scripts/build.ts")], {...options, log});
  if ((await ended(child)) !== 0)
    throw new Error(`the site could not be built:\n${lines.slice(-20).join("\n")}`);
}

/** Starts Framework's preview on a loopback port, with hot reload; the bridge stands in front of it. */
export function previewSite(port: number, options: SiteOptions = {}): ChildProcess {
  return run([framework, "preview", "--no-open", "--host", "127.0.0.1", "--port", `${port}`], options);
}

/** Runs Framework's build alone, with the given configuration file. */
export async function frameworkBuild(config: string, options: SiteOptions = {}): Promise<void> {
  const code = await ended(run([framework, "build", "--config", config], options));
  if (code !== 0) throw new Error(`Framework's build ended with code ${code}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => child.once("error", fail).once("close", done));
}

function run(args: readonly string[], {log, signal}: SiteOptions): ChildProcess {
  const child = spawn(process.execPath, [...typescript, ...args], {
    cwd: root,
    env: childEnvironment({OBSERVABLE_TELEMETRY_DISABLE: "true"}),
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal && {signal})
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({input: stream}).on("line", (line) => log?.(line));
  }
  return child;
}
