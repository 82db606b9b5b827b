import {expect, it} from "vitest";
import {studentTwoSided} from "../../../lib/risk/student.js";
import expected from "../../reference/risk.json" with {type: "json"};
import {nearRelative} from "../../reference/risk.js";

it("studentTwoSided(t, 1) is Cauchy's: a half at 1", () => {
  expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 14);
  expect(studentTwoSided(0, 7)).toBe(1);
});

it("studentTwoSided(t, degrees) agrees with scipy to 1e-11 relative", () => {
  for (const {t, degrees, p} of expected.student) {
    expect(nearRelative(studentTwoSided(t, degrees), p, 1e-11), `t ${t}, ${degrees} degrees`).toBe(true);
  }
});

it("studentTwoSided(t, degrees) at the ends, and of what it cannot use", () => {
  expect(studentTwoSided(Infinity, 3)).toBe(0);
  expect(studentTwoSided(NaN, 3)).toBeNaN();
  expect(() => studentTwoSided(1, 0)).toThrow(new RangeError("invalid degrees of freedom: 0"));
});
