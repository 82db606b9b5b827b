/**
 * Returns the index of the last day at or before the given one; -1 if there is none.
 * @param days sorted, oldest first; days may repeat
 */
export function lastAtOrBefore(days: readonly string[], day: string): number {
  return firstIndex(days, (other) => other > day) - 1;
}

/** Returns the index of the last day before the given one; -1 if there is none. */
export function lastBefore(days: readonly string[], day: string): number {
  return firstIndex(days, (other) => other >= day) - 1;
}

/** Returns the first index from which on it holds; the length if it never does. */
function firstIndex(days: readonly string[], holds: (day: string) => boolean): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(days[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
