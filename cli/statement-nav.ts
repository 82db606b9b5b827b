import {existsSync} from "node:fs";
import type {StatementNav} from "../bridge/execution/situation.js";
import {createFigureWorker} from "../bridge/jobs/figures.js";
import type {Figures} from "../bridge/services.js";
import {openStore, pathOf} from "../bridge/store/open.js";
import type {Config} from "../config.js";
import type {SummaryView} from "../lib/ledger/views.js";
import type {LiveNav} from "../lib/live/figures.js";

/** Returns the last day of an account's statements and its value then; null where none tells it. */
export async function seamOf(figures: Pick<Figures, "view">, account: string): Promise<LiveNav["seam"]> {
  const text = await figures.view("summary", {accounts: [account], range: "1M"});
  const {scope, nav} = JSON.parse(text) as SummaryView; // what the view is
  return scope.asOf !== null && nav.value !== null && scope.accounts.includes(account)
    ? {day: scope.asOf, value: nav.value}
    : null;
}

/** Returns what the day's loss is counted from. */
export const navOf = (seam: LiveNav["seam"] | undefined): StatementNav | null =>
  seam ? {day: seam.day, value: Number(seam.value), flowsSince: 0} : null;

/** What statements say of accounts, where no desk is there to tell. */
export interface StatementNavs {
  /** Reads what they say of an account, now and again whenever one comes. */
  read(account: string): Promise<void>;
  /** As it was last read; null where no statement tells it. */
  nav: (account: string) => StatementNav | null;
  close(): Promise<void>;
}

/** Opens the person's own store for what its statements say; where there is none they say nothing. */
export async function openStatementNavs(
  {DB_URL}: Pick<Config, "DB_URL">,
  now: () => Date
): Promise<StatementNavs> {
  if (!existsSync(pathOf(DB_URL)))
    return {read: () => Promise.resolve(), nav: () => null, close: () => Promise.resolve()};
  const store = await openStore({url: DB_URL, readonly: true});
  const figures = createFigureWorker({
    url: DB_URL,
    context: () => ({now: now().toISOString(), mode: "real", sectors: {}, failures: [], benchmark: null})
  });
  const seams = new Map<string, LiveNav["seam"]>();
  const read = async (account: string): Promise<void> => {
    const seam = await seamOf(figures, account).catch(() => null); // an account without statements is not found
    seams.set(account, seam);
  };
  store.watch(() => {
    for (const account of seams.keys()) void read(account);
  });
  return {
    read,
    nav: (account) => navOf(seams.get(account)),
    async close() {
      await figures.close();
      store.close();
    }
  };
}
