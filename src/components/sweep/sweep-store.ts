import {formatSweep, parseSweep, type SweepState} from "./sweep-state.js";

/** What a change asks for: a new sweep, or another look at the one that is there. */
type Listener = (sweep: SweepState, changed: ReadonlySet<keyof SweepState>) => void;

const listeners = new Set<Listener>();

export function getSweep(): SweepState {
  return parseSweep(location.search);
}

/** Changes parts of the sweep, writes the address and tells who listens. */
export function setSweep(patch: Partial<SweepState>): void {
  const search = formatSweep({...getSweep(), ...patch}, location.search);
  history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  const changed = new Set(Object.keys(patch) as (keyof SweepState)[]);
  const sweep = getSweep();
  for (const listener of listeners) listener(sweep, changed);
}

/** Calls the listener at each change; returns the function that ends it. */
export function subscribeSweep(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
