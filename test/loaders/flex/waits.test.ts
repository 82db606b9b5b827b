import * as fc from "fast-check";
import {expect, it} from "vitest";
import {createGate, IBKR_WAITS, NO_WAITS, waitAfter} from "../../../loaders/flex/waits.js";

it("waitAfter(waits, tries) uses up the five minutes in ten tries", () => {
  const waits = Array.from({length: 9}, (_, n) => waitAfter(IBKR_WAITS, n + 1, false, () => 0));
  expect(waits.map((ms) => Math.round(ms / 100) / 10)).toEqual([5, 7.5, 11.3, 16.9, 25.3, 38, 57, 60, 60]);
  expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThan(IBKR_WAITS.totalMs);
});

it("waitAfter(waits, tries) is never shorter than the rule: 5 s, or 60 s after 1018", () => {
  const random = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(fc.integer({min: 1, max: 30}), random, (tries, chance) => {
      expect(waitAfter(IBKR_WAITS, tries, false, () => chance)).toBeGreaterThanOrEqual(5_000);
      const paced = waitAfter(IBKR_WAITS, tries, true, () => chance);
      expect(paced).toBeGreaterThanOrEqual(60_000);
      expect(paced).toBeLessThanOrEqual(72_000);
    })
  );
});

it("waitAfter(NO_WAITS) is zero", () => {
  expect(waitAfter(NO_WAITS, 3, false, () => 1)).toBe(0);
  expect(waitAfter(NO_WAITS, 3, true, () => 1)).toBe(0);
});

it("createGate() lets one request through at a time, spaced from answer to request", async () => {
  let time = 0;
  const begun: number[] = [];
  const gate = createGate(
    {...IBKR_WAITS, spacingMs: 1000, perMinute: 3},
    () => new Date(time),
    async (ms) => void (time += ms)
  );
  const request = async () => {
    begun.push(time);
    await Promise.resolve();
    time += 500;
  };
  await Promise.all([gate(request), gate(request), gate(request), gate(request)]);
  expect(begun).toEqual([0, 1500, 3000, 61_500]);
});

it("createGate() goes on after a request that failed or was called off", async () => {
  const gate = createGate(
    NO_WAITS,
    () => new Date(0),
    async () => undefined
  );
  const failed = gate(() => Promise.reject(new Error("broken")));
  const calledOff = gate(async () => "never", AbortSignal.abort(new Error("called off")));
  await expect(failed).rejects.toThrow("broken");
  await expect(calledOff).rejects.toThrow("called off");
  expect(await gate(async () => "through")).toBe("through");
});
