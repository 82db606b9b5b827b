import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  datasetPath,
  formatDatasetId,
  FREQUENCIES,
  isDatasetName,
  isIntraday,
  KINDS,
  parseDatasetId,
  partitionOf
} from "../../../lib/lake/dataset.js";

const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/);
const id = fc.record({
  provider: name,
  kind: fc.constantFrom(...KINDS),
  universe: name,
  frequency: fc.constantFrom(...FREQUENCIES)
});

it("parseDatasetId(text) reads what formatDatasetId(id) writes", () => {
  expect(parseDatasetId("yahoo/bars/markets/1d")).toEqual({
    provider: "yahoo",
    kind: "bars",
    universe: "markets",
    frequency: "1d"
  });
  fc.assert(
    fc.property(id, (given) => {
      expect(parseDatasetId(formatDatasetId(given))).toEqual(given);
    })
  );
});

it("parseDatasetId(text) says which part is wrong", () => {
  const cases = {
    "": "invalid dataset: : write provider/kind/universe/frequency",
    "yahoo/bars/markets": "invalid dataset: yahoo/bars/markets: write provider/kind/universe/frequency",
    "yahoo/bars/markets/1d/x":
      "invalid dataset: yahoo/bars/markets/1d/x: write provider/kind/universe/frequency",
    "Yahoo/bars/markets/1d": "invalid provider: Yahoo",
    "yahoo/candles/markets/1d": "invalid kind: candles: one of bars, trades, quotes, series, fx, actions",
    "yahoo/bars/../1d": "invalid universe: ..: lower-case letters, digits and hyphens, at most 64",
    "yahoo/bars/markets/2d": "invalid frequency: 2d: one of tick, 1s, 1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w, 1mo"
  };
  for (const [text, message] of Object.entries(cases))
    expect(() => parseDatasetId(text)).toThrow(new RangeError(message));
});

it("datasetPath(layer, id) never leaves the lake, whatever the names", () => {
  expect(datasetPath("clean", parseDatasetId("ecb/fx/reference/1d"))).toBe("clean/ecb/fx/reference/1d");
  const odd = fc.oneof(
    name,
    fc.string(),
    fc.constantFrom("..", ".", "/", "a/../..", "a\0b", "C:", "-a", "A")
  );
  fc.assert(
    fc.property(odd, odd, (provider, universe) => {
      const given = {provider, kind: "bars", universe, frequency: "1d"} as const;
      if (isDatasetName(provider) && isDatasetName(universe))
        expect(datasetPath("raw", given)).toMatch(/^raw\/[a-z0-9-]+\/bars\/[a-z0-9-]+\/1d$/);
      else expect(() => datasetPath("raw", given)).toThrow(RangeError);
    })
  );
});

it("isDatasetName(text) takes lower-case letters, digits and hyphens, at most 64", () => {
  expect(["a", "us-equities", "0x", "a".repeat(64)].every(isDatasetName)).toBe(true);
  expect(["", "-a", "A", "a b", "a.b", "ü", "a\n", "a".repeat(65)].some(isDatasetName)).toBe(false);
});

it("partitionOf(frequency, day) is a year, or a month where a day has more than one row", () => {
  expect(partitionOf("1d", "2024-03-05")).toBe("year=2024");
  expect(partitionOf("1mo", "2024-03-01")).toBe("year=2024");
  expect(partitionOf("1m", "2024-03-05")).toBe("month=2024-03");
  expect(FREQUENCIES.filter((frequency) => !isIntraday(frequency))).toEqual(["1d", "1w", "1mo"]);
});
