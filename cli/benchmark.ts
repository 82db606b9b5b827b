import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {ZodError} from "zod";
import {
  chooseBenchmark,
  readBenchmarks,
  readSeries,
  removeBenchmark,
  writeBenchmark,
  YIELD
} from "../bridge/store/benchmarks.js";
import type {Config} from "../config.js";
import {parseBlend} from "../lib/returns/blend.js";
import {parseIndex, parseYields} from "../loaders/index-csv.js";
import {EXIT} from "./exit.js";
import {ledgerLake} from "./ledger-lake.js";
import {CliError, note, printJson, printTable} from "./output.js";
import {openToRead, openToWrite} from "./store.js";

const KINDS = {price: "price return", total: "total return", yield: YIELD} as const;

interface Add {
  name?: string;
  kind: string;
  currency: string;
}

/** `tearsheet benchmark add`: keeps an index, or the three-month bill's yield, from a CSV file. */
export async function addBenchmark(config: Config, file: string, {name, kind, currency}: Add): Promise<void> {
  const is = Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : null;
  if (!is)
    throw new CliError(`unknown kind: ${kind}: say price, total (dividends included) or yield`, EXIT.usage);
  if (!/^[A-Z]{3}$/.test(currency))
    throw new CliError(`a currency is three capital letters: ${currency}`, EXIT.usage);
  const closes = read(file, is === YIELD ? parseYields : parseIndex);
  if (!closes.length) throw new CliError(`${file} has no rows`);
  const store = await openToWrite(config);
  try {
    const called = name ?? basename(file).replace(/\.csv$/i, "");
    await writeBenchmark(store, {name: called, kind: is, currency, closes});
    note(
      `${called}: ${closes.length} days, ${closes[0][0]} to ${closes[closes.length - 1][0]}, ${is}, ${currency}`
    );
  } finally {
    store.close();
  }
}

function read(file: string, parse: (csv: string) => [string, number][]): [string, number][] {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof ZodError) {
      const [{path, message}] = error.issues;
      throw new CliError(
        `${file} is no list of closes: ${path.join()}: ${message}: it needs the columns date and close (or yield)`
      );
    }
    const {code, message} = error as NodeJS.ErrnoException;
    throw new CliError(code === "ENOENT" ? `no such file: ${file}` : `${file} cannot be read: ${message}`);
  }
}

/** `tearsheet benchmark list`. */
export async function listBenchmarks(
  config: Config,
  {json, demo}: {json?: true; demo?: true}
): Promise<void> {
  const store = await openToRead(config, demo);
  try {
    const {benchmark, benchmarkChoice} = readBenchmarks(store, null);
    const lake = (await ledgerLake(config, demo ?? false, store, {}))?.names ?? [];
    const chosen = benchmarkChoice ?? benchmark?.name ?? null;
    const series = readSeries(store).map(({name, kind, currency, closes}) => ({
      name,
      kind,
      currency,
      days: closes.length,
      from: closes[0][0],
      to: closes[closes.length - 1][0]
    }));
    if (json) printJson({chosen, series, ...(lake.length && {lake})});
    else {
      printTable(series.map((row) => ({...row, days: String(row.days)})));
      if (lake.length) note(`and by name what the data lake has closes of: ${lake.join(", ")}`);
      note(chosen === null ? "none is compared with" : `compared with: ${chosen}`);
    }
  } finally {
    store.close();
  }
}

/** `tearsheet benchmark use`: what pages and reports compare with. */
export async function useBenchmark(config: Config, choice: string): Promise<void> {
  const store = await openToWrite(config);
  try {
    const {benchmarks = []} = readBenchmarks(store, null);
    const lake = (await ledgerLake(config, false, store, {}))?.names ?? [];
    const names = [...benchmarks.map(({name}) => name), ...lake];
    if (!names.includes(choice)) {
      const missing = partsOf(choice).find((part) => !names.includes(part));
      if (missing !== undefined) {
        const those = names.length
          ? `there are ${names.join(", ")}`
          : "add one by tearsheet benchmark add FILE";
        throw new CliError(`no benchmark ${missing}: ${those}`);
      }
    }
    await chooseBenchmark(store, choice);
    note(`compared with: ${choice}`);
  } finally {
    store.close();
  }
}

function partsOf(choice: string): string[] {
  try {
    return parseBlend(choice).parts.map(({name}) => name);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

/** `tearsheet benchmark remove`. */
export async function dropBenchmark(config: Config, name: string): Promise<void> {
  const store = await openToWrite(config);
  try {
    if (!(await removeBenchmark(store, name))) throw new CliError(`no benchmark ${name}`);
    note(`${name} is gone`);
  } finally {
    store.close();
  }
}
