import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  addDecimals,
  canonicalDecimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal
} from "../../../lib/money/decimal.js";

it("canonicalDecimal(text) leaves a plain decimal as it is", () => {
  for (const text of ["0", "1", "-1", "10", "0.5", "-0.000001655", "7674.265297533"])
    expect(canonicalDecimal(text)).toBe(text);
});

it("canonicalDecimal(text) drops what says nothing", () => {
  expect(canonicalDecimal("1.50")).toBe("1.5");
  expect(canonicalDecimal("-0.00")).toBe("0");
  expect(canonicalDecimal("+007.")).toBe("7");
  expect(canonicalDecimal("-.5")).toBe("-0.5");
  expect(canonicalDecimal(" 3 ")).toBe("3");
});

it("canonicalDecimal(text) reads exponents exactly", () => {
  expect(canonicalDecimal("1E-9")).toBe("0.000000001");
  expect(canonicalDecimal("-1.25e+3")).toBe("-1250");
  expect(canonicalDecimal("123.456E1")).toBe("1234.56");
  expect(canonicalDecimal("0E-12")).toBe("0");
});

it("canonicalDecimal(text) takes commas as thousands only where they stand as thousands", () => {
  expect(canonicalDecimal("-1,234,567.80")).toBe("-1234567.8");
  for (const text of ["1,5", "1,23", "12,34,567", "1234,567", ",123", "1.234,5"])
    expect(canonicalDecimal(text)).toBeUndefined();
});

it("canonicalDecimal(text) refuses what is no number and what is absurdly long", () => {
  for (const text of [
    "",
    "-",
    ".",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e",
    "0x10",
    "1 2",
    "(5)",
    "5%",
    "1E999",
    "9".repeat(401)
  ])
    expect(canonicalDecimal(text)).toBeUndefined();
});

const decimal = fc
  .record({units: fc.bigInt({min: -(10n ** 20n), max: 10n ** 20n}), scale: fc.nat(15)})
  .map((value) => ({text: formatDecimal(value), value}));

it("formatDecimal and parseDecimal are each other's inverse on canonical texts", () => {
  fc.assert(
    fc.property(decimal, ({text}) => {
      expect(canonicalDecimal(text)).toBe(text);
      expect(formatDecimal(parseDecimal(text))).toBe(text);
    })
  );
});

it("canonicalDecimal(text) does not depend on where the exponent puts the point", () => {
  fc.assert(
    fc.property(decimal, ({text, value: {units, scale}}) => {
      expect(canonicalDecimal(`${units}E-${scale}`)).toBe(text);
    })
  );
});

it("addDecimals and multiplyDecimals are exact at any scale", () => {
  const [a, b] = [parseDecimal("7674.265297533"), parseDecimal("-0.000000000000001")];
  expect(formatDecimal(addDecimals(a, b))).toBe("7674.265297532999999");
  expect(formatDecimal(multiplyDecimals(a, b))).toBe("-0.000000000007674265297533");
});

it("addDecimals is commutative, associative, and undone by the opposite", () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (x, y, z) => {
      const [a, b, c] = [x, y, z].map(({text}) => parseDecimal(text));
      const show = formatDecimal;
      expect(show(addDecimals(a, b))).toBe(show(addDecimals(b, a)));
      expect(show(addDecimals(addDecimals(a, b), c))).toBe(show(addDecimals(a, addDecimals(b, c))));
      expect(show(addDecimals(addDecimals(a, b), {units: -b.units, scale: b.scale}))).toBe(show(a));
    })
  );
});
