import {setImmediate} from "node:timers/promises";
import type {Database} from "better-sqlite3";
import {queryOf} from "../../lib/ledger/intake.js";
import {lesserFormats, LONGEST_CLOSURE} from "../../lib/ledger/rank.js";
import {sumCounts, type RowCounts, type SectionCounts} from "../../lib/ledger/import-counts.js";
import type {StatementFormat, StatementWarning} from "../../lib/statements/statement.js";
import type {ImportTools} from "./import.js";
import {settleTouched, touch} from "./settle.js";
import type {Stage} from "./stage.js";

/** Staged rows that are stored together. */
const PAGE = 20_000;

export interface StagedFile {
  sha256: string;
  name: string;
  bytes: number;
  format: StatementFormat;
  warnings: readonly StatementWarning[];
  /** Base currency of each statement. */
  bases: readonly (string | null)[];
}

/** What storing a file did. */
export interface Applied {
  /** Whether the file was in the store before: then nothing changed. */
  known: boolean;
  counts: RowCounts;
  /** The same, section by section. */
  sections: SectionCounts[];
}

/**
 * Moves a staged file into the store and settles what it touches; all or nothing.
 * @param preview true undoes all of it: what it would do is told
 */
export async function applyStaged(
  db: Database,
  stage: Stage,
  file: StagedFile,
  tools: ImportTools,
  {preview = false}: {preview?: boolean} = {}
): Promise<Applied> {
  db.exec("begin immediate");
  try {
    const known = isKnown(db, file.sha256);
    const sections = known ? knownSections(db, stage) : await applyNew(db, stage, file, tools);
    db.exec(preview || known ? "rollback" : "commit");
    return {known, counts: sumCounts(sections), sections};
  } catch (error) {
    if (db.inTransaction) db.exec("rollback");
    throw error;
  }
}

async function applyNew(
  db: Database,
  stage: Stage,
  file: StagedFile,
  {now, signal, onProgress}: ImportTools
): Promise<SectionCounts[]> {
  const seenAt = now().toISOString();
  const before = lastIds(db);
  const fileId = storeFile(db, stage, file, seenAt);
  for (const done of storeRows(db, stage.kept, fileId)) {
    onProgress?.({phase: "store", done, total: stage.kept, rows: stage.rows});
    await setImmediate();
    signal?.throwIfAborted();
  }
  touch(db, () => touchFile(db, fileId, before.content));
  const gone = new Set(goneGroups(db).map(({group}) => group));
  for (const {done, total} of settleTouched(db, {seenAt, lastBooked: before.group})) {
    onProgress?.({phase: "merge", done, total, rows: stage.rows});
    await setImmediate();
    signal?.throwIfAborted();
  }
  const sections = new Map(countRows(db, fileId, before).map((counts) => [counts.section, counts]));
  const of = (section: string) => {
    const counts = sections.get(section) ?? {section, new: 0, same: 0, changed: 0, retired: 0};
    sections.set(section, counts);
    return counts;
  };
  for (const [section, rows] of stage.repeated) of(section).same += rows;
  for (const {group, section} of goneGroups(db)) {
    if (group <= before.group && !gone.has(group)) ++of(section).retired;
  }
  db.exec("update ledger_state set version = version + 1");
  return [...sections.values()].toSorted((a, b) => (a.section < b.section ? -1 : 1));
}

/** All rows of a file that is known are the same. */
function knownSections(db: Database, stage: Stage): SectionCounts[] {
  const rows = db
    .prepare<[], [string, number]>(
      "select section, count(*) from temp.staged_rows group by section order by section"
    )
    .raw()
    .all();
  return rows.map(([section, n]) => ({
    section,
    new: 0,
    same: n + (stage.repeated.get(section) ?? 0),
    changed: 0,
    retired: 0
  }));
}

export function isKnown(db: Database, sha256: string): boolean {
  return Boolean(db.prepare("select 1 from files where sha256 = ? and undone_at is null").get(sha256));
}

interface LastIds {
  group: number;
  content: number;
}

function lastIds(db: Database): LastIds {
  const last = (table: string) =>
    db.prepare<[], number | null>(`select max(id) from ${table}`).pluck().get() ?? 0;
  return {group: last("row_groups"), content: last("row_contents")};
}

