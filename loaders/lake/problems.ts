import {KEYS, type Rows} from "../../lib/lake/columns.js";
import type {LakeProblem} from "../../lib/lake/catalog.js";
import {rowAt, symbolAt} from "../../lib/lake/concat.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {dayOf} from "../../lib/time/day.js";
import type {Catalog} from "./catalog.js";
import type {Folder} from "./manifest.js";
import type {RowProblem} from "./port.js";

/** What checks found; the row beside a problem is kept here and nowhere else. A text is "" where there is none. */
export const PROBLEMS = `
  create table if not exists problems (
    id integer primary key, path text not null, code text not null, symbol text not null, day text not null,
    state text not null, sentence text not null, row text not null, at text not null,
    unique (path, code, symbol, day, row)
  );
`;

/** Of a dataset and a code so many are kept, the latest. */
const MOST_OF_A_CODE = 2000;

/** Lists problems of a dataset; the same one again takes the place of the first. */
export function addProblems(
  catalog: Catalog,
  {path}: Folder,
  problems: readonly RowProblem[],
  at: string
): void {
  if (!problems.length) return;
  catalog.commit(() => {
    const insert = catalog.db.prepare(
      "insert or replace into problems values (null, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    for (const {code, symbol, day, state, sentence, row} of problems)
      insert.run(path, code, symbol, day ?? "", state, sentence, row ? JSON.stringify(row) : "", at);
    const beyond = catalog.db.prepare(
      `delete from problems where id in
         (select id from problems where path = ? and code = ? order by id desc limit -1 offset ${MOST_OF_A_CODE})`
    );
    for (const code of new Set(problems.map((problem) => problem.code))) beyond.run(path, code);
  });
}

/** Strikes off what rows that came since put right: a row that was kept out and came again, a day that was missing. */
export function settleProblems(catalog: Catalog, {path}: Folder, rows: Rows): void {
  const open = catalog.db
    .prepare<[string], {id: number; symbol: string; day: string; row: string}>(
      "select id, symbol, day, row from problems where path = ? and (state = 'quarantined' or code = 'gap')"
    )
    .all(path);
  if (!open.length) return;
  const [keys, days] = [new Set<string>(), new Set<string>()];
  for (let i = 0; i < rows.length; ++i) {
    keys.add(keyOf(rows.kind, rowAt(rows, i)));
    days.add(`${symbolAt(rows, i)} ${dayOf(rows.columns.day[i])}`);
  }
  const settled = open.filter(({symbol, day, row}) =>
    row ? keys.has(keyOf(rows.kind, JSON.parse(row) as Row)) : days.has(`${symbol} ${day}`)
  );
  if (!settled.length) return;
  const remove = catalog.db.prepare("delete from problems where id = ?");
  catalog.commit(() => settled.forEach(({id}) => remove.run(id)));
}

type Row = NonNullable<RowProblem["row"]>;

function keyOf(kind: Kind, row: Row): string {
  return JSON.stringify(KEYS[kind].map((name) => row[name]));
}

/** Returns the problems of one dataset, or of all, the latest first. */
export function listProblems(catalog: Catalog, dataset?: string): (LakeProblem & {dataset: string})[] {
  const rows = catalog.db
    .prepare<[], Omit<LakeProblem, "day"> & {path: string; day: string}>(
      "select path, code, symbol, day, sentence, state from problems order by id desc"
    )
    .all();
  return rows
    .map(({path, day, ...problem}) => ({
      dataset: path.slice(path.indexOf("/") + 1),
      ...problem,
      day: day || null
    }))
    .filter((problem) => dataset === undefined || problem.dataset === dataset);
}

/** Returns how many problems each dataset has, by its path. */
export function countProblems(catalog: Catalog): ReadonlyMap<string, number> {
  const counts = catalog.db
    .prepare<[], [string, number]>("select path, count(*) from problems group by path")
    .raw()
    .all();
  return new Map(counts);
}
