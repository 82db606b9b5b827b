import {attributionView} from "../attribution/attribution.js";
import type {AttributionView} from "../attribution/attribution-view.js";
import {navBridgeView} from "../bridge-range/nav-bridge.js";
import type {NavBridgeView} from "../bridge-range/nav-bridge-view.js";
import {performanceView} from "../performance.js";
import type {RiskQuery} from "../risk-profile.js";
import {rollingView, type RollingView} from "../rolling-view.js";
import type {Study} from "../study.js";
import type {PerformanceView, Scope} from "../views.js";

/** All of an account's performance on one sheet: to be printed, mailed, kept. */
export interface TearSheetView {
  scope: Scope;
  performance: PerformanceView;
  rolling: RollingView[];
  navBridge: NavBridgeView;
  byClass: AttributionView;
  byPosition: AttributionView;
}

/**
 * Returns the tear sheet of a range: the very views that the pages show, together.
 * @param of makes the study of another query
 */
export function tearSheetView(
  study: Study,
  query: RiskQuery,
  of: (query: RiskQuery) => Study
): TearSheetView {
  return {
    scope: study.scope,
    performance: performanceView(study, query, of),
    rolling: (["volatility", "sharpe"] as const).map((measure) => rollingView(study, {...query, measure})),
    navBridge: navBridgeView(study),
    byClass: attributionView(study, {...query, by: "class"}, of),
    byPosition: attributionView(study, {...query, by: "position"}, of)
  };
}
