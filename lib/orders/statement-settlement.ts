import type {CommissionReport, Execution} from "./executions.js";
import type {OrderEvent, OrderState} from "./state.js";

/** What a statement says of an order's day. */
export interface StatementTold {
  /** Executions that carry the order's reference, with their costs. */
  executions: readonly {execution: Execution; commission: CommissionReport | null}[];
  /** Whether the statement covers the day of the order, whole. */
  isCovered: boolean;
}

/** How long an order may have worked: none of these outlives its day. */
const OF_A_DAY: ReadonlySet<string> = new Set(["DAY", "IOC", "FOK", "OPG"]);

const DUST = 1e-9;

/**
 * Returns the events by which a statement settles an order that no list of the broker's told of: its executions, by the
 * ids that the broker's own have, and, for an order of a day that the statement covers and that they do not fill whole,
 * its end. Empty where the statement does not tell.
 */
export function settledByStatement(
  {intent}: Pick<OrderState, "intent">,
  {executions, isCovered}: StatementTold,
  at: number
): OrderEvent[] {
  const events: OrderEvent[] = executions.flatMap(({execution, commission}) => [
    {kind: "execution" as const, at, execution},
    ...(commission ? [{kind: "commission" as const, at, report: commission}] : [])
  ]);
  const filled = executions.reduce((sum, {execution: {shares}}) => sum + shares, 0);
  const isOver = isCovered && OF_A_DAY.has(intent.tif) && filled < intent.quantity - DUST;
  return isOver ? [...events, {kind: "settled", at, as: "cancelled", by: "the statement"}] : events;
}