export function storeFile(db: Database, stage: Stage, file: StagedFile, importedAt: string): number {
  const fileId = db
    .prepare<unknown[], number>(
      `insert into files (sha256, name, format, bytes, rows, imported_at) values (?, ?, ?, ?, ?, ?)
       on conflict (sha256) do update set name = excluded.name, bytes = excluded.bytes, rows = excluded.rows,
         imported_at = excluded.imported_at, undone_at = null
       returning id`
    )
    .pluck()
    .get(file.sha256, file.name, file.format, file.bytes, stage.rows, importedAt);
  const statement = db.prepare(
    `insert into statements (file_id, ordinal, account, from_day, to_day, generated, query, query_name, query_type, base)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  );
  for (const [i, header] of stage.statements.entries()) {
    const {ordinal, account, from, to, generated, queryName, queryType} = header;
    const query = queryOf(header);
    statement.run(fileId, ordinal, account, from, to, generated, query, queryName, queryType, file.bases[i]);
  }
  const presence = db.prepare("insert into presence values (?, ?, ?, ?, ?, ?)");
  for (const {account, section, element, level, kind} of stage.presence) {
    presence.run(fileId, account, section, element, level, kind);
  }
  const warning = db.prepare("insert into warnings (file_id, code, place, count) values (?, ?, ?, ?)");
  for (const {code, where, count} of file.warnings) warning.run(fileId, code, where, count);
  return fileId!; // the statement returns one row
}

export function* storeRows(db: Database, rows: number, fileId: number): Generator<number, void> {
  const groups = db.prepare(
    `insert into row_groups (account, element, key)
     select account, element, key from temp.staged_rows where seq > ? and seq <= ? order by seq
     on conflict do nothing`
  );
  const contents = db.prepare(
    `insert into row_contents (group_id, account, section, day, from_day, to_day, level, kind, numbered, content, fields)
     select g.id, r.account, r.section, r.day, r.from_day, r.to_day, r.level, r.kind, r.numbered, r.content, r.fields
     from temp.staged_rows r
     join row_groups g on g.account = r.account and g.element = r.element and g.key = r.key
     where r.seq > ? and r.seq <= ? order by r.seq
     on conflict do nothing`
  );
  const places = db.prepare(
    `insert into row_places (content_id, statement_id, count)
     select c.id, s.id, count(*)
     from temp.staged_rows r
     join row_groups g on g.account = r.account and g.element = r.element and g.key = r.key
     join row_contents c on c.group_id = g.id and c.content = r.content and c.level = r.level and c.kind = r.kind
     join statements s on s.file_id = ? and s.ordinal = r.statement
     where r.seq > ? and r.seq <= ?
     group by c.id, s.id
     on conflict do update set count = count + excluded.count`
  );
  for (let from = 0; from < rows; from += PAGE) {
    const to = Math.min(rows, from + PAGE);
    groups.run(from, to);
    contents.run(from, to);
    places.run(fileId, from, to);
    yield to;
  }
}

/**
 * Touches the groups that a file can change by being there, or by being there no more: those it has rows of,
 * and those with rows of an earlier edition, or of a lesser format, on the days that its statements cover, or that
 * others of its query and moment cover: the boxes of a query show in any of its files.
 * @param known the last content that was there before the file. A group whose one content it repeats stays
 *   out: its row counted, and counts now by this file too. Not so where a lesser format has it: it may have been set aside
 */
export function touchFile(db: Database, fileId: number, known = 0): void {
  db.prepare(
    `insert or ignore into temp.touched
     select c.group_id from statements s
     join row_places p on p.statement_id = s.id
     join row_contents c on c.id = p.content_id
     where s.file_id = :file and not (c.id <= :known and c.numbered
       and not exists (select 1 from row_contents o where o.group_id = c.group_id and o.id <> c.id)
       and not exists (select 1 from changes h where h.group_id = c.group_id)
       and not exists (
         select 1 from row_places q join statements t on t.id = q.statement_id join files f on f.id = t.file_id
         where q.content_id = c.id and f.format in (select value from json_each(:lesser))))`
  ).run({file: fileId, known, lesser: JSON.stringify(lesserFormats("flex-xml"))});
  touchLesser(db, fileId);
  const earlier = `exists (
    select 1 from row_places p join statements t on t.id = p.statement_id
    where p.content_id = c.id and t.account = s.account and t.query = s.query and t.generated < s.generated)`;
  const hasEarlier = `exists (
    select 1 from statements t where t.account = s.account and t.query = s.query and t.generated < s.generated)`;
  const ofEdition = `
    select e.id from statements m
    join statements e on e.account = m.account and e.query = m.query and e.generated = m.generated
    where m.file_id = ?`;
  const repeated = `exists (
    select 1 from row_places p join statements t on t.id = p.statement_id
    where p.content_id = c.id and t.file_id = s.file_id)`;
  for (const when of [
    "c.day >= s.from_day and c.day <= s.to_day",
    "c.day = '' and c.from_day = s.from_day and c.to_day = s.to_day"
  ]) {
    db.prepare(
      `insert or ignore into temp.touched
       select c.group_id from statements s cross join row_contents c on c.account = s.account and ${when}
       where s.id in (${ofEdition}) and ${hasEarlier} and ${earlier} and not ${repeated}`
    ).run(fileId);
  }
}

/** Touches the groups with rows of a lesser format on days that the file's statements, or others of its editions, cover. */
function touchLesser(db: Database, fileId: number): void {
  const format = db
    .prepare<[number], StatementFormat>("select format from files where id = ?")
    .pluck()
    .get(fileId)!; // it was stored
  const lesser = JSON.stringify(lesserFormats(format));
  db.prepare(
    `insert or ignore into temp.touched
     select c.group_id
     from files f join statements t on t.file_id = f.id
     join row_places p on p.statement_id = t.id join row_contents c on c.id = p.content_id
     join (
       select e.account, date(min(e.from_day), :before) as first, date(max(e.to_day), :after) as last
       from statements m
       join statements e on e.account = m.account and e.query = m.query and e.generated = m.generated
       where m.file_id = :file group by e.account
     ) told on told.account = c.account
       and coalesce(nullif(c.day, ''), c.to_day) >= told.first and coalesce(nullif(c.day, ''), c.from_day) <= told.last
     where f.format in (select value from json_each(:lesser))`
  ).run({file: fileId, lesser, before: `-${LONGEST_CLOSURE} days`, after: `+${LONGEST_CLOSURE} days`});
}

/** Touched groups of which no row counts, and their section. */
function goneGroups(db: Database): {group: number; section: string}[] {
  return db
    .prepare<[], {group: number; section: string}>(
      `select group_id as "group", min(section) as section from changes
       where kind = 'gone' and group_id in (select group_id from temp.touched) group by group_id`
    )
    .all();
}

/**
 * A content that was there: as many rows as any other file has of it are the same. A new content of a group
 * that was there: one changed row. The first content of a new group: one new row, or n where they have no id.
 */
function countRows(db: Database, fileId: number, before: LastIds): SectionCounts[] {
  return db
    .prepare<unknown[], SectionCounts>(
      `with mine as materialized (
         select c.id, c.section, c.numbered, sum(p.count) as n,
           iif(c.group_id > :group, (select min(f.id) from row_contents f where f.group_id = c.group_id), 0) as first
         from statements s join row_places p on p.statement_id = s.id join row_contents c on c.id = p.content_id
         where s.file_id = :file group by c.id
       ), counted as (
         select section, n, case
           when id = first then iif(numbered, 1, n)
           when id > :content or numbered then 0
           else max(0, n - coalesce((
             select max(n) from (
               select sum(p.count) as n from row_places p join statements s on s.id = p.statement_id
               where p.content_id = mine.id and s.file_id <> :file group by s.file_id)), 0))
           end as new,
           iif(id > :content and id <> first, 1, 0) as changed
         from mine
       )
       select section, sum(new) as "new", sum(n - new - changed) as same, sum(changed) as changed, 0 as retired
       from counted group by section`
    )
    .all({file: fileId, group: before.group, content: before.content});
}
