import * as fc from "fast-check";
import {expect, it} from "vitest";
import {categoryColor, saidRange, spread} from "../../../src/components/chart-theme.js";

it("spread(heights, gap) moves labels apart and keeps their order", () => {
  expect(spread([50, 52, 100], 15, 0, 200)).toEqual([50, 65, 100]);
  expect(spread([198, 199], 15, 0, 200)).toEqual([185, 200]);
});

it("spread(heights, gap) leaves no label on another", () => {
  const heights = fc.array(fc.double({min: 0, max: 300, noNaN: true}), {minLength: 1, maxLength: 4});
  fc.assert(
    fc.property(heights, (asked) => {
      const placed = spread(asked, 15, 0, 300).toSorted((a, b) => a - b);
      for (let i = 1; i < placed.length; ++i) expect(placed[i] - placed[i - 1]).toBeGreaterThan(14.999);
      expect(placed[placed.length - 1]).toBeLessThanOrEqual(300);
    })
  );
});

it("categoryColor(place) goes round eight colours", () => {
  expect([0, 7, 8, -1].map(categoryColor)).toEqual([
    "var(--category-1)",
    "var(--category-8)",
    "var(--category-1)",
    "var(--category-8)"
  ]);
});

it("saidRange(days) names the first and the last", () => {
  expect(saidRange(["2025-03-03", "2025-03-04", "2026-11-20"])).toBe("3 Mar 2025 – 20 Nov 2026");
  expect(saidRange([])).toBe("no days");
});
