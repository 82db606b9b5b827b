import {existsSync} from "node:fs";
import type {Config} from "../config.js";
import {LAYERS, parseDatasetId, type Layer} from "../lib/lake/dataset.js";
import {openLake} from "../loaders/lake/lake.js";
import type {Lake} from "../loaders/lake/port.js";
import {VENDORS} from "../loaders/vendors/index.js";
import {EXIT} from "./exit.js";
import {demoLakeDir} from "./demo-place.js";
import {verifySentence} from "./lake.js";
import {cancelledBy, CliError, note, printJson, printTable, progressLine} from "./output.js";

interface LakeFlags {
  demo?: true;
  json?: true;
}

interface CatalogFlags extends LakeFlags {
  layer?: Layer;
  problems?: true;
  rebuild?: true;
  compact?: true;
}

/** Calls `use` with the lake, the person's own or the demo's, and closes it. */
export async function withLake<T>(
  config: Config,
  demo: boolean,
  use: (lake: Lake) => T | Promise<T>
): Promise<T> {
  const dir = demo ? demoLakeDir(config) : config.LAKE_DIR;
  if (!existsSync(dir))
    throw new CliError(
      `there is no lake yet: ${dir}: ${demo ? "start the desk once" : "pull something first"}`
    );
  const lake = openLake(dir, {now: () => new Date(), vendors: VENDORS});
  try {
    return await use(lake);
  } finally {
    lake.close();
  }
}

/** `tearsheet catalog [DATASET]`: the datasets of the lake, or the symbols of one. */
export async function printCatalog(
  config: Config,
  dataset: string | undefined,
  {demo, json, layer = "clean", problems, rebuild, compact}: CatalogFlags
): Promise<void> {
  await withLake(config, demo ?? false, async (lake) => {
    if (rebuild) await lake.rebuildCatalog();
    if (compact) for (const sentence of await lake.compact(dataset)) note(sentence);
    if (problems) {
      const found = lake.problems(dataset);
      if (json) printJson({problems: found});
      else
        printTable(
          found.map(({dataset: of, symbol, day, state, sentence}) => ({of, symbol, day, state, sentence}))
        );
      return;
    }
    if (dataset === undefined) {
      const [datasets, storage] = [await lake.catalog(), await lake.storage()];
      if (json) return printJson({datasets, storage});
      return printTable(
        datasets.map(
          ({
            dataset: name,
            layer: of,
            rows,
            symbols,
            from,
            to,
            staleDays,
            bytes,
            lastPull,
            problems: count
          }) => ({
            dataset: name,
            layer: of,
            rows,
            symbols,
            from,
            to,
            "days behind": staleDays,
            kB: Math.ceil(bytes / 1000),
            "last pull": lastPull && `${lastPull.at.slice(0, 16)}${lastPull.ok ? "" : " failed"}`,
            problems: count
          })
        )
      );
    }
    const id = parseId(dataset);
    if (!LAYERS.includes(layer))
      throw new CliError(`no such layer: ${layer}: there are ${LAYERS.join(", ")}`, EXIT.usage);
    if (!lake.has(layer, id))
      throw new CliError(`there is no dataset ${dataset} in ${layer}: \`tearsheet catalog\` lists them`);
    const symbols = await lake.symbols(layer, id);
    if (json) printJson({symbols});
    else printTable(symbols.map((entry) => ({...entry})));
  });
}

/** `tearsheet verify [DATASET] [--repair]`: exit 1 when something is wrong and was not put right. */
export async function verifyLake(
  config: Config,
  dataset: string | undefined,
  {demo, json, repair = false}: LakeFlags & {repair?: boolean}
): Promise<void> {
  if (dataset !== undefined) parseId(dataset);
  const signal = cancelledBy("cancelled: the lake is as before");
  const line = progressLine();
  await withLake(config, demo ?? false, async (lake) => {
    const report = await lake.verify({
      repair,
      ...(dataset !== undefined && {dataset}),
      onProgress(done, total) {
        signal.throwIfAborted();
        line.update(`${done} of ${total} parts`);
      }
    });
    line.end();
    for (const {dataset: of, sentence} of report.problems) note(`${of}: ${sentence}`);
    for (const sentence of report.repaired) note(sentence);
    note(verifySentence(report));
    if (json) printJson(report);
    if (report.problems.length > report.repaired.length) process.exitCode = EXIT.failed;
  });
}

function parseId(dataset: string) {
  try {
    return parseDatasetId(dataset);
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage);
  }
}
