import {expect, it} from "vitest";
import {latest} from "../../../../src/components/lake/latest.js";

const turn = () => new Promise((resolve) => setTimeout(resolve));

it("latest(task) runs once more for all calls that come while it runs, and sees what they changed", async () => {
  const seen: number[] = [];
  let value = 1;
  const {promise: gate, resolve: open} = Promise.withResolvers<void>();
  const ask = latest(
    async () => {
      seen.push(value);
      await gate;
    },
    () => undefined
  );
  ask();
  value = 2;
  ask();
  value = 3;
  ask();
  open();
  await turn();
  expect(seen).toEqual([1, 3]);
  ask();
  await turn();
  expect(seen).toEqual([1, 3, 3]);
});

it("latest(task) tells of a failure, and runs again when it is asked", async () => {
  const errors: string[] = [];
  let runs = 0;
  const ask = latest(
    async () => {
      ++runs;
      throw new Error(`no ${runs}`);
    },
    ({message}) => errors.push(message)
  );
  ask();
  await turn();
  ask();
  await turn();
  expect(errors).toEqual(["no 1", "no 2"]);
});
