/** How far rows have come: as the vendor sent them, checked in canonical columns, or derived from checked ones. */
export const LAYERS = ["raw", "clean", "features"] as const;
export type Layer = (typeof LAYERS)[number];

/** What the rows of a dataset are; `columns.ts` has the columns of each. */
export const KINDS = ["bars", "trades", "quotes", "series", "fx", "actions"] as const;
export type Kind = (typeof KINDS)[number];

/** From single events to months: one row of a symbol each so often. */
export const FREQUENCIES = ["tick", "1s", "1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1mo"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Names a dataset: `yahoo/bars/markets/1d`. Symbols are a column, never a part of the name or of a path. */
export interface DatasetId {
  /** Who gave the rows: a vendor's id. */
  provider: string;
  kind: Kind;
  /** Which symbols are kept together: a name that the vendor or the person chose. */
  universe: string;
  frequency: Frequency;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Returns whether a text may name a provider or a universe: lower-case letters, digits and hyphens, at most 64. */
export function isDatasetName(text: string): boolean {
  return NAME.test(text);
}

/** Returns the id as text, `provider/kind/universe/frequency`. @throws RangeError if a name in it is not one */
export function formatDatasetId({provider, kind, universe, frequency}: DatasetId): string {
  return formatChecked(provider, kind, universe, frequency);
}

/** Reads `provider/kind/universe/frequency`. @throws RangeError, saying which part is wrong */
export function parseDatasetId(text: string): DatasetId {
  const [provider = "", kind = "", universe = "", frequency = "", ...rest] = text.split("/");
  if (rest.length || !frequency)
    throw new RangeError(`invalid dataset: ${text}: write provider/kind/universe/frequency`);
  formatChecked(provider, kind, universe, frequency);
  return {provider, kind: kind as Kind, universe, frequency: frequency as Frequency}; // checked above
}

/** Returns the folder of a dataset inside the lake: `clean/yahoo/bars/markets/1d`. @throws RangeError as formatDatasetId */
export function datasetPath(layer: Layer, id: DatasetId): string {
  return `${layer}/${formatDatasetId(id)}`;
}

/**
 * Returns the partition that a row belongs to, the one folder below its dataset's: the year of its day, or the month
 * where a day has more than one row.
 *
 * @param day ISO
 */
export function partitionOf(frequency: Frequency, day: string): string {
  return isIntraday(frequency) ? `month=${day.slice(0, 7)}` : `year=${day.slice(0, 4)}`;
}

/** Returns whether a day may have more than one row of a symbol. */
export function isIntraday(frequency: Frequency): boolean {
  return frequency !== "1d" && frequency !== "1w" && frequency !== "1mo";
}

function formatChecked(provider: string, kind: string, universe: string, frequency: string): string {
  if (!isDatasetName(provider)) throw new RangeError(`invalid provider: ${provider}`);
  if (!KINDS.some((known) => known === kind))
    throw new RangeError(`invalid kind: ${kind}: one of ${KINDS.join(", ")}`);
  if (!isDatasetName(universe)) {
    throw new RangeError(`invalid universe: ${universe}: lower-case letters, digits and hyphens, at most 64`);
  }
  if (!FREQUENCIES.some((known) => known === frequency)) {
    throw new RangeError(`invalid frequency: ${frequency}: one of ${FREQUENCIES.join(", ")}`);
  }
  return `${provider}/${kind}/${universe}/${frequency}`;
}
