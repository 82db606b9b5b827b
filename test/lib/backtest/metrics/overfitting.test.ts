import * as fc from "fast-check";
import {expect, it} from "vitest";
import {overfitting} from "../../../../lib/backtest/metrics/overfitting.js";
import expected from "../../../reference/overfitting.json" with {type: "json"};

const of = (...values: number[]) => Float64Array.from(values);

it("overfitting(trials) of one that wins in the first half and loses in the second is 1", () => {
  const first = of(3, 2, -3, -2);
  const second = of(-3, -2, 3, 2);
  // two blocks: the best of one is the worst of the other, rank 1 of 2, ln((1/3) / (2/3))
  const {value, logits, constants} = overfitting([first, second], {blocks: 2});
  expect(value).toBe(1);
  expect([...logits]).toEqual([expect.closeTo(-Math.LN2, 12), expect.closeTo(-Math.LN2, 12)]);
  expect(constants).toEqual({trials: 2, blocks: 2, rowsPerBlock: 2, dropped: 0, splits: 2});
});

it("overfitting(trials) of one that always wins is 0", () => {
  const {value, logits} = overfitting([of(2, 3, 2, 3), of(-1, -2, -1, -2)], {blocks: 2});
  expect(value).toBe(0);
  expect([...logits]).toEqual([expect.closeTo(Math.LN2, 12), expect.closeTo(Math.LN2, 12)]);
});

it("overfitting(trials) counts a logit of zero, the median, as overfit", () => {
  const same = of(1, 2, 1, 2);
  expect(overfitting([same, same], {blocks: 2}).value).toBe(1); // rank 1.5 of 2
});

it("overfitting(trials) ranks a trial that never traded as a ratio of 0", () => {
  const {logits} = overfitting([of(0, 0, 0, 0), of(-2, -3, -2, -3), of(1, 2, 1, 2)], {blocks: 2});
  expect(logits[0]).toBeCloseTo(Math.log(3), 12); // the third is best and first again: rank 3 of 3
});

it.each(expected.cases.map((one, i) => ({i, one})))(
  "overfitting(trials) agrees with numpy straight from the definition, case $i",
  ({one}) => {
    const trials = one.draws.map((column) => Float64Array.from(column, (draw) => draw / 4096));
    const {value, logits} = overfitting(trials, {blocks: one.blocks});
    expect(value).toBeCloseTo(one.pbo, 12);
    const sorted = [...logits].toSorted((a, b) => a - b);
    expect(sorted.length).toBe(one.logits.length);
    for (const [i, logit] of sorted.entries()) expect(logit).toBeCloseTo(one.logits[i], 9);
  }
);

it("overfitting(trials) does not depend on the order of trials whose ratios differ", () => {
  const column = fc.array(fc.integer({min: -400, max: 400}), {minLength: 24, maxLength: 24});
  fc.assert(
    fc.property(fc.array(column, {minLength: 2, maxLength: 5}), fc.nat(), (columns, turn) => {
      const trials = columns.map((draws, t) =>
        Float64Array.from(draws, (d, i) => (d + t / 7 + (i % 3) * (t + 1)) / 4096)
      );
      const turned = trials.map((_, i) => trials[(i + turn) % trials.length]);
      expect(overfitting(turned, {blocks: 4}).value).toBe(overfitting(trials, {blocks: 4}).value);
    })
  );
});

it("overfitting(trials) says what is missing", () => {
  expect(overfitting([]).reason).toBe("needs two trials or more: 0");
  expect(overfitting([of(1, 2, 3)]).reason).toBe("needs two trials or more: 1");
  expect(overfitting([of(1, 2), of(2, 1)]).reason).toBe("too few returns for 16 blocks: 2");
});

it("overfitting(trials) names what it cannot use", () => {
  expect(() => overfitting([of(1, 2), of(1)])).toThrow(
    new RangeError("trials[1] has 1 returns, trials[0] has 2")
  );
  expect(() => overfitting([of(1, 2), of(1, NaN)])).toThrow(new RangeError("invalid trials[1][1]: NaN"));
  expect(() => overfitting([], {blocks: 3})).toThrow(
    new RangeError("invalid blocks: 3: an even number from 2 to 20")
  );
  expect(() => overfitting([], {blocks: 40})).toThrow(
    new RangeError("invalid blocks: 40: an even number from 2 to 20")
  );
});
