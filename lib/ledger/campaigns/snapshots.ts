import {divide, multiply, type Amount} from "../../money/amount.js";
import type {Chain, Step} from "./chain.js";
import type {Contract} from "./contracts.js";

/** One thing held, and what it was opened for. */
export interface Held {
  contract: Contract;
  quantity: Amount;
  /** quantity x multiplier: shares that an option is on. */
  units: Amount;
  /** What opening the part that is still held brought, signed as cash, without costs. */
  money: Amount;
}

/** What a campaign consisted of at some time. */
export interface Snapshot {
  day: string;
  held: readonly Held[];
}

/**
 * Returns what a campaign consisted of at the end of each day on which it changed; of a day that it did not outlive,
 * after the last movement that opened something. What passes between two orders of a day is no state of its own.
 */
export function snapshotsOf({steps, before}: Chain, contracts: ReadonlyMap<string, Contract>): Snapshot[] {
  const held = new Map<string, Held>();
  for (const [holding, quantity] of before) {
    const contract = contracts.get(holding);
    if (contract)
      held.set(holding, {contract, quantity, units: multiply(quantity, contract.multiplier), money: 0n});
  }
  return [...Map.groupBy(steps, ({movement}) => movement.day)].flatMap(([day, today]) => {
    let opened: Held[] = [];
    for (const step of today) {
      const isOpening = opens(step, held);
      apply(step, held);
      if (isOpening) opened = [...held.values()];
    }
    const last = held.size ? [...held.values()] : opened;
    return last.length ? [{day, held: last}] : [];
  });
}

function opens({movement: {quantity}, contract}: Step, held: ReadonlyMap<string, Held>): boolean {
  const now = held.get(contract.holding)?.quantity ?? 0n;
  return quantity !== 0n && (now === 0n || now > 0n === quantity > 0n);
}

function apply({movement, contract}: Step, held: Map<string, Held>): void {
  const {holding} = contract;
  const {quantity, proceeds} = movement;
  if (quantity === 0n) return;
  const was = held.get(holding);
  const now = (was?.quantity ?? 0n) + quantity;
  if (now === 0n) {
    held.delete(holding);
    return;
  }
  held.set(holding, {
    contract,
    quantity: now,
    units: multiply(now, contract.multiplier),
    money: moneyOf(was, quantity, proceeds ?? 0n)
  });
}

/** Adds what was opened; takes the same share of it that was closed; begins anew on the other side of zero. */
function moneyOf(was: Held | undefined, quantity: Amount, proceeds: Amount): Amount {
  if (!was) return proceeds;
  if (was.quantity > 0n === quantity > 0n) return was.money + proceeds;
  const now = was.quantity + quantity;
  return was.quantity > 0n === now > 0n
    ? divide(multiply(was.money, now), was.quantity)
    : divide(multiply(proceeds, now), quantity);
}
