import type {Broker} from "../broker/broker.js";
import {isPaper} from "../broker/paper/paper.js";
import {Problem} from "../problem.js";
import type {DeskLog} from "./desk-log.js";
import {lastSessionAt} from "./situation.js";

interface ResetParts {
  log: DeskLog;
  broker: Broker;
  now: () => number;
  /** Whether an order is being looked into. */
  isAsking: () => boolean;
  /** Reads the broker's lists again. */
  compare: () => Promise<void>;
}

/**
 * Begins the paper account anew. The journal is told first: where the program dies in between, the next start finds that
 * positions differ, and stays locked until it is done again or acknowledged.
 */
export function resetPaper(
  typed: string,
  by: string,
  {log, broker, now, isAsking, compare}: ResetParts
): void {
  if (!isPaper(broker))
    throw new Problem(
      409,
      "not-paper",
      "orders do not go to the paper account: there is nothing to begin anew"
    );
  const [account] = broker.accounts();
  if (typed.trim() !== account)
    throw new Problem(403, "not-confirmed", `type the account's id, ${account}, to begin it anew`);
  if (isAsking() || log.book.open(broker.kind).length)
    throw new Problem(409, "orders-work", `orders work in ${account}: cancel them before it begins anew`);
  const day = lastSessionAt(now());
  log.append({kind: "control", by, control: {what: "paper-reset", account, cash: broker.startingCash, day}});
  broker.reset();
  void compare();
}
