/** A value that can be watched. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Calls the listener at each change; returns the function that ends it. */
  subscribe(listener: (value: T) => void): () => void;
}

export function createStore<T>(value: T): Store<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}
