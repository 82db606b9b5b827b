import type {BarAction, Bars} from "../bars.js";
import type {ExecutionRules} from "../contract.js";

/**
 * Checks that a run lies within what this engine does of the execution contract: shares of the equity, filled whole at an
 * open or a close.
 * @throws RangeError that names what it lacks, or the rule that makes no sense
 */
export function checkSubset(
  bars: readonly Bars[],
  rules: ExecutionRules,
  actions: ReadonlyMap<string, readonly BarAction[]> | undefined
): void {
  const {margin, wholeEquity, firstDecision, volumeShare, exclusive, sizing} = rules;
  if (volumeShare !== null) throw lacks("a cap by the volume", 11);
  for (const [symbol, list] of actions ?? [])
    if (list.length) throw lacks(`a ${list[0].kind} of ${symbol}`, RULE_OF[list[0].kind]);
  const foreign = bars.find(({currency}) => currency !== bars[0].currency);
  if (foreign) throw lacks(`${foreign.currency} of ${foreign.symbol} beside ${bars[0].currency}`, 17);
  if (!(margin > 0 && margin <= 1)) throw new RangeError(`invalid margin: ${margin}: above 0, at most 1`);
  if (!(wholeEquity > 0 && wholeEquity < Infinity))
    throw new RangeError(`invalid wholeEquity: ${wholeEquity}`);
  if (!(Number.isInteger(firstDecision) && firstDecision >= 0))
    throw new RangeError(`invalid firstDecision: ${firstDecision}`);
  if (exclusive && sizing === "close")
    throw new RangeError("exclusive orders are sized at the fill: they close what is held first");
}

const RULE_OF: Readonly<Record<BarAction["kind"], number>> = {
  halt: 13,
  resume: 13,
  split: 14,
  dividend: 15,
  delisting: 16
};

function lacks(what: string, rule: number): RangeError {
  return new RangeError(`the vector engine does not know ${what} (rule ${rule}): choose the event engine`);
}
