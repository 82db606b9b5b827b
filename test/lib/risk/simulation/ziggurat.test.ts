import {expect, it} from "vitest";
import {normalProbability, normalQuantile} from "../../../../lib/risk/normal.js";
import {gamma, normal, ZIGGURAT} from "../../../../lib/risk/simulation/ziggurat.js";
import {streamStates, Xoshiro} from "../../../../lib/risk/simulation/xoshiro.js";

const COUNT = 400_000;
const stream = (seed: number) => {
  const random = new Xoshiro();
  random.start(streamStates(seed, 0, 1));
  return random;
};
const moment = (draws: Float64Array, power: number) =>
  draws.reduce((sum, x) => sum + x ** power, 0) / draws.length;

const random = stream(11);
const draws = Float64Array.from({length: COUNT}, () => normal(random));

it("ZIGGURAT's layers have equal area, the last ends at the top", () => {
  const {sure, width, height} = ZIGGURAT;
  const edge = (layer: number) => width[layer] * 2 ** 52;
  const tail = edge(255) * height[255] + Math.sqrt(2 * Math.PI) * normalProbability(-edge(255));
  for (let layer = 2; layer < 256; ++layer) {
    expect(edge(layer) * (height[layer - 1] - height[layer])).toBeCloseTo(tail, 15);
    expect(sure[layer] / 2 ** 52).toBeCloseTo(edge(layer - 1) / edge(layer), 14);
  }
  expect(edge(1) * (1 - height[1])).toBeCloseTo(tail, 12); // the top layer closes on the curve's height of one
});

it("normal(random) has mean 0, variance 1, skewness 0 and kurtosis 3, each within four standard errors", () => {
  for (const [power, value, spread] of [
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
    [6, 15, 10_395 - 225]
  ]) {
    expect(Math.abs(moment(draws, power) - value), `moment ${power}`).toBeLessThan(
      4 * Math.sqrt(spread / COUNT)
    );
  }
});

it("normal(random) lies below each quantile as often as it should, the tails beyond the last layer too", () => {
  for (const p of [0.00005, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.99995]) {
    const below = draws.filter((x) => x < normalQuantile(p)).length / COUNT;
    expect(Math.abs(below - p), `at ${p}`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT));
  }
  expect(draws.some((x) => x > 3.66)).toBe(true);
  expect(draws.some((x) => x < -3.66)).toBe(true);
});

it("successive numbers do not correlate", () => {
  const product = draws.reduce((sum, x, i) => sum + (i ? x * draws[i - 1] : 0), 0) / COUNT;
  expect(Math.abs(product)).toBeLessThan(4 / Math.sqrt(COUNT));
});

it.each([0.4, 1, 2.5, 15])("gamma(random, %d) has its shape for mean and for variance", (shape) => {
  const source = stream(3);
  const values = Float64Array.from({length: 100_000}, () => gamma(source, shape));
  const middle = moment(values, 1);
  const variance = moment(
    values.map((x) => x - middle),
    2
  );
  expect(Math.abs(middle - shape)).toBeLessThan(4 * Math.sqrt(shape / 1e5));
  expect(Math.abs(variance - shape)).toBeLessThan(4 * Math.sqrt((2 * shape ** 2 + 6 * shape) / 1e5));
  expect(values.every((x) => x > 0)).toBe(true);
});
