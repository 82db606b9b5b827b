/** Returns how often a long test repeats itself: `count` in `npm run test:long`, a tenth of it in `npm test`. */
export function long(count: number): number {
  return process.env.TEST_LONG === "true" ? count : Math.ceil(count / 10);
}
