import {setImmediate} from "node:timers/promises";
import {createGunzip, gzipSync} from "node:zlib";
import {Readable} from "node:stream";
import {joinTags, readArchive, writeArchive, type Gunzip, type Packed} from "../../lib/ledger/archive.js";
import type {TagBook} from "../../lib/ledger/tags/tag.js";
import {rowLine, type KeptFile} from "../../lib/ledger/kept-file.js";
import type {StatementFormat, StatementRow, StatementWarning} from "../../lib/statements/statement.js";
import {isKnown, storeFile, storeRows} from "./apply.js";
import {connectWriter} from "./connect.js";
import {explain} from "./errors.js";
import type {Store} from "./open.js";
import {rebuildLedger} from "./rebuild.js";
import {readTags} from "./tags.js";
import {Stage} from "./stage.js";

interface FileRow extends Omit<KeptFile, "statements" | "presence" | "warnings"> {
  id: number;
  format: StatementFormat;
}

/** Returns everything that the store holds as one file: see lib/ledger/archive.ts. */
export function exportStore(store: Store, now: Date): Uint8Array {
  const files = store.raw
    .prepare<[], FileRow>(
      `select id, sha256, name, format, bytes, rows, imported_at as importedAt from files
       where undone_at is null order by imported_at, id`
    )
    .all();
  const packed = files.map((file) => packFile(store, file));
  return Buffer.concat([...writeArchive({files: packed, tags: readTags(store)}, now.toISOString())]);
}

function packFile({raw}: Store, {id, ...file}: FileRow): Packed {
  const statements = raw
    .prepare<[number], Omit<KeptFile["statements"][number], "format">>(
      `select ordinal, account, from_day as "from", to_day as "to", generated, query_name as queryName,
         query_type as queryType, base from statements where file_id = ? order by ordinal`
    )
    .all(id)
    .map((statement) => ({...statement, format: file.format}));
  const presence = raw
    .prepare<[number], KeptFile["presence"][number]>(
      `select account, section, element, level, kind from presence where file_id = ?
       order by account, section, element, level, kind`
    )
    .all(id);
  const warnings = raw
    .prepare<[number], StatementWarning>(
      `select code, place as "where", count from warnings where file_id = ?`
    )
    .all(id);
  const lines = linesOf(raw, id);
  return {
    file: {...file, statements, presence, warnings},
    lines: lines.length,
    bytes: gzipSync(lines.map((line) => `${line}\n`).join(""))
  };
}

type RowText = Omit<StatementRow, "fields"> & {fields: string; count: number};

function linesOf(raw: Store["raw"], fileId: number): string[] {
  const rows = raw
    .prepare<[number], RowText>(
      `select s.ordinal as statement, c.section, g.element, c.account, c.day, c.from_day as "from", c.to_day as "to",
         c.level, c.kind, c.fields, p.count
       from statements s
       join row_places p on p.statement_id = s.id
       join row_contents c on c.id = p.content_id
       join row_groups g on g.id = c.group_id
       where s.file_id = ? order by s.ordinal, c.id`
    )
    .iterate(fileId);
  const lines: string[] = [];
  for (const {count, fields, ...row} of rows) {
    const line = rowLine({...row, fields: JSON.parse(fields) as StatementRow["fields"]}); // written by stage.ts
    for (let n = 0; n < count; ++n) lines.push(line);
  }
  return lines;
}

/** What a restore did. */
export interface Restored {
  /** Files in the archive, and those of them that were not in the store. */
  files: number;
  restored: number;
}

/**
 * Takes the files of an archive into the store that are not in it; all of them or none.
 * @throws StatementError `damaged` when the archive is not whole, StoreError when the store is in the way
 */
export async function restoreStore(
  store: Store,
  chunks: AsyncIterable<Uint8Array>,
  {now, signal}: {now: () => Date; signal?: AbortSignal}
): Promise<Restored> {
  const db = connectWriter(store.path);
  try {
    db.exec("begin immediate");
    const done = {files: 0, restored: 0};
    const archive = await readArchive(chunks, gunzip);
    for await (const {file, rows} of archive.files) {
      ++done.files;
      const known = isKnown(db, file.sha256);
      const stage = new Stage(db, undefined);
      for (const header of file.statements) stage.statement(header);
      for await (const some of rows) {
        if (!known) for (const row of some) stage.row(row);
        await setImmediate();
        signal?.throwIfAborted();
      }
      if (known) continue;
      stage.flush();
      const bases = file.statements.map(({base}) => base);
      const fileId = storeFile(db, stage, {...file, bases}, file.importedAt);
      for (const _ of storeRows(db, stage.kept, fileId)) await setImmediate();
      db.prepare("update files set rows = ? where id = ?").run(file.rows, fileId);
      ++done.restored;
    }
    const tagged = restoreTags(db, joinTags(readTags({raw: db}), archive.tags));
    if (done.restored) rebuildLedger(db, now().toISOString());
    if (done.restored || tagged) db.exec("update ledger_state set version = version + 1");
    db.exec("commit");
    return done;
  } catch (error) {
    if (db.inTransaction) db.exec("rollback");
    throw explain(error, store.path);
  } finally {
    db.close();
  }
}

/** Makes the tags these; false when they were. */
function restoreTags(db: Store["raw"], {entries, rules}: TagBook): boolean {
  const before = readTags({raw: db});
  if (entries.length === before.entries.length && rules.length === before.rules.length) return false;
  const tag = db.prepare("insert or ignore into tags values (?, ?, ?, ?, ?)");
  for (const {kind, account, id, tags, note} of entries)
    tag.run(kind, account, id, JSON.stringify(tags), note);
  const rule = db.prepare("insert into tag_rules values (?, ?, ?, ?, ?)");
  for (const [i, one] of rules.entries()) {
    if (i >= before.rules.length) rule.run(i, one.tag, one.field, one.match, one.value);
  }
  return true;
}

const gunzip: Gunzip = async function* (bytes) {
  yield* Readable.from([bytes]).pipe(createGunzip()).setEncoding("utf8") as AsyncIterable<string>;
};
