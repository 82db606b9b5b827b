import type {Amount} from "../../money/amount.js";
import type {Movement} from "../movements/movement.js";
import type {Contract} from "./contracts.js";

/** A movement of a holding, and what it is a holding of. */
export interface Step {
  movement: Movement;
  contract: Contract;
  /** IBKR's order; null where the row names none. */
  order: string | null;
}

/** Steps from flat to flat: what one underlying was traded for, once. */
export interface Chain {
  /** Of quantities, in order; a corporate action's cash too. */
  steps: Step[];
  /** Null where it began before the statements do. */
  opened: string | null;
  /** Null while something is held. */
  closed: string | null;
  /** What is held at the end, and was at the beginning, by holding; no zeros. */
  held: Map<string, Amount>;
  before: Map<string, Amount>;
}

/**
 * Returns the campaigns of one underlying in one account. One opens with the first movement when nothing is held and
 * ends when nothing is held any more; what is closed and opened again as the same type within an order or a day, what
 * an exercise or assignment delivers and what a corporate action turns into something else goes on in it.
 *
 * @param steps of that underlying and account, in order
 * @param before what was held when the statements begin, by holding
 */
export function chainsOf(steps: readonly Step[], before: ReadonlyMap<string, Amount>): Chain[] {
  const chains: Chain[] = [];
  const held = new Map([...before].filter(([, quantity]) => quantity !== 0n));
  let current: Chain | null = null;
  const open = (opened: string | null): Chain => {
    const chain = {steps: [], opened, closed: null, held: new Map(), before: new Map(held)};
    chains.push(chain);
    return chain;
  };
  if (held.size) current = open(null);
  for (const [i, step] of steps.entries()) {
    const {holding} = step.contract;
    const {quantity, day} = step.movement;
    if (quantity === 0n) {
      (current ?? chains.at(-1))?.steps.push(step);
      continue;
    }
    current ??= open(day);
    current.steps.push(step);
    const now = (held.get(holding) ?? 0n) + quantity;
    if (now === 0n) held.delete(holding);
    else held.set(holding, now);
    if (held.size) continue;
    let after = i + 1;
    while (after < steps.length && steps[after].movement.quantity === 0n) ++after;
    const next = steps.at(after);
    if (next && goesOn(current, next, day)) continue;
    current.closed = day;
    current = null;
  }
  if (current) {
    current.held = held;
    // flat at the end of the rows, though a movement was to follow
    if (!held.size) current.closed = current.steps.at(-1)?.movement.day ?? null;
  }
  return chains;
}

/** Whether a movement follows from what was closed on that day, or takes its place. */
function goesOn({steps}: Chain, {movement, contract, order}: Step, day: string): boolean {
  if (movement.day !== day) return false;
  const today = steps.filter((step) => step.movement.day === day);
  switch (movement.kind) {
    case "exercise":
    case "assignment":
    case "expiry":
      return true;
    case "corporate-action":
      return today.some((step) => step.movement.action === movement.action);
    case "trade":
      return today.some(
        (step) => (order !== null && step.order === order) || isSameType(step.contract, contract)
      );
    case "transfer":
    case "cash":
      return false;
  }
}

/** Whether both are calls, puts, futures, shares: what is rolled is of the same type. */
export function isSameType(a: Contract, b: Contract): boolean {
  return a.right === b.right && a.assetCategory === b.assetCategory;
}
