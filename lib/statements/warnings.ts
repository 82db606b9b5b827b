import type {StatementWarning} from "./statement.js";

const MAX_PLACES = 1000;

/** Counts warnings by code and place; of more than a thousand places the rest are counted as one. */
export class Warnings {
  readonly #counts = new Map<string, StatementWarning>();

  count(code: string, where: string, times = 1): void {
    const key = `${code} ${where}`;
    const warning = this.#counts.get(key);
    if (warning) warning.count += times;
    else if (this.#counts.size >= MAX_PLACES && where !== "elsewhere")
      this.count("more-warnings", "elsewhere", times);
    else this.#counts.set(key, {code, where, count: times});
  }

  /** Returns the warnings in the order in which they first came. */
  list(): StatementWarning[] {
    return [...this.#counts.values()];
  }
}
