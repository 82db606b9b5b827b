import {formatDatasetId, parseDatasetId} from "../../lib/lake/dataset.js";
import type {PullRecord} from "../../lib/lake/pull.js";
import type {Watchlist} from "../../lib/market/watchlist.js";
import type {Catalog} from "./catalog.js";
import type {LakeBooks, LostRange} from "./port.js";
import {processOf} from "./process.js";

/** What stands nowhere else: a catalog that is made anew keeps it. */
export const BOOKS = `
  create table if not exists tracked (dataset text, symbol text, primary key (dataset, symbol)) without rowid;
  create table if not exists asked (
    dataset text, symbol text, from_day text not null, primary key (dataset, symbol)
  ) without rowid;
  create table if not exists lost (
    dataset text, from_day text, to_day text, primary key (dataset, from_day, to_day)
  ) without rowid;
  create table if not exists pulls (
    id text primary key, started_at text not null, process text not null, record text not null
  ) without rowid;
  create table if not exists last_pulls (dataset text primary key, at text not null, ok integer not null, message text not null)
    without rowid;
  create table if not exists watchlists (place integer primary key, list text not null);
`;

const MOST_PULLS = 500;

/** Returns what the lake keeps beside rows. */
export function createBooks(catalog: Catalog): LakeBooks {
  const {db} = catalog;
  const me = processOf(process.pid);
  const read = ({process: runner, record}: {process: string; record: string}): PullRecord => {
    const pull = JSON.parse(record) as PullRecord; // as recordPull wrote it
    if (pull.state !== "running" || runner === me || processOf(parseInt(runner)) === runner) return pull;
    return {
      ...pull,
      state: "interrupted",
      message: "its process was ended: the same pull again goes on with the rest"
    };
  };
  return {
    track(id, symbols) {
      const insert = db.prepare("insert or ignore into tracked values (?, ?)");
      const dataset = formatDatasetId(id);
      catalog.commit(() => symbols.forEach((symbol) => insert.run(dataset, symbol)));
    },
    untrack(id, symbols) {
      const remove = db.prepare("delete from tracked where dataset = ? and symbol = ?");
      const dataset = formatDatasetId(id);
      catalog.commit(() => symbols.forEach((symbol) => remove.run(dataset, symbol)));
    },
    tracked() {
      const rows = db
        .prepare<[], [string, string]>("select dataset, symbol from tracked order by dataset, symbol")
        .raw()
        .all();
      return [...Map.groupBy(rows, ([dataset]) => dataset)].map(([dataset, of]) => ({
        id: parseDatasetId(dataset),
        symbols: of.map(([, symbol]) => symbol)
      }));
    },
    recordPull(record) {
      catalog.commit(() => {
        db.prepare("insert or replace into pulls values (?, ?, ?, ?)").run(
          record.id,
          record.startedAt,
          me,
          JSON.stringify(record)
        );
        db.exec(
          `delete from pulls where id in (select id from pulls order by started_at desc, id limit -1 offset ${MOST_PULLS})`
        );
      });
    },
    pulls: (most = MOST_PULLS) =>
      db
        .prepare<[number], {process: string; record: string}>(
          "select process, record from pulls order by started_at desc, id limit ?"
        )
        .all(most)
        .map(read),
    pull(id) {
      const row = db
        .prepare<[string], {process: string; record: string}>(
          "select process, record from pulls where id = ?"
        )
        .get(id);
      return row && read(row);
    },
    notePull(id, {at, ok, message}) {
      const dataset = formatDatasetId(id);
      const insert = db.prepare("insert or replace into last_pulls values (?, ?, ?, ?)");
      catalog.commit(() => insert.run(dataset, at, Number(ok), message));
    },
    watchlists: () =>
      db
        .prepare<[], string>("select list from watchlists order by place")
        .pluck()
        .all()
        .map((list) => JSON.parse(list) as Watchlist), // as setWatchlists wrote it
    setWatchlists(lists) {
      const insert = db.prepare("insert into watchlists (list) values (?)");
      catalog.commit(() => {
        db.exec("delete from watchlists");
        for (const list of lists) insert.run(JSON.stringify(list));
      });
    },
    noteAsked(id, symbols, from) {
      const dataset = formatDatasetId(id);
      const insert = db.prepare("insert or replace into asked values (?, ?, ?)");
      catalog.commit(() => symbols.forEach((symbol) => insert.run(dataset, symbol, from)));
    },
    askedFrom(id) {
      const rows = db
        .prepare<[string], [string, string]>("select symbol, from_day from asked where dataset = ?")
        .raw()
        .all(formatDatasetId(id));
      return new Map(rows);
    },
    lostRanges: (id) =>
      db
        .prepare<[string], LostRange>(
          `select from_day as "from", to_day as "to" from lost where dataset = ? order by from_day`
        )
        .all(formatDatasetId(id)),
    regained(id, {from, to}) {
      const remove = db.prepare("delete from lost where dataset = ? and from_day >= ? and to_day <= ?");
      const dataset = formatDatasetId(id);
      catalog.commit(() => remove.run(dataset, from, to));
    }
  };
}

/** How the last pull of each dataset went. */
export function lastPulls(catalog: Catalog): ReadonlyMap<string, {at: string; ok: boolean; message: string}> {
  const rows = catalog.db
    .prepare<[], {dataset: string; at: string; ok: number; message: string}>("select * from last_pulls")
    .all();
  return new Map(rows.map(({dataset, ok, ...pull}) => [dataset, {...pull, ok: ok === 1}]));
}

/** Datasets that "update all" asks for. */
export function trackedDatasets(catalog: Catalog): ReadonlySet<string> {
  return new Set(catalog.db.prepare<[], string>("select distinct dataset from tracked").pluck().all());
}

/** Notes that a repair took days out of a dataset. */
export function noteLost(catalog: Catalog, dataset: string, {from, to}: LostRange): void {
  const insert = catalog.db.prepare("insert or ignore into lost values (?, ?, ?)");
  catalog.commit(() => insert.run(dataset, from, to));
}
