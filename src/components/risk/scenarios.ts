import type {Scenario, ShockKind} from "../../lib/risk/stress/scenario.js";
import {createStore} from "../store.js";

const KEY = "tearsheet.scenarios";

const listeners = createStore(null);

/** Returns the person's own scenarios, kept in this browser; what cannot be read is none. */
export function ownScenarios(): Scenario[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isScenario) : [];
  } catch {
    return [];
  }
}

/** The task's door checks the rest. */
function isScenario(value: unknown): value is Scenario {
  const {id, name, shocks} = (value ?? {}) as Partial<Record<keyof Scenario, unknown>>;
  return typeof id === "string" && typeof name === "string" && Array.isArray(shocks);
}

function keep(scenarios: readonly Scenario[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(scenarios));
  } catch {
    // A browser that keeps nothing loses them with the page.
  }
  listeners.set(null);
}

/** Keeps a scenario, in place of the one with its id. */
export function keepScenario(scenario: Scenario): void {
  keep([...ownScenarios().filter(({id}) => id !== scenario.id), scenario]);
}

export function removeScenario(id: string): void {
  keep(ownScenarios().filter((scenario) => scenario.id !== id));
}

/** What Framework's Generators.observe takes: tells of the scenarios now, and at each change. */
export function watchScenarios(tell: (scenarios: readonly Scenario[]) => void): () => void {
  tell(ownScenarios());
  return listeners.subscribe(() => tell(ownScenarios()));
}

/** A line of the form: what moves, and by how many percent (of the factor `rates`: points). */
export interface ShockLine {
  kind: ShockKind;
  key: string;
  change: string;
}

/**
 * Returns the scenario that a form says.
 * @throws RangeError with what is wrong, for the person
 */
export function readScenario(form: {
  name: string;
  lines: readonly ShockLine[];
  volatility: string;
  rest: Scenario["rest"];
}): Scenario {
  const name = form.name.trim();
  if (!name) throw new RangeError("the scenario needs a name");
  const shocks = form.lines
    .filter(({key, change}) => key.trim() !== "" || change.trim() !== "")
    .map(({kind, key, change}) => {
      const percent = Number(change.replace("−", "-"));
      if (!key.trim()) throw new RangeError(`${change} % of what? name it`);
      if (change.trim() === "" || !Number.isFinite(percent))
        throw new RangeError(`${key}: ${change || "nothing"} is no number of percent`);
      if (kind !== "factor" && percent < -100)
        throw new RangeError(`${key}: nothing falls by more than all: ${change} %`);
      return {kind, key: key.trim(), change: percent / 100};
    });
  const points = form.volatility.trim() === "" ? NaN : Number(form.volatility.replace("−", "-"));
  if (form.volatility.trim() !== "" && !Number.isFinite(points))
    throw new RangeError(`volatility: ${form.volatility} is no number of points`);
  if (!shocks.length && Number.isNaN(points))
    throw new RangeError("nothing moves: say by how much something does");
  return {
    id: `own-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
    name,
    shocks,
    rest: form.rest,
    ...(Number.isNaN(points) ? {} : {volatility: {change: points / 100, days: 30}})
  };
}
