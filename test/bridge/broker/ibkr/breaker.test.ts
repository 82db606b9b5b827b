import {expect, it} from "vitest";
import {createBreaker, QUICK_TRIES} from "../../../../bridge/broker/ibkr/breaker.js";

function stand(random = () => 0.5) {
  const time = {now: 0};
  const breaker = createBreaker({firstMs: 1000, openMs: 60_000, clock: () => time.now, random});
  return {time, breaker};
}

it("fail() waits twice as long each time, five times, then a minute", () => {
  const {breaker} = stand();
  const waits = Array.from({length: QUICK_TRIES + 2}, () => breaker.fail());
  expect(waits).toEqual([1000, 2000, 4000, 8000, 60_000, 60_000, 60_000]);
});

it("it opens at the fifth failure, is half open while it tries, and closes at a success", () => {
  const {breaker, time} = stand();
  for (let i = 1; i < QUICK_TRIES; ++i) breaker.fail();
  expect(breaker.state).toBe("closed");
  time.now += breaker.fail() - 1;
  expect([breaker.state, breaker.failures]).toEqual(["open", 5]);
  ++time.now;
  expect(breaker.state).toBe("half-open");
  breaker.fail();
  expect(breaker.state).toBe("open");
  breaker.succeed();
  expect([breaker.state, breaker.failures]).toEqual(["closed", 0]);
  expect(breaker.fail()).toBe(1000);
});

it("fail(true) opens at once: quick tries are of no use", () => {
  const {breaker} = stand();
  expect([breaker.fail(true), breaker.state]).toEqual([60_000, "open"]);
});

it("each wait is spread over a quarter to either side, so that many do not come at once", () => {
  const [least, most] = [() => 0, () => 1 - 1e-9].map((random) => stand(random).breaker.fail());
  expect([least, most]).toEqual([750, 1250]);
});
