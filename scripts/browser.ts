/** Finds a Chromium for the tests, or brings one. */
import {spawnSync} from "node:child_process";
import {accessSync, constants} from "node:fs";
import {chromium} from "playwright-core";
import {loadConfig, readEnvironment, root} from "../config.js";

const usual = [
  "/usr/bin/chromium-headless-shell", // without the windows that nobody sees: two thirds of the work
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
];

/** A Chromium that asks nothing of the web by itself. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // no name resolves, so that nothing leaves the machine even where a request is overlooked
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
];

/** Returns the path of a Chromium on this machine: the one named, else the system's, else Playwright's download. */
export function findChromium(named = loadConfig(readEnvironment()).CHROMIUM_PATH): string | undefined {
  if (named === undefined) return [...usual, chromium.executablePath()].find(isExecutable);
  if (isExecutable(named)) return named;
  throw new Error(`CHROMIUM_PATH=${named} is no program: correct it or leave it out`);
}

/** Returns a Chromium, after installing Debian's as root, else Playwright's. */
export function bringChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (isRoot() && isExecutable("/usr/bin/apt-get") && run("apt-get", "update")) {
    for (const name of ["chromium-headless-shell", "chromium"]) {
      run("apt-get", "install", "-y", "--no-install-recommends", name);
      const installed = findChromium();
      if (installed !== undefined) return installed;
    }
  }
  run(process.execPath, "node_modules/playwright-core/cli.js", "install", "chromium");
  const downloaded = findChromium();
  if (downloaded !== undefined) return downloaded;
  throw new Error(
    "no Chromium for the browser tests, and none could be installed: install one and set CHROMIUM_PATH"
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, ...args: string[]): boolean {
  console.error(`> ${command} ${args.join(" ")}`);
  return spawnSync(command, args, {cwd: root, stdio: ["ignore", "inherit", "inherit"]}).status === 0;
}

if (import.meta.main) console.log(bringChromium());
