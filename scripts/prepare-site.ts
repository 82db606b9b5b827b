/** Makes what Framework needs before it builds or previews: links, fonts, a seeded cache, no stale loader output. */
import {copyFileSync, lstatSync, mkdirSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {root} from "../config.js";
import {seedNpmCache} from "./seed-npm-cache.js";

const src = join(root, "src");

/** Rooms outside src/ that pages import from: Framework refuses a path that leaves src/. */
const linked = ["lib", "notebooks"];

/** The cuts of the fonts that pages use, as src/fonts/NAME.woff2. */
const fonts = new Map([
  ["inter", "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"],
  ["jetbrains-mono", "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2"]
]);

export async function prepareSite(): Promise<void> {
  const cache = join(src, ".observablehq/cache");
  for (const name of linked) link(name);
  mkdirSync(join(src, "fonts"), {recursive: true});
  for (const [name, file] of fonts) {
    copyFileSync(join(root, "node_modules", file), join(src, "fonts", `${name}.woff2`));
  }
  // Framework does not see that the ledger or the lake under a loader has changed
  for (const folder of ["data", "loaders"]) rmSync(join(cache, folder), {recursive: true, force: true});
  await seedNpmCache(cache);
}

/** A checkout without symbolic links (Windows, a zip file) has a small file in their place. */
function link(name: string): void {
  mkdirSync(join(root, name), {recursive: true});
  const path = join(src, name);
  if (lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink()) return;
  rmSync(path, {force: true});
  symlinkSync(join("..", name), path, "junction");
}

if (import.meta.main) await prepareSite();
