import {QuoteLines} from "./quote-lines.js";
import type {NavPoint} from "./snapshots.js";
import {LiveTables} from "./tables.js";

/** Points of an account's live value since its last statement. */
export interface NavHistory {
  account: string;
  currency: string;
  seam: {day: string; value: string} | null;
  /** Oldest first. */
  points: NavPoint[];
}

/** What moves in one room: the demo's or the person's own. */
export class LiveRoom {
  readonly tables = new LiveTables();
  readonly lines = new QuoteLines(this.tables);
  readonly #points: (account: string, since: string | null) => NavPoint[];

  /** @param points reads the stored points of an account after a day */
  constructor(points: (account: string, since: string | null) => NavPoint[] = () => []) {
    this.#points = points;
  }

  /** The stored points of each account whose value moves, from its statement's last day on. */
  history(): NavHistory[] {
    return this.tables.rows("nav").map(({account, currency, seam}) => ({
      account,
      currency,
      seam,
      points: this.#points(account, seam?.day ?? null)
    }));
  }
}
