import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumBacktestYears,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeProbability,
  trackRecordNeeded
} from "../../../../lib/backtest/metrics/probabilistic-sharpe.js";

const of = (...values: number[]) => Float64Array.from(values);

it("sharpeProbability(moments, benchmark) is a half at the benchmark, and by hand above it", () => {
  const moments = {sharpe: 0.5, skewness: 0, kurtosis: 3, n: 10};
  expect(sharpeProbability(moments, 0.5)).toBe(0.5);
  // 0.5 x 3 / sqrt(1 + 0.5 x 0.25) = 1.41421…, the root of two
  expect(sharpeProbability(moments, 0)).toBeCloseTo(0.9213503964748575, 12); // P(sqrt 2), scipy 1.17.1 norm.cdf
});

it("expectedMaximumSharpe(count, deviation) is zero for one trial, and nearly 2.25 for 45", () => {
  expect(expectedMaximumSharpe(1, 5)).toBe(0);
  expect(expectedMaximumSharpe(45, 1) ** 2).toBeLessThan(5); // Bailey et al. (2014): five years allow 45 trials
  expect(expectedMaximumSharpe(46, 1) ** 2).toBeGreaterThan(5);
});

it("the deflated ratio of Bailey & López de Prado (2014), section 5, is 0.9004 after 100 trials and 0.9505 after 46", () => {
  const moments = {sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10, n: 1250};
  const deviation = Math.sqrt(0.5 / 250);
  expect(expectedMaximumSharpe(100, deviation)).toBeCloseTo(0.1132, 4);
  expect(sharpeProbability(moments, expectedMaximumSharpe(100, deviation))).toBeCloseTo(0.9004, 4);
  expect(sharpeProbability(moments, expectedMaximumSharpe(46, deviation))).toBeCloseTo(0.9505, 4);
});

it("trackRecordNeeded(moments) is the years of Bailey & López de Prado (2012) for a ratio of 2 above 1", () => {
  for (const [periods, years] of [
    [252, 2.73],
    [52, 2.83],
    [12, 3.24]
  ]) {
    const moments = {sharpe: 2 / Math.sqrt(periods), skewness: 0, kurtosis: 3};
    expect(trackRecordNeeded(moments, 1 / Math.sqrt(periods), 0.95) / periods).toBeCloseTo(years, 2);
  }
});

it("probabilisticSharpe(returns) says the number of trials and takes nothing off for them", () => {
  const returns = of(0.01, 0.02, -0.01, 0.03);
  const alone = probabilisticSharpe(returns);
  const many = probabilisticSharpe(returns, {trials: {count: 50}});
  expect(alone.constants.trials).toBe(null);
  expect(many.constants.trials).toBe(50);
  expect(many.value).toBe(alone.value);
  // deviations -25, 75, -225, 175 bp from a mean of 125: m2 218.75e-6, m3 -1406.25e-9, m4 88320.3125e-12
  expect(many.constants).toEqual({
    sharpe: expect.closeTo(0.7319250547, 9),
    benchmark: 0,
    skewness: expect.closeTo(-0.4346507595, 9),
    kurtosis: expect.closeTo(1.8457142857, 9),
    n: 4,
    trials: 50
  });
});

it("deflatedSharpe(returns) of one trial is the probabilistic ratio, and falls with their number", () => {
  const returns = of(0.01, 0.02, -0.01, 0.03, 0.005, -0.002);
  expect(deflatedSharpe(returns, {trials: {count: 1}}).value).toBe(probabilisticSharpe(returns).value);
  const values = [2, 10, 100].map(
    (count) => deflatedSharpe(returns, {trials: {count, deviation: 0.2}}).value ?? NaN
  );
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(values[0]).toBeGreaterThan(values[2]);
});

it("deflatedSharpe(returns) has no value where trials or their spread are not said", () => {
  const returns = of(0.01, 0.02, -0.01);
  expect(deflatedSharpe(returns).reason).toBe("the number of trials is not said");
  expect(deflatedSharpe(returns, {trials: {count: 9}}).reason).toBe(
    "the deviation of the Sharpe ratios of 9 trials is not said"
  );
  expect(() => deflatedSharpe(returns, {trials: {count: 0}})).toThrow(
    new RangeError("invalid count of trials: 0")
  );
});

it("a series that does not vary gives no probability: never 1", () => {
  const still = of(0.01, 0.01, 0.01);
  for (const figure of [
    probabilisticSharpe(still),
    deflatedSharpe(still, {trials: {count: 2, deviation: 1}}),
    minimumTrackRecord(still)
  ]) {
    expect(figure.value).toBe(null);
    expect(figure.reason).toBe("the returns do not vary");
  }
  expect(probabilisticSharpe(of(0.01)).reason).toBe("needs two returns or more: 1");
  expect(probabilisticSharpe(of()).reason).toBe("needs two returns or more: 0");
});

it("minimumTrackRecord(returns) is the length at which the probability reaches the confidence", () => {
  const returns = fc.array(fc.integer({min: -300, max: 400}), {minLength: 3, maxLength: 40});
  fc.assert(
    fc.property(returns, fc.constantFrom(0.9, 0.95, 0.99), (draws, confidence) => {
      const {value, constants} = minimumTrackRecord(
        Float64Array.from(draws, (d) => d / 1e4),
        {confidence}
      );
      fc.pre(value !== null && value < 1e9);
      const moments = {
        sharpe: constants.sharpe ?? NaN,
        skewness: constants.skewness ?? NaN,
        kurtosis: constants.kurtosis ?? NaN,
        n: value ?? NaN
      };
      fc.pre(moments.n > 1.0001); // a variance of zero needs no record at all
      expect(sharpeProbability(moments, 0)).toBeCloseTo(confidence, 9);
    })
  );
});

it("minimumTrackRecord(returns) of a loss is no length", () => {
  expect(minimumTrackRecord(of(-0.01, 0.005)).reason).toBe(
    "no track record is long enough: the Sharpe ratio is not above 0 a period"
  );
  expect(() => minimumTrackRecord(of(1, 2), {confidence: 1})).toThrow(
    new RangeError("invalid confidence: 1")
  );
});

it("minimumBacktestYears(ratio, trials) is the square of the best to expect over the ratio", () => {
  expect(minimumBacktestYears({value: 2}, {count: 45}).value).toBeCloseTo(
    expectedMaximumSharpe(45, 1) ** 2 / 4,
    12
  );
  expect(minimumBacktestYears({value: 2}, {count: 1}).value).toBe(0);
  expect(minimumBacktestYears({value: -1}, {count: 3}).reason).toBe("the Sharpe ratio is not above zero");
  expect(minimumBacktestYears({value: 1}, undefined).reason).toBe("the number of trials is not said");
  expect(minimumBacktestYears({value: null, reason: "no returns"}, {count: 3}).reason).toBe("no returns");
});
