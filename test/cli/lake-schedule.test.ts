import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {scheduleUpdates} from "../../cli/lake-schedule.js";

beforeEach(() => void vi.useFakeTimers({now: new Date("2026-11-20T20:00:00Z")})); // a Friday, 15:00 in New York
afterEach(() => vi.useRealTimers());

/** A desk that counts how often it was asked, and says when. */
function desk(fails = false) {
  const at: string[] = [];
  const updateAll = () => {
    at.push(new Date().toISOString());
    return fails ? Promise.reject(new Error("nothing is tracked yet")) : Promise.resolve({} as never);
  };
  const lines: string[] = [];
  return {at, lines, parts: {desk: {updateAll}, log: (line: string) => void lines.push(line)}};
}

it("the lake is brought up to date when the settings say, by their time zone, over a change of clocks", async () => {
  const {at, parts} = desk();
  const updates = scheduleUpdates({cron: "30 16 * * 1-5", zone: "America/New_York"}, parts);
  expect(updates.next()?.toISOString()).toBe("2026-11-20T21:30:00.000Z");
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  vi.setSystemTime(new Date("2026-11-23T21:00:00Z")); // the machine slept over the weekend
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(at.map((time) => time.slice(0, 16))).toEqual([
    "2026-11-20T21:30",
    "2026-11-23T21:30" // Monday
  ]);
  vi.setSystemTime(new Date("2027-03-12T21:00:00Z")); // Friday before the clocks go forward
  expect(updates.next()?.toISOString()).toBe("2027-03-12T21:30:00.000Z");
  vi.setSystemTime(new Date("2027-03-14T12:00:00Z"));
  expect(updates.next()?.toISOString()).toBe("2027-03-15T20:30:00.000Z");
  updates.stop();
  expect(updates.next()).toBeNull();
});

it("nothing is pulled where the settings say nothing", async () => {
  const {at, parts} = desk();
  const updates = scheduleUpdates({cron: undefined, zone: "UTC"}, parts);
  expect(updates.next()).toBeNull();
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(at).toEqual([]);
});

it("an update that cannot be is told, and the next one comes all the same", async () => {
  const {at, lines, parts} = desk(true);
  const updates = scheduleUpdates({cron: "0 * * * *", zone: "UTC"}, parts);
  await vi.advanceTimersByTimeAsync(2 * 3_600_000 + 1000);
  expect(at).toHaveLength(2);
  expect(lines).toEqual([
    "the lake was not brought up to date: nothing is tracked yet",
    "the lake was not brought up to date: nothing is tracked yet"
  ]);
  updates.stop();
});
