import type {Amount} from "../../money/amount.js";
import {holdingKey} from "../movements/holding.js";
import type {Reason} from "./check.js";
import type {Frame} from "./frame.js";
import {whyUnsure} from "./realized.js";
import {COST_DECIMALS, toleranceOf} from "./tolerance.js";

/**
 * Compares what the lots of each position cost, first in first out, with OpenPositions' costBasisMoney. Where a
 * corporate action parts a cost, our lots take that day's parts from it, which is shared.
 */
export function checkCost(frame: Frame): void {
  const {positions} = frame.rows;
  for (const [day, rows] of Map.groupBy(positions, (row) => row.day)) {
    const stated = rows.filter(({costBasisMoney}) => costBasisMoney !== null);
    if (!stated.length) continue;
    const open = Map.groupBy(frame.openLots(day), ({holding}) => holding);
    const place = {what: "cost" as const, period: frame.periodAt(day)};
    for (const {id, costBasisMoney, ...row} of stated) {
      const key = holdingKey(row);
      if (key === null || costBasisMoney === null) continue;
      const lots = open.get(key) ?? [];
      const ours = lots.reduce<Amount | null>(
        (sum, {cost}) => (sum === null || cost === null ? null : sum + cost),
        0n
      );
      const tolerance = toleranceOf(COST_DECIMALS, 2 * lots.length + 1);
      const ids = [...new Set(lots.map(({source}) => source.id))];
      frame.compare(place, {
        day,
        item: frame.symbol(key),
        holding: key,
        of: "OpenPositions.costBasisMoney",
        ours: lots.length ? ours : null,
        theirs: costBasisMoney,
        tolerance,
        rows: [...ids, id],
        series: `cost/${key}`,
        unsure: whyUnsure(frame, key, lots),
        ...((ours === null || !lots.length) && {
          lack: {status: "not-given" as const, reason: unknownCost(row.symbol ?? key)}
        }),
        explain: (_, step) => frame.changes.explain(ids, step, tolerance)
      });
    }
  }
}

function unknownCost(symbol: string): Reason {
  return {
    code: "missing-history",
    sentence: `what ${symbol} cost is before the first statement: import earlier ones, or tick Lots in Open Positions`
  };
}
