import type {Config} from "../config.js";
import {WatchlistsSchema, type Watchlist} from "../lib/market/watchlist.js";
import {openLake} from "../loaders/lake/lake.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson, printTable} from "./output.js";

interface Flags {
  json?: true;
}

/** `tearsheet watchlist list`: the person's watchlists. */
export function listWatchlists(config: Config, {json}: Flags): void {
  const lists = change(config, (before) => before);
  if (json) printJson({watchlists: lists});
  else printTable(lists.map(({name, ids}) => ({name, series: ids.join(", ")})));
}

/** `tearsheet watchlist set NAME ID…`: puts a list in the place of the one of that name, or at the end. */
export function setWatchlist(config: Config, name: string, ids: readonly string[], {json}: Flags): void {
  const lists = change(config, (before) => {
    const list = {name, ids: [...ids]};
    return before.some((known) => known.name === name)
      ? before.map((known) => (known.name === name ? list : known))
      : [...before, list];
  });
  if (json) printJson({watchlists: lists});
  note(`${name}: ${ids.length} series`);
}

/** `tearsheet watchlist remove NAME`. */
export function removeWatchlist(config: Config, name: string): void {
  change(config, (before) => {
    const those = before.map((list) => list.name).join(", ") || "none";
    if (!before.some((list) => list.name === name))
      throw new CliError(`there is no watchlist ${name}: there are ${those}`);
    return before.filter((list) => list.name !== name);
  });
  note(`${name} is forgotten`);
}

function change(config: Config, edit: (lists: Watchlist[]) => Watchlist[]): Watchlist[] {
  const lake = openLake(config.LAKE_DIR, {now: () => new Date()});
  try {
    const before = lake.watchlists();
    const {data: after, error} = WatchlistsSchema.safeParse(edit(before));
    if (!after) throw new CliError(error.issues[0].message, EXIT.usage);
    if (after !== before) lake.setWatchlists(after);
    return after;
  } finally {
    lake.close();
  }
}
