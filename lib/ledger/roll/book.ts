import {compareText} from "../../order.js";
import type {Amount} from "../../money/amount.js";
import type {Period} from "./periods.js";
import {Series} from "./series.js";

/** A state that a statement says of itself: what ours begins with, and so shares. */
export interface Opening {
  /** First day of the statement, and the session before it, at whose end the state is this. */
  from: string;
  day: string;
  /** IBKR's section and attribute that it was taken from. */
  source: string;
  /** Where it was rolled back from what a section says of the end of a later day: both, for ours shares that. */
  taken: {section: string; day: string} | null;
  /** What is not in it is zero. */
  values: ReadonlyMap<string, Amount>;
}

/** Where history began again: what was rolled until then, and what the statement said. */
export interface Restart {
  from: string;
  key: string;
  rolled: Amount;
  opened: Amount;
}

/** A change of a balance. */
export interface Change {
  day: string;
  key: string;
  amount: Amount;
}

/** Balances of one kind by key (a holding, a currency), rolled from openings by what changed them. */
export class Book {
  readonly openings: readonly Opening[];
  readonly series = new Map<string, Series>();
  readonly restarts: Restart[] = [];
  readonly #unknown: readonly Period[];

  /**
   * @param openings oldest first
   * @param changes in any order; those before the first opening count for nothing
   * @param unknown days of which no balance is known
   */
  constructor(openings: readonly Opening[], changes: readonly Change[], unknown: readonly Period[] = []) {
    this.openings = openings;
    this.#unknown = unknown;
    const byKey = Map.groupBy(changes, ({key}) => key);
    const keys = new Set([...byKey.keys(), ...openings.flatMap(({values}) => [...values.keys()])]);
    for (const key of keys) this.series.set(key, this.#roll(key, byKey.get(key) ?? []));
  }

  #roll(key: string, changes: readonly Change[]): Series {
    const series = new Series();
    const sorted = isSorted(changes) ? changes : changes.toSorted((a, b) => compareText(a.day, b.day));
    let next = 0;
    const openUntil = (day: string) => {
      for (; next < this.openings.length && this.openings[next].from <= day; ++next) {
        const {from, day: before, values} = this.openings[next];
        const opened = values.get(key) ?? 0n;
        if (next && series.last !== opened) this.restarts.push({from, key, rolled: series.last, opened});
        if (opened || series.last) series.set(before, opened);
      }
    };
    for (const {day, amount} of sorted) {
      openUntil(day);
      if (next) series.add(day, amount);
    }
    openUntil("9999-12-31");
    return series;
  }

  /** Returns the opening that a day's balances go back to; undefined where nothing is known of that day. */
  openingOf(day: string): Opening | undefined {
    if (this.isUnknown(day)) return undefined;
    return this.openings.findLast((opening) => opening.day <= day);
  }

  /** Whether a day lies within statements that do not tell its balance. */
  isUnknown(day: string): boolean {
    return this.#unknown.some(({from, to}) => from <= day && day <= to);
  }

  /** Whether the balances of a day were taken from what a section says of that very day, so that the two cannot differ. */
  shares(section: string, day: string): boolean {
    return this.openings.some(({taken}) => taken?.section === section && taken.day === day);
  }

  /** Returns a balance at the end of a day; 0 for what is not in the book. */
  at(key: string, day: string): Amount {
    return this.series.get(key)?.at(day) ?? 0n;
  }
}

function isSorted(changes: readonly Change[]): boolean {
  for (let i = 1; i < changes.length; ++i) if (changes[i].day < changes[i - 1].day) return false;
  return true;
}
