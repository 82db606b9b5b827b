import {formatAmount, multiply, parseAmount, type Amount, absolute} from "../../money/amount.js";
import type {ChangeSummary} from "../views.js";
import type {Reason} from "./check.js";

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** What IBKR restated and where files contradict each other, by the row that it is about. */
export class Changes {
  readonly #byRow: ReadonlyMap<string, ChangeSummary[]>;

  constructor(changes: readonly ChangeSummary[]) {
    this.#byRow = Map.groupBy(changes, ({element, account, key}) => `${element}:${account}:${key}`);
  }

  /**
   * Returns the change of one of the rows that accounts for a difference: some number of it moved by just so much, in its
   * own currency or at the rate given; null where none does.
   * @param rates that the amount may have been converted by
   */
  explain(
    rows: readonly string[],
    difference: Amount,
    tolerance: Amount,
    rates: readonly Amount[] = []
  ): Reason | null {
    for (const id of rows) {
      for (const change of this.#byRow.get(id) ?? []) {
        for (const [attribute, before, now] of change.differences) {
          const moved = movedBy(before, now);
          if (moved === null) continue;
          const candidates = [moved, ...rates.map((rate) => multiply(moved, rate))];
          if (candidates.some((one) => absolute(absolute(one) - absolute(difference)) <= tolerance)) {
            return reasonOf(change, attribute, before, now);
          }
        }
      }
    }
    return null;
  }
}

function movedBy(before: string | null, now: string | null): Amount | null {
  if (before === null || now === null || !DECIMAL.test(before) || !DECIMAL.test(now)) return null;
  return parseAmount(now) - parseAmount(before);
}

function reasonOf(
  {kind, element, key, day}: ChangeSummary,
  attribute: string,
  before: string | null,
  now: string | null
): Reason {
  const told = `${attribute} of ${element} ${key} of ${day}`;
  return kind === "contradiction"
    ? {
        code: "contradiction",
        sentence: `two files contradict each other: ${told} is ${before} in one and ${now} in the one that counts`
      }
    : {code: "restated", sentence: `IBKR restated it: ${told} was ${before} and is ${now}`};
}

/** Says an amount for a sentence. */
export const say = formatAmount;
