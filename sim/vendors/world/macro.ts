/** What statistical offices and others publish by week, month and quarter. */

import {dayOf} from "./days.js";
import type {Ground} from "./ground.js";
import {FIGURES} from "./macro-table.js";
import {onGrid, type Published} from "./published.js";
import {rounded, walk} from "./walk.js";

export function macro({grids}: Ground): Published[] {
  const figures = Object.entries(FIGURES).map(([id, {title, shape, grid, missing = [], ...spec}]) => {
    const gone = new Set(missing.map(dayOf));
    return onGrid(
      id,
      title,
      shape,
      grids[grid],
      () => walk(grids[grid], {name: id, ...spec}),
      (day) => gone.has(day)
    );
  });
  const real = figures.find(({id}) => id === "GDPC1")!;
  const growth = onGrid(
    "A191RL1Q225SBEA",
    "Real Gross Domestic Product",
    {
      ...FIGURES["GDPC1"].shape,
      units: "Percent Change from Preceding Period",
      unitsShort: "% Chg. from Preceding Period",
      decimals: 1
    },
    grids.quarters,
    () => {
      const {values} = real.rows();
      return Array.from(values, (value, i) =>
        i ? rounded(100 * ((value / values[i - 1]) ** 4 - 1), 1) : 1.4
      );
    }
  );
  return [...figures, growth];
}
