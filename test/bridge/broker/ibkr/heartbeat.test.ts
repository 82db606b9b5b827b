import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {createHeartbeat} from "../../../../bridge/broker/ibkr/heartbeat.js";

const START = Date.UTC(2026, 10, 20, 15);
beforeEach(() => void vi.useFakeTimers({now: START}));
afterEach(() => void vi.useRealTimers());

function stand() {
  const seen = {asked: 0, beats: 0, silences: 0};
  const heartbeat = createHeartbeat({
    everyMs: 10_000,
    clock: () => performance.now(),
    now: Date.now,
    ask: () => void ++seen.asked,
    onBeat: () => void ++seen.beats,
    onSilence: () => void ++seen.silences
  });
  heartbeat.start();
  return {heartbeat, seen};
}

it("it asks at once and at every beat, and tells the way there and back and the clocks' difference", () => {
  const {heartbeat, seen} = stand();
  expect([seen.asked, heartbeat.latencyMs, heartbeat.offsetMs]).toEqual([1, null, null]);
  vi.advanceTimersByTime(40);
  heartbeat.hear();
  heartbeat.answer(START / 1000 + 2); // told in whole seconds: taken as its middle
  expect([heartbeat.latencyMs, heartbeat.offsetMs, seen.beats]).toEqual([40, 2480, 1]);
  vi.advanceTimersByTime(9960);
  expect(seen.asked).toBe(2);
});

it("whatever comes keeps it alive; silence of two beats and a half ends it once", () => {
  const {heartbeat, seen} = stand();
  for (let i = 0; i < 10; ++i) {
    vi.advanceTimersByTime(9000);
    heartbeat.hear();
  }
  expect(seen.silences).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(seen.silences).toBe(1);
});

it("an answer to somebody else's question counts for nothing", () => {
  const {heartbeat, seen} = stand();
  heartbeat.answer(START / 1000);
  vi.advanceTimersByTime(5000);
  heartbeat.answer(START / 1000 + 5);
  expect([heartbeat.latencyMs, seen.beats]).toEqual([0, 1]);
});

it("stop() asks no more", () => {
  const {heartbeat, seen} = stand();
  heartbeat.stop();
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual({asked: 1, beats: 0, silences: 0});
});
