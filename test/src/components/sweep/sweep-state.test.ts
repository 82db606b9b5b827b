import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  formatSweep,
  gridFor,
  parseSweep,
  spanFault,
  SWEEP_METRICS,
  SWEPT,
  valuesOf
} from "../../../../src/components/sweep/sweep-state.js";
import {parametersFor} from "../../../../src/components/backtest/strategies.js";

it("parseSweep(query) takes the default of what is missing or not understood", () => {
  const usual = parseSweep("");
  expect(usual).toMatchObject({strategy: "sma-cross", metric: "sharpe", symbols: [], data: null});
  expect(usual.grid).toEqual({fast: {from: 2, to: 100, step: 2}, slow: {from: 10, to: 500, step: 10}});
  expect(parseSweep("?strategy=buy-and-hold&metric=luck&grid=fast:9-1-1,slow:1-9&commission=x")).toEqual(
    usual
  );
});

it("parseSweep(query) takes the symbol of a backtest's address, and its parameters as the cell", () => {
  const {symbols, parameters, data} = parseSweep("?data=clean/a/bars/b/1d&symbol=X&set=fast:5,slow:50");
  expect({symbols, parameters, data}).toEqual({
    symbols: ["X"],
    parameters: {fast: 5, slow: 50},
    data: "clean/a/bars/b/1d"
  });
});

it("parseSweep(query) takes of a backtest's costs one's own fills, which are in proportion, and no other", () => {
  expect(parseSweep("?costs=own").costs).toBe("own");
  expect(parseSweep("?costs=ibkr-fixed").costs).toBeNull();
});

it("what is written is read again", () => {
  const span = fc
    .record({
      from: fc.integer({min: 1, max: 400}),
      more: fc.integer({min: 0, max: 199}),
      step: fc.integer({min: 1, max: 9})
    })
    .map(({from, more, step}) => ({from, to: from + more * step, step}));
  const sweeps = fc
    .record({
      data: fc.constantFrom(null, "file", "clean/yahoo/bars/markets/1d"),
      symbols: fc.constantFrom([], ["^GSPC"], ["BZ=F", "CL=F"]),
      start: fc.constantFrom(null, "2001-02-03"),
      end: fc.constantFrom(null, "2020-04-17"),
      strategy: fc.constantFrom(...SWEPT.map(({name}) => name)),
      commission: fc.constantFrom("0", "5bps"),
      slippage: fc.constantFrom("5bps", "0.001"),
      costs: fc.constantFrom(null, "own" as const),
      metric: fc.constantFrom(...SWEEP_METRICS),
      one: span,
      other: span,
      first: fc.integer({min: 1, max: 50}),
      second: fc.integer({min: 51, max: 500})
    })
    .map(({one, other, first, second, ...rest}) => ({
      ...rest,
      grid: gridFor(rest.strategy, {fast: one, slow: other, lookback: other}),
      parameters: parametersFor(rest.strategy, {fast: first, slow: second, lookback: second})
    }));
  fc.assert(
    fc.property(sweeps, (sweep) => {
      expect(parseSweep(formatSweep(sweep))).toEqual(sweep);
    })
  );
});

it("formatSweep(sweep) leaves defaults out and keeps other keys", () => {
  expect(formatSweep(parseSweep(""), "?accounts=U1&symbol=X&metric=trades")).toBe("?accounts=U1");
});

it("spanFault(span) says what is wrong with from, to and step", () => {
  expect(spanFault({from: 1, to: 10, step: 3}, 2000)).toBe("");
  expect(spanFault({from: 0, to: 10, step: 1}, 2000)).toBe("whole numbers from 1 on");
  expect(spanFault({from: NaN, to: 10, step: 1}, 2000)).toBe("whole numbers from 1 on");
  expect(spanFault({from: 5, to: 4, step: 1}, 2000)).toBe("ends before it begins, 5");
  expect(spanFault({from: 5, to: 2001, step: 100}, 2000)).toBe("at most 2000");
  expect(spanFault({from: 1, to: 300, step: 1}, 2000)).toBe("300 values: at most 200");
});

it("valuesOf(span) ends at the last step within it", () => {
  expect(valuesOf({from: 2, to: 9, step: 3})).toEqual([2, 5, 8]);
  expect(valuesOf({from: 7, to: 7, step: 5})).toEqual([7]);
});
