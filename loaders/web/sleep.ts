import {setTimeout as timeout} from "node:timers/promises";

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<unknown>;

/** Waits for real. */
export const sleepFor: Sleep = (ms, signal) => timeout(ms, undefined, signal ? {signal} : {});

/** Does not wait: for the stand-ins on loopback. */
export const noSleep: Sleep = () => Promise.resolve();
