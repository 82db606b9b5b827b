import {randomUUID} from "node:crypto";
import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import type {Config} from "../config.js";
import type {Frequency, Kind} from "../lib/lake/dataset.js";
import {toldPull, type PullAsk, type PullRecord} from "../lib/lake/pull.js";
import {dayAt} from "../lib/time/calendar.js";
import type {Lake} from "../loaders/lake/port.js";
import {openLake} from "../loaders/lake/lake.js";
import {marketAsks, updateAsks} from "../loaders/pull/asks.js";
import {importCsv} from "../loaders/pull/import-csv.js";
import {checkAsk} from "../loaders/pull/plan.js";
import {runPull} from "../loaders/pull/run.js";
import {progressSentence} from "../loaders/pull/sentences.js";
import {createSources} from "../loaders/sources.js";
import {VENDORS} from "../loaders/vendors/index.js";
import type {Vendor} from "../loaders/vendors/vendor.js";
import {EXIT} from "./exit.js";
import {openIbkrHistory} from "./ibkr-history.js";
import {lakeSettings, type LakePlace} from "./lake.js";
import {cancelledBy, CliError, note, printJson, progressLine} from "./output.js";

interface PullFlags {
  from?: string;
  to?: string;
  frequency?: Frequency;
  universe?: string;
  kind?: Kind;
  /** A CSV that was downloaded, instead of asking the vendor. */
  file?: string;
  /** What is new in all that is tracked. */
  update?: true;
  json?: true;
}

/** `tearsheet pull VENDOR SYMBOL…`, `pull markets`, `pull --update`, `pull VENDOR SYMBOL --file FILE`. */
export async function pullLake(
  config: Config,
  vendor: string | undefined,
  symbols: readonly string[],
  flags: PullFlags
): Promise<void> {
  const place = lakeSettings(config);
  const now = () => new Date();
  const ibkr = openIbkrHistory(config);
  const vendors = [...VENDORS, ibkr.vendor];
  const lake = openLake(place.dir, {now, vendors});
  try {
    const record = flags.file
      ? await fromFile(lake, now, {vendor, symbols, ...flags, file: flags.file})
      : await fromVendors(
          lake,
          now,
          {...place, vendors},
          asked(lake, {...place, vendors}, dayAt(now()), {vendor, symbols, ...flags})
        );
    tell(record, flags);
  } finally {
    await ibkr.close();
    lake.close();
  }
}

type Asked = LakePlace & {vendors: readonly Vendor[]};
type Words = PullFlags & {vendor: string | undefined; symbols: readonly string[]};

function asked(
  lake: Lake,
  {keys, vendors}: Asked,
  today: string,
  {vendor, symbols, update, from, to, frequency, universe, kind}: Words
): {what: PullRecord["what"]; asks: readonly PullAsk[]} {
  const flags = {
    ...(from !== undefined && {from}),
    ...(to !== undefined && {to}),
    ...(frequency !== undefined && {frequency}),
    ...(universe !== undefined && {universe}),
    ...(kind !== undefined && {kind})
  };
  const extra = [vendor, ...symbols, ...Object.values(flags)].filter((word) => word !== undefined);
  if (update) {
    if (extra.length) throw usage(`--update asks for all that is tracked, and takes no ${extra[0]}`);
    return {what: "update-all", asks: updateAsks(lake.tracked(), today)};
  }
  if (vendor === undefined) throw usage("name a vendor and symbols, markets, flex or --update");
  if (vendor === "markets") {
    if (extra.length > 1)
      throw usage(`pull markets asks for all that Markets reads, and takes no ${extra[1]}`);
    return {what: "markets", asks: marketAsks(today, keys)};
  }
  const ask = {vendor, symbols, ...flags};
  checkAsk(ask, vendors, today);
  return {what: "symbols", asks: [ask]};
}

async function fromVendors(
  lake: Lake,
  now: () => Date,
  {vendors, ...settings}: Asked,
  job: {what: PullRecord["what"]; asks: readonly PullAsk[]}
): Promise<PullRecord> {
  const signal = cancelledBy(
    "cancelled: what had come is in the lake, the same pull again goes on with the rest"
  );
  const line = progressLine();
  const sources = createSources(settings, {
    vendors,
    now,
    log: note,
    keepReply: (reply) => lake.keepReply(reply)
  });
  try {
    const record = await runPull(
      {id: randomUUID(), ...job},
      {lake, sources, now, signal, onProgress: (progress) => line.update(progressSentence(progress))}
    );
    signal.throwIfAborted();
    return record;
  } finally {
    line.end();
  }
}

async function fromFile(
  lake: Lake,
  now: () => Date,
  {vendor, symbols, file, frequency, universe}: Words & {file: string}
): Promise<PullRecord> {
  if (vendor === undefined || symbols.length !== 1)
    throw usage("name the vendor and the one symbol of the file");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      `${file} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`
    );
  });
  try {
    return await importCsv(
      {
        id: randomUUID(),
        vendor,
        symbol: symbols[0],
        name: basename(file),
        text,
        ...(frequency && {frequency}),
        ...(universe !== undefined && {universe})
      },
      {lake, vendors: VENDORS, now}
    );
  } catch (error) {
    if (error instanceof Error && error.name === "VendorError")
      throw new CliError(`${file}: ${error.message}`, EXIT.refused);
    throw error;
  }
}

const usage = (sentence: string) => new CliError(sentence, EXIT.usage);

function tell(record: PullRecord, {json}: PullFlags): void {
  note(`${record.title}: ${record.message}`);
  for (const {vendor, symbol, message} of record.failures) note(`${vendor} ${symbol}: ${message}`);
  if (json) printJson(toldPull(record));
  if (record.failures.length) process.exitCode = EXIT.failed;
}
