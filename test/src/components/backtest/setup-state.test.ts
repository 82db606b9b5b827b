import * as fc from "fast-check";
import {expect, it} from "vitest";
import {CostChoiceSchema} from "../../../../lib/backtest/costs/choice.js";
import {
  costChoice,
  DEFAULT_SETUP,
  formatSetup,
  parseSetup,
  strategyTitle
} from "../../../../src/components/backtest/setup-state.js";
import {parametersFor, STRATEGY_FACTS} from "../../../../src/components/backtest/strategies.js";
import {STRATEGIES} from "../../../../lib/backtest/strategies/index.js";

it("parseSetup(query) takes the default of what is missing or not understood", () => {
  expect(parseSetup("")).toEqual(DEFAULT_SETUP);
  expect(
    parseSetup(
      "?strategy=oracle&engine=steam&profile=zipline&fill=yesterday&cash=-5&commission=a+lot&convention=mine&start=soon"
    )
  ).toEqual(DEFAULT_SETUP);
});

it("parseSetup(query) reads parameters by name, and drops those that the strategy refuses", () => {
  const of = (set: string) => parseSetup(`?strategy=sma-cross&set=${set}`).parameters;
  expect(of("fast:10,slow:30")).toEqual({fast: 10, slow: 30});
  expect(of("slow:30")).toEqual({fast: 20, slow: 30});
  expect(of("fast:30,slow:10")).toEqual({fast: 20, slow: 100});
  expect(of("fast:1.5,slow:nonsense")).toEqual({fast: 20, slow: 100});
});

it("parseSetup(query) reads exits, and leaves out those that are none", () => {
  const {parameters} = parseSetup(
    "?strategy=sma-cross&set=fast:5,slow:30,stop:250,hold:10,trail:10000,luck:3"
  );
  expect(parameters).toEqual({fast: 5, slow: 30, stop: 250, hold: 10});
  expect(formatSetup({...DEFAULT_SETUP, parameters})).toBe("?set=fast:5,slow:30,stop:250,hold:10");
});

it("parseSetup(query) takes no window that ends before it begins", () => {
  const {start, end} = parseSetup("?start=2020-01-02&end=2020-01-01");
  expect({start, end}).toEqual({start: null, end: null});
});

it("formatSetup(setup) leaves defaults out and keeps other keys", () => {
  expect(formatSetup(DEFAULT_SETUP, "?accounts=U1&cash=5")).toBe("?accounts=U1");
  const setup = {
    ...DEFAULT_SETUP,
    data: "clean/yahoo/bars/markets/1d",
    strategy: "momentum",
    parameters: {lookback: 60},
    commission: "0.005/share"
  };
  expect(formatSetup(setup)).toBe(
    "?data=clean/yahoo/bars/markets/1d&strategy=momentum&commission=0.005/share&set=lookback:60"
  );
});

it("what is written is read again", () => {
  const setups = fc
    .record({
      data: fc.constantFrom(null, "file", "features/yahoo/bars/shares/1d"),
      symbol: fc.constantFrom(null, "^GSPC", "BZ=F", "A&B 1"),
      start: fc.constantFrom(null, "2001-02-03"),
      end: fc.constantFrom(null, "2020-04-17"),
      strategy: fc.constantFrom(...STRATEGY_FACTS.map(({name}) => name)),
      engine: fc.constantFrom("event", "vector"),
      profile: fc.constantFrom("default", "backtesting.py", "lean-daily"),
      fill: fc.constantFrom(null, "next-open", "same-close"),
      cash: fc.double({min: 0.01, max: 1e9, noNaN: true}),
      commission: fc.constantFrom("0", "5bps", "0.005/share"),
      slippage: fc.constantFrom("0", "5bps", "0.001"),
      costs: fc.constantFrom(null, "ibkr-fixed", "ibkr-tiered", "own"),
      impact: fc.constantFrom(null, "square-root", "volume-share"),
      borrow: fc.constantFrom(null, 0.005, 0.3),
      convention: fc.constantFrom("ours", "empyrical", "quantstats", "backtesting.py"),
      first: fc.integer({min: 1, max: 50}),
      second: fc.integer({min: 51, max: 2000})
    })
    .map(({first, second, ...rest}) => ({
      ...rest,
      parameters: parametersFor(rest.strategy, {fast: first, slow: second, lookback: second})
    }));
  fc.assert(
    fc.property(setups, (setup) => {
      expect(parseSetup(formatSetup(setup as typeof DEFAULT_SETUP))).toEqual(setup);
    })
  );
});

it("strategyTitle(setup) names the strategy with its values", () => {
  expect(strategyTitle(DEFAULT_SETUP)).toBe("Moving averages cross 20 / 100");
  expect(strategyTitle({strategy: "buy-and-hold", parameters: {}})).toBe("Buy and hold");
  expect(strategyTitle({strategy: "breakout", parameters: {lookback: 20, trail: 500, hold: 9}})).toBe(
    "Breakout 20 / 500, hold 9"
  );
});

it("costChoice(setup) has only what was chosen, and passes the tasks' door", () => {
  expect(costChoice(DEFAULT_SETUP)).toEqual({commission: "5bps", slippage: "5bps"});
  const all = {...DEFAULT_SETUP, costs: "ibkr-tiered", impact: "square-root", borrow: 0.02} as const;
  expect(CostChoiceSchema.parse(costChoice(all))).toMatchObject({
    ibkr: {plan: "tiered"},
    impact: {model: "square-root"},
    borrow: 0.02
  });
  const own = {commission: {bySymbol: {ACME: 3}, otherwise: 2}};
  expect(CostChoiceSchema.parse(costChoice({...DEFAULT_SETUP, costs: "own"}, own)).own).toEqual(own);
});

it("every strategy of the house takes its usual parameters", () => {
  for (const [name, {create}] of STRATEGIES) expect(() => create(parametersFor(name))).not.toThrow();
});
