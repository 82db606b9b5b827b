import reference from "./risk.json" with {type: "json"};

/** Returns of the eight assets of `risk.py`, a column an asset. */
export const assets = reference.assets.map((column) => Float64Array.from(column, (draw) => draw / 4096));

/** Returns whether two numbers agree to a relative tolerance, or an absolute one below 1. */
export function near(value: number | null | undefined, expected: number, tolerance: number): boolean {
  return Math.abs((value ?? NaN) - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** Returns whether two numbers agree to a relative tolerance, however small they are. */
export function nearRelative(value: number, expected: number, tolerance: number): boolean {
  return Math.abs(value - expected) <= tolerance * Math.abs(expected);
}
