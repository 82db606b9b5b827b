import type {SplitRisk} from "../../lib/risk/portfolio-risk.js";
import type {RiskOutput} from "../../lib/tasks/risk.js";

/** What one holding adds to a loss. */
export interface RiskPart {
  name: string;
  value: number;
  /** Loss for one unit of it more. */
  marginal: number;
  /** Value times that; they sum to the loss. */
  component: number;
  /** Over the loss. */
  share: number;
}

/** Returns the parts of a loss, the largest first; none where it is n/a. */
export function partsOf(
  {assets, values}: Pick<RiskOutput, "assets" | "values">,
  split: SplitRisk
): RiskPart[] {
  const {value: loss, marginal, component} = split;
  if (loss === null) return [];
  return assets
    .map((name, i) => ({
      name,
      value: values[i],
      marginal: marginal[i],
      component: component[i],
      share: component[i] / loss
    }))
    .sort((a, b) => b.component - a.component);
}
