import type {StatementWarning} from "./statement.js";

/** Counts warnings by code and place. */
export class Warnings {
  readonly #counts = new Map<string, StatementWarning>();

  count(code: string, where: string, times = 1): void {
    const key = `${code} ${where}`;
    const warning = this.#counts.get(key);
    if (warning) warning.count += times;
    else this.#counts.set(key, {code, where, count: times});
  }

  /** Returns the warnings in the order in which they first came. */
  list(): StatementWarning[] {
    return [...this.#counts.values()];
  }
}
