import type {HeldPosition} from "./reconcile.js";
import type {OrderState} from "./state.js";

/** Types that protect: of orders that may not all stay, these stay first. */
const STOPS: ReadonlySet<string> = new Set(["STP", "STP LMT", "TRAIL"]);

const DUST = 1e-9;

/**
 * Returns the ids of the working orders that only reduce what is held, all of them filled together: stops and targets of
 * a position. Of a group of which one fill takes the others away the largest counts; children of a parent count as much
 * as it has filled. Where together they are more than what is held, stops stay before others, older before newer, and
 * the rest could open a position.
 *
 * @param working orders that have not ended, with the parents of those that have one
 * @param positions what is held now; several of an account and a contract are summed
 */
export function onlyReducing(
  working: readonly OrderState[],
  positions: readonly HeldPosition[]
): Set<string> {
  const kept = new Set<string>();
  const byId = new Map(working.map((state) => [state.intent.id, state]));
  const key = (account: string, conId: number) => `${account} ${conId}`;
  const held = new Map<string, number>();
  for (const {account, conId, units} of positions)
    held.set(key(account, conId), (held.get(key(account, conId)) ?? 0) + units);
  const left = new Map([...held].map(([name, units]) => [name, Math.abs(units)]));
  const groups = new Map<string, OrderState[]>();
  for (const state of working) {
    const {account, contract, action, oca, parent, id} = state.intent;
    const units = held.get(key(account, contract.conId)) ?? 0;
    if (units === 0 || units > 0 === (action === "BUY")) continue;
    const group = `${key(account, contract.conId)} ${oca ?? parent ?? id}`;
    groups.set(group, [...(groups.get(group) ?? []), state]);
  }
  const isStop = (group: readonly OrderState[]) => group.some(({intent}) => STOPS.has(intent.type));
  const ordered = [...groups.values()].sort(
    (a, b) => Number(isStop(b)) - Number(isStop(a)) || a[0].intent.at - b[0].intent.at
  );
  for (const group of ordered) {
    const {account, contract} = group[0].intent;
    const name = key(account, contract.conId);
    const units = Math.max(...group.map((state) => restOf(state, byId)));
    if (units <= DUST || units > (left.get(name) ?? 0) + DUST) continue;
    left.set(name, (left.get(name) ?? 0) - units);
    for (const {intent} of group) kept.add(intent.id);
  }
  return kept;
}

/**
 * Returns the units that an order may still fill: of a child, no more than its parent has filled.
 * @param working by id; a parent that is not there has ended, and its child counts whole
 */
export function restOf(
  {intent, filled}: OrderState,
  working: Pick<ReadonlyMap<string, OrderState>, "get">
): number {
  const parent = intent.parent === undefined ? undefined : working.get(intent.parent);
  const most = parent ? Math.min(intent.quantity, parent.filled) : intent.quantity;
  return Math.max(most - filled, 0);
}
