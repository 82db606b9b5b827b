import {annualGrowth} from "../../returns/annual.js";
import {worstDrawdown} from "../../returns/drawdown.js";
import {figure} from "../../returns/figure.js";
import {grown} from "../../risk/beta.js";
import {returnOverDrawdown} from "../../risk/calmar.js";
import {present} from "../../risk/moments.js";
import {withConstants, yearly} from "./ours.js";
import type {Rule} from "./rule.js";

/** Total return as libraries make it that know only the returns of periods. */
export const linked: Rule = {
  formula: "product of (1 + r) - 1, of periods",
  of: ({returns}) => withConstants(figure(grown(present(returns)) - 1), {n: returns.length})
};

/** Their deepest fall. */
export const fallOfPeriods: Rule = {
  formula: "deepest fall from a peak of the periods' values, the value at the first period's end included",
  of: ({returns}) => withConstants(worstDrawdown(returns), {n: returns.length})
};

/** Their Calmar ratio. */
export const calmarOfPeriods: Rule = {
  formula: "annual return / |deepest fall of the periods' values|",
  of: (evidence) => {
    const {returns, periodsPerYear} = evidence;
    return withConstants(
      returnOverDrawdown(annualGrowth(returns, periodsPerYear), worstDrawdown(returns)),
      yearly(evidence)
    );
  }
};
