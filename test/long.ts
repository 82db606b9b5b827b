/** Whether this is `npm run test:long`. */
export const isLong = process.env.TEST_LONG === "true";

/** Returns how often a long test repeats itself: `count` in `npm run test:long`, a tenth of it in `npm test`. */
export function long(count: number): number {
  return isLong ? count : Math.ceil(count / 10);
}
