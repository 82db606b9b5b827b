import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {
  createHistoricalPacing,
  type HistoricalAsk,
  type HistoricalPacing
} from "../../../../bridge/broker/ibkr/historical-pacing.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SMALL: HistoricalAsk = {conId: 1, exchange: "SMART", what: "TRADES", barSeconds: 5, rest: "60 S"};
const asking = (number: number, fields: Partial<HistoricalAsk> = {}) => ({
  ...SMALL,
  rest: `${number}`,
  ...fields
});

/** Asks all at once, answers each at once, and gives the second at which each left. */
async function leaveAt(pacing: HistoricalPacing, asks: readonly HistoricalAsk[]): Promise<number[]> {
  const start = performance.now();
  const left: number[] = [];
  const all = asks.map(async (ask, i) => {
    const done = await pacing.acquire(ask);
    left[i] = (performance.now() - start) / 1000;
    done();
  });
  await vi.runAllTimersAsync();
  await Promise.all(all);
  return left;
}

const pacing = () => createHistoricalPacing(() => performance.now());

it("the same question of small bars leaves once in 15 seconds", async () => {
  const [first, second] = await leaveAt(pacing(), [SMALL, SMALL]);
  expect(first).toBe(0);
  expect(second).toBeGreaterThanOrEqual(15);
});

it("five questions after a contract leave within two seconds, the sixth after them; another contract's at once", async () => {
  const asks = [...Array.from({length: 6}, (_, i) => asking(i)), asking(9, {conId: 2})];
  const left = await leaveAt(pacing(), asks);
  expect([...left.slice(0, 5), left[6]]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(left[5]).toBeGreaterThanOrEqual(2);
  expect(left[5]).toBeLessThan(3);
});

it("sixty questions leave in ten minutes, the next when the first is that old", async () => {
  const asks = Array.from({length: 61}, (_, i) => asking(i, {conId: i}));
  const left = await leaveAt(pacing(), asks);
  expect(left.filter((at) => at === 0)).toHaveLength(60);
  expect(left[60]).toBeGreaterThanOrEqual(600);
});

it("a question after BID_ASK counts twice", async () => {
  const asks = Array.from({length: 3}, (_, i) => asking(i, {what: "BID_ASK"}));
  const left = await leaveAt(pacing(), asks);
  expect(left.slice(0, 2)).toEqual([0, 0]);
  expect(left[2]).toBeGreaterThanOrEqual(2);
});

it("questions after longer bars wait for nothing but for one of fifty to end", async () => {
  const paced = pacing();
  const daily = asking(0, {barSeconds: 86_400});
  const open = await Promise.all(Array.from({length: 50}, () => paced.acquire(daily)));
  let isThrough = false;
  const next = paced.acquire(daily).then((done) => ((isThrough = true), done));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isThrough).toBe(false);
  open[0]();
  open[0](); // ending it twice frees one place
  await next;
  const another = paced.acquire(daily).then(() => (isThrough = false));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isThrough).toBe(true);
  open[1]();
  await another;
});

it("acquire(ask, signal) stops waiting when its signal says so", async () => {
  const paced = pacing();
  (await paced.acquire(SMALL))();
  const stop = new AbortController();
  const waiting = paced.acquire(SMALL, stop.signal);
  const refused = expect(waiting).rejects.toThrow("enough");
  stop.abort(new Error("enough"));
  await refused;
  expect(vi.getTimerCount()).toBe(0);
});
