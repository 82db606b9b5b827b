import {formatAmount, type Amount, absolute} from "../../money/amount.js";
import type {Reason} from "./check.js";

/** A difference of a part, in base, on a day. */
interface Known {
  /** What it is a part of, and which one: `cash`, `GBP`. */
  of: string;
  item: string;
  inBase: Amount;
  /** The day on which it began. */
  since: string;
}

/** Differences of the parts of an account's state, from which those of their sums follow. */
export class KnownDifferences {
  readonly #byDay = new Map<string, Known[]>();
  readonly #since = new Map<string, string>();

  /** Notes how far ours lies from theirs on a day; null in base where its rate is missing. */
  note(day: string, of: string, item: string, inBase: Amount | null): void {
    const key = `${of}/${item}`;
    if (inBase === 0n) this.#since.delete(key);
    if (!inBase) return;
    const since = this.#since.get(key) ?? day;
    this.#since.set(key, since);
    const own = this.#byDay.get(day);
    const known = {of, item, inBase, since};
    if (own) own.push(known);
    else this.#byDay.set(day, [known]);
  }

  /** Returns the sum of the known differences of a day, of some parts or of all. */
  total(day: string, of?: ReadonlySet<string>): Amount {
    return this.#of(day, of).reduce((sum, {inBase}) => sum + inBase, 0n);
  }

  #of(day: string, of?: ReadonlySet<string>): Known[] {
    return (this.#byDay.get(day) ?? []).filter((known) => !of || of.has(known.of));
  }

  /** Returns why a sum differs, where known differences of its parts account for the amount. */
  explain(day: string, difference: Amount, tolerance: Amount, of?: ReadonlySet<string>): Reason | null {
    const parts = this.#of(day, of);
    if (!parts.length || absolute(difference - this.total(day, of)) > tolerance) return null;
    return followsFrom(parts);
  }

  /** Returns why one part differs, where its known difference accounts for the amount. */
  explainItem(day: string, of: string, item: string, difference: Amount, tolerance: Amount): Reason | null {
    const known = this.#byDay.get(day)?.find((one) => one.of === of && one.item === item);
    return known && absolute(known.inBase - difference) <= tolerance ? followsFrom([known]) : null;
  }

  /** Returns the reason that names the parts that differ on a day. */
  reason(day: string): Reason | null {
    const parts = this.#of(day);
    return parts.length ? followsFrom(parts) : null;
  }
}

function followsFrom(parts: readonly Known[]): Reason {
  const named = parts
    .toSorted((a, b) => (absolute(a.inBase) < absolute(b.inBase) ? 1 : -1))
    .slice(0, 3)
    .map(({of, item, inBase, since}) => `${of} ${item} (${formatAmount(inBase)}, since ${since})`);
  return {code: "follows", sentence: `it follows from ${named.join(", ")}, where it is told`};
}
