import {createStore} from "./store.js";

interface Preferences {
  theme: "auto" | "light" | "dark";
  /** Colours of gain and loss: green and red, or blue and orange. */
  gains: "green" | "blue";
  /** Whether amounts are blurred. */
  private: "no" | "yes";
  rail: "auto" | "open" | "closed";
}

/** What the person may choose for this browser; the first is the default. Each is an attribute of the root. */
const CHOICES: {[K in keyof Preferences]: readonly Preferences[K][]} = {
  theme: ["auto", "light", "dark"],
  gains: ["green", "blue"],
  private: ["no", "yes"],
  rail: ["auto", "open", "closed"]
};

const store = createStore(null);

export function preference<K extends keyof Preferences>(name: K): Preferences[K] {
  const chosen = document.documentElement.dataset[name];
  return CHOICES[name].find((choice) => choice === chosen) ?? CHOICES[name][0];
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  document.documentElement.dataset[name] = value;
  try {
    localStorage.setItem(`tearsheet.${name}`, value);
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
  store.set(null);
}

/** Moves to the next choice and returns it. */
export function cyclePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  const choices = CHOICES[name];
  const next = choices[(choices.indexOf(preference(name)) + 1) % choices.length];
  setPreference(name, next);
  return next;
}

export function subscribePreferences(listener: () => void): () => void {
  return store.subscribe(listener);
}

/** Runs in the head before the first paint: no flash of another theme. */
export const APPLY_PREFERENCES = `for (const name of ${JSON.stringify(Object.keys(CHOICES))}) {
  const value = localStorage.getItem("tearsheet." + name);
  if (value) document.documentElement.dataset[name] = value;
}`;
