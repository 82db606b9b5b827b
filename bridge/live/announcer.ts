import type {Announcement} from "../services.js";

export interface Announcer {
  announce(announcement: Announcement): void;
  /** Calls the listener at each announcement; returns what ends it. */
  subscribe(listener: (announcement: Announcement) => void): () => void;
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<(announcement: Announcement) => void>();
  return {
    announce(announcement) {
      for (const listener of listeners) listener(announcement);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}
