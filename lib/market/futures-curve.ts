import {isoDay} from "./days.js";
import {CURVE_FUTURES, heldContracts} from "./contracts.js";
import {panelView} from "./panel.js";
import type {MarketStudy} from "./study.js";
import type {CommoditiesView, FuturesCurve} from "./views.js";

/** Returns the commodities' panel, and futures by delivery month. */
export function commoditiesView(study: MarketStudy): CommoditiesView {
  return {
    ...panelView(study, "commodities"),
    curves: CURVE_FUTURES.map(({id, root}) => curveOf(study, id, root))
  };
}

/** Prices of one day, the last one on which any contract of the future has one; a month stands once. */
function curveOf({reader, set}: MarketStudy, id: string, root: string): FuturesCurve {
  const {label, unit} = reader.line(id);
  const held = heldContracts(set, root).flatMap((contract) => {
    const {series} = reader.find(contract.id);
    return series ? [{contract, day: series.days.at(-1)!, price: series.values.at(-1)!}] : []; // it has a value
  });
  if (!held.length) {
    const reason = `no contract of ${label} is in the lake: pull markets`;
    return {id, label, unit, asOf: null, points: [], reason};
  }
  const last = Math.max(...held.map(({day}) => day));
  const points = new Map(
    held
      .filter(({day}) => day === last)
      .map(({contract: {id: own, month}, price}) => [month, {id: own, month, price}])
  );
  return {id, label, unit, asOf: isoDay(last), points: [...points.values()], reason: null};
}
