/**
 * Fills Framework's cache from node_modules, so that it asks neither the registry for versions nor jsDelivr for files.
 * Framework looks a free name of a page (`Plot`, `html`, `FileAttachment(…).parquet()`) up as
 * `_npm/NAME@VERSION/_esm.js`, and an import by name as `_node/NAME@VERSION/…`.
 */
import {createHash} from "node:crypto";
import {copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {build, type Plugin} from "esbuild";
import {root} from "../config.js";

const modules = join(root, "node_modules");

/** Packages whose free names may stand in a page. */
const bundled = ["htl", "isoformat", "d3", "d3-dsv", "@observablehq/plot", "apache-arrow", "parquet-wasm"];

/** Packages imported by name: those that the policy would stop, and those over which Framework's bundler takes long. */
const duckdb = "@duckdb/duckdb-wasm";
const worker = "dist/duckdb-browser-eh.worker.js";
const imported: readonly {name: string; file?: string; path?: string; from?: string}[] = [
  {name: "@observablehq/plot"},
  {name: "apache-arrow"},
  {name: "apache-arrow", from: join(modules, duckdb)},
  {name: "d3-dsv"},
  {name: "htl"},
  {name: duckdb, file: worker, path: `${duckdb}/${worker}`}
];
const wasm = "esm/parquet_wasm_bg.wasm";

/** Packages whose version Framework wants to know, though no page uses them. */
const unused = [
  "react",
  "react-dom",
  "lodash",
  "arquero",
  "echarts",
  "leaflet",
  "mapbox-gl",
  "topojson-client",
  "@observablehq/sample-datasets"
];

/** Seeds the cache folder (`src/.observablehq/cache`), after clearing it when packages or this file have changed. */
export async function seedNpmCache(cache: string): Promise<void> {
  const stamp = join(cache, "seed");
  const seed = [import.meta.filename, join(root, "package-lock.json")]
    .reduce((hash, file) => hash.update(readFileSync(file)), createHash("sha256"))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === seed) return;
  rmSync(cache, {recursive: true, force: true});
  for (const name of unused) mkdirSync(join(cache, "_npm", `${name}@0.0.0`), {recursive: true});
  const npm = (name: string) => join(cache, "_npm", `${name}@${version(name)}`);
  mkdirSync(join(npm("parquet-wasm"), "esm"), {recursive: true});
  copyFileSync(join(modules, "parquet-wasm", wasm), join(npm("parquet-wasm"), wasm));
  await Promise.all([
    ...bundled.map((name) => bundle(name, join(npm(name), "_esm.js"), {plugins: [shareBundled(name)]})),
    ...imported.map(({name, file = "index.js", path = name, from = root}) =>
      bundle(path, join(cache, "_node", `${name}@${version(name, from)}`, file), {from})
    )
  ]);
  writeFileSync(stamp, seed);
}

function version(name: string, from = root): string {
  return JSON.parse(readFileSync(join(from, "node_modules", name, "package.json"), "utf8")).version;
}

async function bundle(
  name: string,
  outfile: string,
  {from = root, plugins = []}: {from?: string; plugins?: Plugin[]} = {}
): Promise<void> {
  const main = name === "parquet-wasm" ? `export {default} from "${name}";` : ""; // it initializes the module
  await build({
    stdin: {contents: `export * from "${name}";${main}`, resolveDir: from},
    bundle: true,
    format: "esm",
    platform: "browser",
    minify: true,
    logLevel: "error",
    plugins: [...plugins, withinPolicy],
    outfile
  });
}

/** Leaves the other bundled packages outside a bundle, each beside it, so that a page loads d3 once. */
function shareBundled(name: string): Plugin {
  const up = "../".repeat(name.split("/").length);
  return {
    name: "share-bundled",
    setup(bundler) {
      bundler.onResolve({filter: /^[@a-z]/}, ({path}) =>
        path !== name && bundled.includes(path)
          ? {path: `${up}${path}@${version(path)}/_esm.js`, external: true}
          : undefined
      );
    }
  };
}

/** What the pages' content security policy forbids (a function made of text, an inline handler), said otherwise. */
const lawful = [
  {
    file: /apache-arrow\/builder\/valid\.mjs$/,
    pattern: /(?=export function createIsValidFunction)[^]*?(?=\/\*\* @ignore \*\/\s*function valueToCase)/,
    replacement: `export function createIsValidFunction(nullValues) {
      const nulls = new Set(nullValues);
      return (value) => !nulls.has(value);
    }`
  },
  {
    file: /d3-dsv\.mjs$/,
    pattern: /return new Function\([^]*?"}"\);/,
    replacement: 'return (row) => Object.fromEntries(columns.map((name, i) => [name, row[i] || ""]));'
  },
  {
    // <a onclick=::3> becomes <a ::3=''>, which htl has for objects of attributes
    file: /htl\/dist\/index\.js$/,
    pattern: /string \+= `::\$\{j\}`;/,
    replacement:
      "string = `${string.slice(0, attributeNameStart - strings[j].length)}::${j}=''`; values[j] = {[name.toLowerCase()]: value};"
  }
];

const withinPolicy: Plugin = {
  name: "within-policy",
  setup(bundler) {
    for (const {file, pattern, replacement} of lawful) {
      bundler.onLoad({filter: file}, ({path}) => {
        const text = readFileSync(path, "utf8");
        if (!pattern.test(text)) throw new Error(`not found in ${path}, which must have changed: ${pattern}`);
        return {contents: text.replace(pattern, () => replacement)};
      });
    }
  }
};
