import {nextRange, type DayRange} from "../../lib/lake/coverage.js";
import {
  formatDatasetId,
  isDatasetName,
  isIntraday,
  type DatasetId,
  type Frequency,
  type Kind
} from "../../lib/lake/dataset.js";
import type {PullAsk} from "../../lib/lake/pull.js";
import {addDays, isDay} from "../../lib/time/day.js";
import type {Lake, LostRange} from "../lake/port.js";
import type {Vendor} from "../vendors/vendor.js";

/** What cannot be asked for; the sentence says what can. */
export class PullError extends Error {
  override readonly name = "PullError";
  readonly code:
    | "unknown-vendor"
    | "not-offered"
    | "invalid-symbol"
    | "invalid-days"
    | "key-missing"
    | "nothing-tracked";

  constructor(code: PullError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** One symbol to ask a vendor for. */
export interface Task {
  id: DatasetId;
  symbol: string;
  range: DayRange;
  /** First day that is wanted, and the first from which the lake has all; null while it has no row. */
  wantedFrom: string;
  heldFrom: string | null;
}

/** What an ask comes to. */
export interface Plan {
  vendor: Vendor;
  id: DatasetId;
  tasks: Task[];
  /** Symbols of which nothing new can be there. */
  current: string[];
  /** Days lost by a repair that the tasks bring back. */
  regains: LostRange[];
}

const SYMBOL = /^[^\p{C}\p{Z}]{1,64}$/u;

/**
 * Returns the dataset that an ask is of, the vendor's usual filled in.
 * @throws PullError for what the vendor does not offer or what makes no sense
 */
export function datasetOf(ask: PullAsk, vendor: Vendor): DatasetId {
  const kinds = Object.keys(vendor.offers) as Kind[]; // as the type says
  const {kind = kinds[0], universe = vendor.universe, symbols, from, to} = ask;
  const frequencies: readonly Frequency[] = vendor.offers[kind] ?? [];
  if (!frequencies.length)
    throw new PullError("not-offered", `${vendor.name} has no ${kind}, only ${kinds.join(", ")}`);
  const {frequency = frequencies.includes("1d") ? "1d" : frequencies[0]} = ask;
  if (!frequencies.includes(frequency)) {
    throw new PullError(
      "not-offered",
      `${vendor.name} has no ${kind} by ${frequency}, only by ${frequencies.join(", ")}`
    );
  }
  if (!isDatasetName(universe)) {
    const sentence = `invalid universe: ${universe}: lower-case letters, digits and hyphens, at most 64`;
    throw new PullError("not-offered", sentence);
  }
  const odd = symbols.find((symbol) => !SYMBOL.test(symbol));
  if (odd !== undefined || !symbols.length) {
    const sentence = odd === undefined ? "name a symbol at least" : `invalid symbol: ${JSON.stringify(odd)}`;
    throw new PullError("invalid-symbol", sentence);
  }
  for (const day of [from, to])
    if (day !== undefined && !isDay(day))
      throw new PullError("invalid-days", `invalid day: ${day}: write 2026-01-31`);
  if (from !== undefined && to !== undefined && from > to)
    throw new PullError("invalid-days", `from ${from} is after to ${to}: turn them around`);
  return {provider: vendor.id, kind, universe, frequency};
}

/**
 * Sees that an ask can be asked at all.
 * @param today ISO
 * @throws PullError
 */
export function checkAsk(ask: PullAsk, vendors: readonly Vendor[], today: string): Vendor {
  const vendor = vendors.find(({id}) => id === ask.vendor);
  if (!vendor) {
    const those = vendors.map(({id}) => id).join(", ");
    throw new PullError("unknown-vendor", `unknown vendor: ${ask.vendor}: there are ${those}`);
  }
  datasetOf(ask, vendor);
  if (ask.from !== undefined && ask.from > today)
    throw new PullError("invalid-days", `from ${ask.from} is after today, ${today}`);
  return vendor;
}

/**
 * Returns which days of which symbols are asked for: what is new, and the last days that are there, which the vendor
 * may have changed.
 * @param today ISO
 */
export async function planAsk(ask: PullAsk, vendor: Vendor, lake: Lake, today: string): Promise<Plan> {
  const id = datasetOf(ask, vendor);
  const {from, to = today} = ask;
  const entries = new Map((await lake.symbols("clean", id)).map((entry) => [entry.symbol, entry]));
  const asked = lake.askedFrom(id);
  const lost = lake.lostRanges(id);
  const symbols = [...new Set(ask.symbols)];
  const plan: Plan = {vendor, id, tasks: [], current: [], regains: []};
  for (const symbol of symbols) {
    const entry = entries.get(symbol);
    const held = entry ? {from: asked.get(symbol) ?? entry.from, to: entry.to} : null;
    const wantedFrom =
      from ?? held?.from ?? asked.get(symbol) ?? firstDay(id.frequency, to < today ? to : today);
    const options = {overlapDays: vendor.overlapDays, calendar: vendor.calendar, today};
    const range = wantedFrom > to ? null : nextRange(held, {from: wantedFrom, to}, options);
    const ranges = [...(range ? [range] : []), ...(entry ? lost.map((days) => clip(days, today)) : [])];
    for (const days of ranges)
      plan.tasks.push({id, symbol, range: days, wantedFrom, heldFrom: held?.from ?? null});
    if (!ranges.length) plan.current.push(symbol);
  }
  if ([...entries.keys()].every((symbol) => symbols.includes(symbol))) plan.regains = lost;
  return plan;
}

/** Names a symbol of a dataset in a record of what is finished. */
export const taskKey = (id: DatasetId, symbol: string): string => `${formatDatasetId(id)} ${symbol}`;

const YEARS = 10;
const INTRADAY_DAYS: Partial<Record<Frequency, number>> = {"1h": 365, "4h": 365};

/** Ten years and a month, so that a place in ten years can be told; a week of minutes, a year of hours. */
function firstDay(frequency: Frequency, to: string): string {
  if (isIntraday(frequency)) return addDays(to, -(INTRADAY_DAYS[frequency] ?? 7));
  return addDays(`${Number(to.slice(0, 4)) - YEARS}${to.slice(4).replace("02-29", "02-28")}`, -31);
}

function clip({from, to}: LostRange, today: string): DayRange {
  return {from, to: to < today ? to : today};
}
