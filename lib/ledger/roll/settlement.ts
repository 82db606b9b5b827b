import {worth} from "../exposure.js";
import type {Holding} from "../movements/holdings.js";
import type {Movement} from "../movements/movement.js";
import type {Amount} from "../../money/amount.js";
import type {Book, Change} from "./book.js";
import type {Marks} from "./marks.js";

/**
 * Returns what a contract settled in cash on each day that has a mark of it: what it is worth now, less what it was
 * worth when it was last settled, and what its trades of the time since brought (R18).
 * @param movements of the holding, in order
 */
export function dailySettlement(
  {key, assetCategory, multiplier, currency}: Holding,
  quantities: Book,
  movements: readonly Movement[],
  marks: Marks
): Change[] {
  const series = quantities.series.get(key);
  if (!series || !currency) return [];
  const value = (quantity: Amount, price: Amount) =>
    worth({assetCategory, multiplier}, quantity, price) ?? 0n;
  const changes: Change[] = [];
  const moved = Map.groupBy(movements, ({day}) => day);
  const days = [...new Set([...marks.daysOf(key), ...moved.keys()])].sort();
  let settled = 0n;
  let brought = 0n;
  let next = 0;
  for (const day of days) {
    for (; next < quantities.openings.length && quantities.openings[next].from <= day; ++next) {
      const {day: before, values} = quantities.openings[next];
      const opened = values.get(key) ?? 0n;
      const mark = opened ? marks.lastAt(key, before) : null;
      settled = mark ? value(opened, mark.price) : 0n;
      brought = 0n;
    }
    if (!next) continue;
    const mark = marks.on(key, day);
    const quantity = series.at(day);
    for (const {quantity: amount, proceeds, kind} of moved.get(day) ?? []) {
      if (kind === "transfer" && mark) settled += value(amount, mark.price);
      else brought += proceeds ?? 0n;
    }
    if (!mark && quantity) continue;
    const worthNow = mark ? value(quantity, mark.price) : 0n;
    const amount = worthNow - settled + brought;
    if (amount) changes.push({day, key: currency, amount});
    settled = worthNow;
    brought = 0n;
  }
  return changes;
}
