/** A thread for test/loaders/thread.test.ts. */
import {parentPort} from "node:worker_threads";
import {setTimeout as sleep} from "node:timers/promises";
import {LakeError} from "../../loaders/lake/port.js";
import {serveThread, type CallTools} from "../../loaders/thread.js";

const calls = {
  double: (n: number) => 2 * n,
  nothing: () => null,
  bytes: () => ({bytes: Uint8Array.of(1, 2, 3), version: 7}),
  fail(code: "busy") {
    throw new LakeError(code, "another one writes");
  },
  async count(to: number, {tell, signal}: CallTools<number>): Promise<string> {
    for (let n = 1; n <= to; ++n) {
      await sleep(5);
      if (signal.aborted) return `stopped at ${n}`;
      tell(n);
    }
    return "counted";
  },
  exit: () => process.exit(3)
};

export type TestCalls = typeof calls;

serveThread(parentPort!, calls); // this file is a thread's
