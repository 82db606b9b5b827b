import {GROUPINGS, type Grouping} from "../../lib/ledger/attribution/attribution-view.js";
import {PROFILES, type Profile} from "../../lib/ledger/risk-profile.js";
import {ROLLING, WINDOWS, type RollingMeasure, type Window} from "../../lib/ledger/rolling-view.js";

/** What Performance is looked at through, beside accounts, currency and range. It lives in the URL. */
export interface Choices {
  by: Grouping;
  profile: Profile;
  /** Name or blend; null: the one that the person chose for all pages. */
  benchmark: string | null;
  measure: RollingMeasure;
  window: Window;
}

const DEFAULTS: Choices = {
  by: "position",
  profile: "default",
  benchmark: null,
  measure: "volatility",
  window: 63
};

/** Returns the choices that a query string says; what is missing or not understood takes its default. */
export function parseChoices(search: string): Choices {
  const query = new URLSearchParams(search);
  const one = <T extends string>(all: readonly T[], key: string, other: T): T =>
    all.find((value) => value === query.get(key)) ?? other;
  return {
    by: one(GROUPINGS, "by", DEFAULTS.by),
    profile: one(PROFILES, "profile", DEFAULTS.profile),
    benchmark: query.get("benchmark") || null,
    measure: one(ROLLING, "measure", DEFAULTS.measure),
    window: WINDOWS.find((days) => String(days) === query.get("window")) ?? DEFAULTS.window
  };
}

/** Returns the query string with these choices written into it: defaults are left out, other keys are kept. */
export function formatChoices(choices: Choices, search = ""): string {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(choices)) {
    if (value === null || value === DEFAULTS[key as keyof Choices]) query.delete(key);
    else query.set(key, String(value));
  }
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

type Listener = () => void;

const listeners = new Set<Listener>();

export function getChoices(): Choices {
  return parseChoices(location.search);
}

/** Changes some choices, writes the URL and tells who listens. */
export function choose(patch: Partial<Choices>): void {
  const search = formatChoices({...getChoices(), ...patch}, location.search);
  history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  for (const listener of listeners) listener();
}

/** Calls the listener at each change; returns the function that ends it. */
function subscribeChoices(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns what watchView takes: some of the choices, as part of the question. */
export function asking(...keys: readonly (keyof Choices)[]) {
  return {
    query(): Partial<Choices> {
      const choices = getChoices();
      return Object.fromEntries(
        keys.filter((key) => choices[key] !== null).map((key) => [key, choices[key]])
      );
    },
    subscribe(listener: Listener): () => void {
      let last = JSON.stringify(this.query());
      return subscribeChoices(() => {
        const now = JSON.stringify(this.query());
        if (now === last) return;
        last = now;
        listener();
      });
    }
  };
}
