import type {Order} from "./table-model.js";

/** How a person has set up a table. */
export interface TableState {
  order: Order;
  /** Key of the column whose values head the groups. */
  group: string | null;
  hidden: Set<string>;
  /** Groups whose rows are out of sight. */
  closed: Set<string>;
  /** What each column is filtered by, and what all of them are. */
  filters: Map<string, string>;
  word: string;
  filtersShown: boolean;
}

const states = new Map<string, TableState>();

/**
 * Returns the state of the table of that name: the same one when the table is drawn again, and with the order, group
 * and columns of the last visit when this browser keeps things. Without a name it is the first state.
 */
export function tableState(
  id: string | undefined,
  first: Pick<TableState, "order" | "group" | "hidden" | "word">
): TableState {
  const kept = id === undefined ? undefined : states.get(id);
  if (kept) return kept;
  const state: TableState = {...first, closed: new Set(), filters: new Map(), filtersShown: false};
  if (id === undefined) return state;
  states.set(id, state);
  try {
    const {order, group, hidden} = JSON.parse(
      localStorage.getItem(storageKey(id)) ?? "{}"
    ) as Partial<Stored>;
    if (order) state.order = order;
    if (group !== undefined) state.group = group;
    if (hidden) state.hidden = new Set(hidden);
  } catch {
    // What cannot be read is as if it had not been kept.
  }
  return state;
}

interface Stored {
  order: Order;
  group: string | null;
  hidden: string[];
}

export function keepTableState(id: string | undefined, {order, group, hidden}: TableState): void {
  if (id === undefined) return;
  const stored: Stored = {order, group, hidden: [...hidden]};
  try {
    localStorage.setItem(storageKey(id), JSON.stringify(stored));
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
}

const storageKey = (id: string): string => `tearsheet.table.${id}`;
