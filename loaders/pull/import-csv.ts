import {formatDatasetId, type Frequency} from "../../lib/lake/dataset.js";
import type {PullRecord} from "../../lib/lake/pull.js";
import {dayAt} from "../../lib/time/calendar.js";
import type {Lake} from "../lake/port.js";
import type {Vendor} from "../vendors/vendor.js";
import {RowBuffer} from "./buffer.js";
import {datasetOf, PullError, taskKey} from "./plan.js";
import {outcomeOf} from "./sentences.js";

/** A CSV that a person downloaded. */
export interface CsvFile {
  /** Of the record in the history. */
  id: string;
  vendor: string;
  symbol: string;
  frequency?: Frequency;
  universe?: string;
  /** Name of the file, as it is told. */
  name: string;
  text: string;
}

/**
 * Takes the rows of a CSV into the lake, checked as pulled ones are.
 * @throws VendorError for a file that is not what the vendor's site gives, PullError for a vendor that has none
 */
export async function importCsv(
  {id, name, text, ...file}: CsvFile,
  {lake, vendors, now}: {lake: Lake; vendors: readonly Vendor[]; now: () => Date}
): Promise<PullRecord> {
  const at = now();
  const {frequency = "1d", universe, symbol} = file;
  const vendor = vendors.find((one) => one.id === file.vendor);
  if (!vendor?.importCsv) {
    const those = vendors.filter((one) => one.importCsv).map((one) => one.id);
    throw new PullError(
      "not-offered",
      `no CSV of ${file.vendor} can be read: there are those of ${those.join(", ")}`
    );
  }
  const ask = {vendor: vendor.id, frequency, ...(universe !== undefined && {universe}), symbols: [symbol]};
  const dataset = datasetOf(ask, vendor);
  const pulled = vendor.importCsv(text, {symbol, frequency, at: at.getTime()});
  const buffer = new RowBuffer(lake, () => dayAt(now()));
  buffer.add(dataset, pulled, vendor);
  const {bytes, ...rows} = await buffer.write();
  const record: PullRecord = {
    id,
    what: "csv",
    title: `${formatDatasetId(dataset)}: ${name}`,
    asks: [ask],
    startedAt: at.toISOString(),
    endedAt: now().toISOString(),
    state: "done",
    message: "",
    symbols: {done: 1, total: 1},
    finished: [taskKey(dataset, pulled.facts.symbol)],
    rows,
    bytes,
    failures: []
  };
  record.message = outcomeOf(record);
  lake.recordPull(record);
  lake.notePull(dataset, {at: record.startedAt, ok: true, message: `${name}: ${record.message}`});
  return record;
}
