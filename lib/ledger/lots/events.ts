import {compareText} from "../../order.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {holdingKey} from "../movements/holding.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import {actionGroups, holdingNames, type ActionGroup} from "./actions.js";
import {cancelsOf, type Cancelled} from "./cancels.js";
import {exercisesOf, type Exercise} from "./exercises.js";
import type {Lot} from "./lot.js";
import {openingLots} from "./opening.js";
import {bookKey, movementRows} from "./rows.js";
import {transferPairs, type TransferPair} from "./transfers.js";

/** What changes lots, in order. */
export type LotEvent = {day: string; at: string; order: number} & (
  | {kind: "opening"; lots: Lot[]}
  | {
      kind: "trade";
      move: Movement;
      row: LedgerRow<"trades"> | undefined;
      /** The exercise that it delivers; an exercised option itself is no event. */
      exercise: Exercise | null;
      /** What stays of a cancelled trade's costs and comes to this one, booked in its place. */
      costs: Amount | null;
    }
  /** A cancel of a trade that no statement has. */
  | {kind: "undo"; move: Movement}
  | {kind: "action"; group: ActionGroup}
  | {kind: "transfer"; move: Movement; pair: TransferPair | null}
);

/** Holdings that lots move between, alone; what happened to them; what was cancelled on a later day. */
export interface Component {
  events: LotEvent[];
  /** Cancels that were booked on a later day than what they cancel: until then it stood. */
  late: Cancelled[];
}

export interface LotHistory {
  components: Component[];
  /** Holdings, as `account/holding`, of which statements tell how much was held at first. */
  known: ReadonlySet<string>;
}

/** Returns what happened to lots, by holdings that have to do with each other, each in order of time. */
export const lotHistory = oncePerLedger((ledger): LotHistory => {
  const movements = movementsOf(ledger);
  const rows = movementRows(ledger);
  const groups = new Groups();
  const events: {event: LotEvent; key: string}[] = [];
  const late: {cancelled: Cancelled; key: string}[] = [];
  const add = (event: DistributiveOmit<LotEvent, "order">, keys: readonly string[]) => {
    for (const key of keys) groups.join(keys[0], key);
    events.push({event: {...event, order: events.length}, key: keys[0]});
  };
  const known = new Set<string>();
  for (const [account, opening] of openingLots(ledger, movements, rows)) {
    for (const holding of opening.known) known.add(bookKey(account, holding));
    for (const [holding, lots] of opening.lots)
      add({kind: "opening", day: "", at: "", lots}, [bookKey(account, holding)]);
  }
  const inKind = [...movements.values()].flatMap((own) =>
    own.filter(({kind, quantity, holding}) => kind === "transfer" && quantity && holding)
  );
  inKind.sort((a, b) => compareText(a.day, b.day));
  const pairOf = new Map<Movement, TransferPair>();
  for (const pair of transferPairs(inKind, rows)) pairOf.set(pair.out, pair).set(pair.in, pair);
  const exercised = exercisedHoldings(ledger);
  const lastTraded = new Map<string, string>();

  for (const own of movements.values()) {
    const moved = own.filter(({holding}) => holding !== null);
    const actions = moved.filter(({kind}) => kind === "corporate-action");
    const trades = moved.filter(({table, quantity}) => table === "trades" && quantity);
    const {pairs, strays} = cancelsOf(trades, rows);
    const gone = new Set<Movement>(strays);
    const inPlace = new Map<Movement, Cancelled>();
    for (const cancelled of pairs) {
      const {cancel, original, rebooked} = cancelled;
      gone.add(cancel);
      if (cancel.day > original.day) late.push({cancelled, key: keyOf(original)});
      else gone.add(original);
      if (rebooked) inPlace.set(rebooked, cancelled);
    }
    const stood = trades.filter((move) => !gone.has(move));
    const exerciseOf = new Map<Movement, Exercise>();
    for (const exercise of exercisesOf(stood, rows, exercised)) {
      for (const move of [...exercise.options, ...exercise.deliveries]) exerciseOf.set(move, exercise);
    }
    for (const move of strays) add({kind: "undo", day: move.day, at: timeOf(move), move}, [keyOf(move)]);
    for (const move of stood) {
      const exercise = exerciseOf.get(move) ?? null;
      lastTraded.set(`${keyOf(move)}/${move.day}`, timeOf(move));
      if (exercise?.options.includes(move)) continue;
      const cancelled = inPlace.get(move);
      const isLate = cancelled !== undefined && cancelled.cancel.day > cancelled.original.day;
      add(
        {
          kind: "trade",
          day: move.day,
          at: isLate ? timeOf(cancelled.original) : timeOf(move),
          move,
          row: rows.trade(move),
          exercise,
          costs: cancelled ? cancelled.costs : 0n
        },
        [keyOf(move), ...(exercise?.options ?? []).map(keyOf)]
      );
    }
    for (const group of actionGroups(actions, rows, holdingNames(ledger))) {
      const [{move}] = group.deltas;
      const parents = group.parents.map((holding) => bookKey(group.account, holding));
      add({kind: "action", day: group.day, at: timeOf(move), group}, [
        ...group.deltas.map((delta) => keyOf(delta.move)),
        ...parents
      ]);
    }
  }
  for (const move of inKind) {
    const pair = pairOf.get(move) ?? null;
    const keys = pair ? [keyOf(pair.out), keyOf(pair.in)] : [keyOf(move)];
    add({kind: "transfer", day: move.day, at: movedAt(move, pair, lastTraded), move, pair}, keys);
  }
  return {components: componentsOf(events, late, groups), known};
});

function componentsOf(
  events: readonly {event: LotEvent; key: string}[],
  late: readonly {cancelled: Cancelled; key: string}[],
  groups: Groups
): Component[] {
  const components = new Map<string, Component>();
  for (const {event, key} of events) {
    const name = groups.find(key);
    const component = components.get(name);
    if (component) component.events.push(event);
    else components.set(name, {events: [event], late: []});
  }
  for (const {cancelled, key} of late) components.get(groups.find(key))?.late.push(cancelled);
  for (const {events: own} of components.values())
    own.sort((a, b) => compareText(a.at, b.at) || a.order - b.order);
  return [...components.values()];
}

/** Option holdings that IBKR lists as exercised or assigned, as `day/holding`: where a trade's codes do not tell. */
const exercisedHoldings = ({option_events}: LedgerTables): ReadonlySet<string> =>
  new Set(
    option_events.flatMap((row) =>
      /assign|exerc/i.test(row.transactionType ?? "") ? [`${row.day}/${holdingKey(row)}`] : []
    )
  );

const keyOf = ({account, holding}: Movement) => bookKey(account, holding ?? "");

/** What comes from an own account without a time comes after what that traded of it on the day, to be sold that day. */
function movedAt(move: Movement, pair: TransferPair | null, lastTraded: ReadonlyMap<string, string>): string {
  const isTimed = move.time.includes("T");
  return (!isTimed && pair && lastTraded.get(`${keyOf(pair.out)}/${move.day}`)) || timeOf(move);
}

const timeOf = ({day, time}: Movement) => `${day} ${time}`;

/** Sets of names that belong together. */
class Groups {
  readonly #parents = new Map<string, string>();

  find(name: string): string {
    let at = name;
    for (let up = this.#parents.get(at); up !== undefined; up = this.#parents.get(at)) at = up;
    if (at !== name) this.#parents.set(name, at);
    return at;
  }

  join(a: string, b: string): void {
    const [x, y] = [this.find(a), this.find(b)];
    if (x !== y) this.#parents.set(y, x);
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
