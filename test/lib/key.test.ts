import {createHash} from "node:crypto";
import {expect, it} from "vitest";
import {keyOf} from "../../lib/key.js";
import {barsOf} from "./backtest/bars.js";

const parts = {
  code: "c",
  engine: "event",
  strategy: "sma-cross",
  parameters: {fast: 10, slow: 30},
  data: ["d"],
  options: {cash: 1000, rules: {fill: "next-open", volumeShare: null}, frequency: undefined}
};

it("keyOf(value) is the same whatever the order of names", () => {
  const turned = {options: parts.options, data: ["d"], parameters: {slow: 30, fast: 10}, strategy: "sma-cross", engine: "event", code: "c"}; // prettier-ignore
  expect(keyOf(turned)).toBe(keyOf(parts));
  expect(keyOf(parts)).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  {code: "d"},
  {engine: "vector"},
  {strategy: "momentum"},
  {parameters: {fast: 11, slow: 30}},
  {parameters: {fast: 30, slow: 10}},
  {data: ["e"]},
  {data: ["d", "d"]},
  {options: {cash: 1000.0001}},
  {options: {cash: NaN}},
  {options: {cash: "1000", rules: {fill: "next-open", volumeShare: null}}}
])("keyOf(value) is another with %j", (other) => {
  expect(keyOf({...parts, ...other})).not.toBe(keyOf(parts));
});

it("keyOf(bars) is of every value", () => {
  const bars = barsOf([[1, 2, 0.5, 1.5], [1.5, 2, 1, 1.25]]); // prettier-ignore
  const keys = [
    bars,
    ...(["time", "open", "high", "low", "close", "volume"] as const).map((name) => {
      const column = bars[name].slice();
      column[1] = 9;
      return {...bars, [name]: column};
    }),
    {...bars, symbol: "B"},
    {...bars, currency: "EUR"}
  ].map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOf({...bars, volume: Float64Array.of(NaN, NaN)})).toBe(keys[0]);
});

it("keyOf(column) is that of the bytes as they are defined, on each machine", () => {
  // by Python: sha256 of struct.pack("<3d", 1.5, -0.0, math.nan), which NumPy writes as 7ff8000000000000
  const bytes = Buffer.from("000000000000f83f0000000000000080000000000000f87f", "hex");
  const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
  expect(keyOf({column: Float64Array.of(1.5, -0, NaN), seed: 7})).toBe(
    sha256(`{"column":{"float64":"${sha256(bytes)}","length":3},"seed":7}`)
  );
});
