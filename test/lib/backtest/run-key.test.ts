import {expect, it} from "vitest";
import {barsHash, runKey, type RunParts} from "../../../lib/backtest/run-key.js";
import {barsOf, flatBars} from "./bars.js";

const parts: RunParts = {
  code: "c",
  engine: "event",
  strategy: "sma-cross",
  parameters: {fast: 10, slow: 30},
  data: ["d"],
  options: {cash: 1000, rules: {fill: "next-open", volumeShare: null}, frequency: undefined}
};

it("runKey(parts) is the same whatever the order of names", () => {
  const turned = {options: parts.options, data: ["d"], parameters: {slow: 30, fast: 10}, strategy: "sma-cross", engine: "event", code: "c"}; // prettier-ignore
  expect(runKey(turned)).toBe(runKey(parts));
  expect(runKey(parts)).toMatch(/^[0-9a-f]{64}$/);
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
  {options: {cash: "1000", rules: {fill: "next-open", volumeShare: null}}}
])("runKey(parts) is another with %j", (other) => {
  expect(runKey({...parts, ...other})).not.toBe(runKey(parts));
});

it("barsHash(bars) is of every value", () => {
  const bars = barsOf([[1, 2, 0.5, 1.5], [1.5, 2, 1, 1.25]]); // prettier-ignore
  const hashes = [
    bars,
    ...(["time", "open", "high", "low", "close", "volume"] as const).map((name) => {
      const column = bars[name].slice();
      column[1] = 9;
      return {...bars, [name]: column};
    }),
    {...bars, symbol: "B"},
    {...bars, currency: "EUR"}
  ].map(barsHash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(barsHash({...bars, volume: Float64Array.of(NaN, NaN)})).toBe(hashes[0]);
});

it("barsHash(bars) is that of the bytes as they are defined, on each machine", () => {
  // by Python: sha256 of '["A","USD",1]', then time, open, high, low, close, volume, each packed as "<d"
  expect(barsHash(flatBars([1]))).toBe("a0cb293def5766c80789ca7d26a2861a13b00301172b78800d4bb686b5da03f5");
});
