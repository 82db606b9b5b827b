import {expect, it, onTestFinished} from "vitest";
import {createThread} from "../../loaders/thread.js";
import type {TestCalls} from "./thread-calls.js";

function start() {
  const thread = createThread<TestCalls>(new URL("thread-calls.ts", import.meta.url), {});
  onTestFinished(() => thread.close());
  return thread;
}

it("a thread answers calls side by side, each with its own result", async () => {
  const thread = start();
  expect(await Promise.all([1, 2, 3].map((n) => thread.call("double", n)))).toEqual([2, 4, 6]);
  expect(await thread.call("nothing", null)).toBeNull();
  expect(await thread.call("bytes", null)).toEqual({bytes: Uint8Array.of(1, 2, 3), version: 7});
});

it("a call's error keeps its name, code and sentence", async () => {
  await expect(start().call("fail", "busy")).rejects.toMatchObject({
    name: "LakeError",
    code: "busy",
    message: "another one writes"
  });
});

it("a call tells how far it is, to its own caller only", async () => {
  const thread = start();
  const [few, many]: number[][] = [[], []];
  await Promise.all([
    thread.call("count", 2, {onNews: (n) => few.push(n)}),
    thread.call("count", 4, {onNews: (n) => many.push(n)})
  ]);
  expect([few, many]).toEqual([
    [1, 2],
    [1, 2, 3, 4]
  ]);
});

it("a call that is cancelled ends when it looks, and gives what it has", async () => {
  const abort = new AbortController();
  const result = await start().call("count", 1000, {
    signal: abort.signal,
    onNews: (n) => void (n === 3 && abort.abort())
  });
  expect(result).toMatch(/^stopped at \d$/);
  await expect(start().call("double", 1, {signal: AbortSignal.abort(new Error("no"))})).rejects.toThrow("no");
});

it("calls fail when their thread ends, and the next one starts it anew", async () => {
  const thread = start();
  const counting = thread.call("count", 1000);
  const ended = expect(counting).rejects.toThrow("the thread ended before its work");
  await expect(thread.call("exit", null)).rejects.toThrow("the thread ended before its work");
  await ended;
  expect(await thread.call("double", 4)).toBe(8);
});
