import {expect, it} from "vitest";
import {streamStates, Xoshiro} from "../../../../lib/risk/simulation/xoshiro.js";
import expected from "../../../reference/risk.json" with {type: "json"};

const outputs = (words: Uint32Array, count: number) => {
  const random = new Xoshiro();
  random.start(words);
  return Array.from({length: count}, () => {
    random.next();
    return String((BigInt(random.high) << 32n) | BigInt(random.low));
  });
};

it("streamStates(1234567, 0, 1) is SplitMix64's known beginning", () => {
  const words = streamStates(1234567, 0, 1);
  const values = [0, 2, 4, 6].map((at) => String((BigInt(words[at]) << 32n) | BigInt(words[at + 1])));
  expect(values).toEqual([
    "6457827717110365317",
    "3203168211198807973",
    "9817491932198370423",
    "4593380528125082431"
  ]);
});

it("Xoshiro from the state 1, 2, 3, 4 gives the outputs known of xoshiro256++", () => {
  // the vector that rand_xoshiro tests with, made by Blackman and Vigna's C
  expect(outputs(Uint32Array.of(0, 1, 0, 2, 0, 3, 0, 4), 4)).toEqual([
    "41943041",
    "58720359",
    "3588806011781223",
    "3591011842654386"
  ]);
});

it("each stream agrees with the same in Python's whole numbers", () => {
  for (const {seed, stream, outputs: theirs} of expected.xoshiro) {
    expect(outputs(streamStates(seed, stream, stream + 1), theirs.length)).toEqual(theirs);
  }
});

it("streamStates(seed, from, to) of a part are those of the whole", () => {
  const whole = streamStates(7, 0, 50);
  expect(streamStates(7, 20, 30)).toEqual(whole.subarray(160, 240));
  expect(streamStates(7, 3, 3).length).toBe(0);
});

it("uniform() lies in [0, 1) with mean a half, its 53 bits all used", () => {
  const random = new Xoshiro();
  random.start(streamStates(5, 0, 1));
  const draws = Array.from({length: 20_000}, () => random.uniform());
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  const middle = draws.reduce((sum, u) => sum + u, 0) / draws.length;
  expect(Math.abs(middle - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / draws.length));
  expect(draws.some((u) => (u * 2 ** 53) % 2 === 1)).toBe(true);
});

it("seeds are whole numbers", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    expect(() => streamStates(seed, 0, 1)).toThrow(new RangeError(`invalid seed: ${seed}`));
  }
});
