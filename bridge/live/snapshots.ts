import type {AccountFigures, LiveNav} from "../../lib/live/figures.js";
import {dayAt, lastSession} from "../../lib/time/calendar.js";
import type {Store} from "../store/open.js";
import type {LiveTables} from "./tables.js";

/** An account's live value as it was kept. */
export interface NavPoint {
  /** Milliseconds since 1970 UTC. */
  at: number;
  value: number;
  source: "ibkr" | "paper";
  /** Whether a session of the US exchanges ended in the quarter of an hour before. */
  isClose: boolean;
}

const EVERY_MS = 15 * 60_000;

/** Returns an account's points, oldest first, after a day (New York; all when null). */
export function readPoints({raw}: Pick<Store, "raw">, account: string, since: string | null): NavPoint[] {
  return raw
    .prepare<[string, string], Omit<NavPoint, "isClose"> & {kind: string}>(
      "select at, nav as value, source, kind from live_snapshots where account = ? and day > ? order by at"
    )
    .all(account, since ?? "")
    .map(({kind, ...point}) => ({...point, isClose: kind === "close"}));
}

/**
 * Keeps the live value and figures of each account, with source and time: at once when it is first told, then at each
 * quarter of an hour, which is when sessions end too. What has not been told anew is not kept again.
 */
export class Snapshots {
  readonly #store: Store;
  readonly #tables: LiveTables;
  readonly #now: () => Date;
  readonly #kept = new Map<string, number>();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({store, tables, now}: {store: Store; tables: LiveTables; now: () => Date}) {
    this.#store = store;
    this.#tables = tables;
    this.#now = now;
    this.#unsubscribe = tables.subscribe((channel, account) => {
      if (channel === "nav" && !this.#kept.has(account)) void this.keep();
    });
    this.#wait();
  }

  /** Keeps what is new; done when it is written. */
  keep(): Promise<void> {
    const now = this.#now();
    const sessions = [now.getTime() - EVERY_MS, now.getTime()].map((at) => lastSession(new Date(at)));
    const kind = sessions[0] === sessions[1] ? "schedule" : "close";
    const rows = this.#tables.rows("nav").flatMap((nav) => {
      if (nav.at <= (this.#kept.get(nav.account) ?? 0)) return [];
      this.#kept.set(nav.account, nav.at);
      return [rowOf(nav, this.#tables.get("account", nav.account), kind)];
    });
    if (rows.length) this.#writing = this.#writing.then(() => this.#write(rows));
    return this.#writing;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#unsubscribe();
    await this.#writing;
  }

  #wait(): void {
    const late = this.#now().getTime() % EVERY_MS;
    this.#timer = setTimeout(() => {
      void this.keep();
      this.#wait();
    }, EVERY_MS - late);
    this.#timer.unref();
  }

  #write(rows: readonly SnapshotRow[]): Promise<void> {
    return this.#store.write(() => {
      const insert = this.#store.raw.prepare(INSERT);
      for (const row of rows) insert.run(row);
    });
  }
}

const COLUMNS = [
  "account",
  "at",
  "day",
  "source",
  "kind",
  "currency",
  "nav",
  "cash",
  "gross_position",
  "init_margin",
  "maint_margin",
  "excess_liquidity",
  "daily_pnl",
  "unrealized_pnl",
  "realized_pnl"
] as const;

type SnapshotRow = Record<(typeof COLUMNS)[number], string | number | null>;

const INSERT = `insert or replace into live_snapshots (${COLUMNS.join()}) values (${COLUMNS.map((name) => `@${name}`).join()})`;

function rowOf(
  {account, at, source, currency, value}: LiveNav,
  figures: AccountFigures | undefined,
  kind: "schedule" | "close"
): SnapshotRow {
  return {
    account,
    at,
    day: dayAt(new Date(at)),
    source,
    kind,
    currency,
    nav: value,
    cash: figures?.cash ?? null,
    gross_position: figures?.grossPosition ?? null,
    init_margin: figures?.initMargin ?? null,
    maint_margin: figures?.maintMargin ?? null,
    excess_liquidity: figures?.excessLiquidity ?? null,
    daily_pnl: figures?.profit.daily ?? null,
    unrealized_pnl: figures?.profit.unrealized ?? null,
    realized_pnl: figures?.profit.realized ?? null
  };
}
