import {monitorEventLoopDelay} from "node:perf_hooks";

const WINDOW_MS = 60_000;
const RESOLUTION_MS = 10;

/** How long the event loop kept others waiting, over the last minute or two. */
export interface LoopMonitor {
  read(): {p99: number; max: number};
  stop(): void;
}

export function watchLoop(): LoopMonitor {
  const histogram = monitorEventLoopDelay({resolution: RESOLUTION_MS});
  histogram.enable();
  const measure = () => ({p99: late(histogram.percentile(99)), max: late(histogram.max)});
  let before = {p99: 0, max: 0};
  const timer = setInterval(() => {
    before = measure();
    histogram.reset();
  }, WINDOW_MS).unref();
  return {
    read() {
      const now = measure();
      return {p99: Math.max(before.p99, now.p99), max: Math.max(before.max, now.max)};
    },
    stop() {
      clearInterval(timer);
      histogram.disable();
    }
  };
}

/** Nanoseconds of a tick, which include the monitor's own pace, in milliseconds beyond it. */
const late = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e4) / 100 - RESOLUTION_MS);
