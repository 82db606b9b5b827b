import {formatSetup, parseSetup, type Setup} from "./setup-state.js";

type Listener = (setup: Setup) => void;

const listeners = new Set<Listener>();

export function getSetup(): Setup {
  return parseSetup(location.search);
}

/** Changes parts of the setup, writes the address and tells who listens. */
export function setSetup(patch: Partial<Setup>): void {
  const search = formatSetup({...getSetup(), ...patch}, location.search);
  history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  const setup = getSetup();
  for (const listener of listeners) listener(setup);
}

/** Calls the listener at each change; returns the function that ends it. */
export function subscribeSetup(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
