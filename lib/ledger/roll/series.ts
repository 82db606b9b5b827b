import type {Amount} from "../../money/amount.js";
import {lastAtOrBefore} from "../sorted-days.js";

/** A balance by day: what it is at the end of each day on which it changed. */
export class Series {
  /** ISO days, oldest first, each once. */
  readonly days: string[] = [];
  readonly values: Amount[] = [];

  /** Adds to the balance from a day on, which is not before the last. */
  add(day: string, amount: Amount): void {
    this.set(day, this.last + amount);
  }

  /** Sets the balance from a day on, which is not before the last. */
  set(day: string, value: Amount): void {
    const at = this.days.length - 1;
    if (at >= 0 && this.days[at] === day) this.values[at] = value;
    else {
      this.days.push(day);
      this.values.push(value);
    }
  }

  get last(): Amount {
    return this.values.at(-1) ?? 0n;
  }

  /** Returns the balance at the end of a day; 0 before the first. */
  at(day: string): Amount {
    const at = lastAtOrBefore(this.days, day);
    return at < 0 ? 0n : this.values[at];
  }
}
