import type {Log} from "../../log.js";

/** How the library begins the news of a message that it has thrown away, with its kind. */
const LOST = /^(Underrun error on \w+|No parser implementation found for token: \w+ \(\d+\))/;

export interface MisreadOptions {
  log: Pick<Log, "error">;
  /** After each that is counted. */
  onCount: () => void;
  /** A message of a kind was lost for the first time: what it said has to be asked for anew. */
  onLost: (kind: string) => void;
}

/** What came and could not be read, or not whole. */
export interface Misread {
  readonly count: number;
  note: (what: string) => void;
  /** What the library says of a message (505): lost, read with fields left over, of a kind it does not know. */
  hear: (message: string) => void;
}

export function createMisread({log, onCount, onLost}: MisreadOptions): Misread {
  /** A new connection did not help against these: they are counted and passed over. */
  const lost = new Set<string>();
  let count = 0;

  function note(what: string): void {
    ++count;
    log.error(`ibkr link: ${what}`);
    onCount();
  }

  return {
    get count() {
      return count;
    },
    note,
    hear(message) {
      const kind = LOST.exec(message)?.[0];
      if (kind === undefined || lost.has(kind)) return note(message);
      lost.add(kind);
      return onLost(kind);
    }
  };
}
