import {
  DATE,
  DECIMAL,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  StatementType,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBType,
  type DuckDBValue,
  type Json
} from "@duckdb/node-api";
import type {ColumnKind} from "../../lib/ledger/tables.js";
import {AMOUNT_SCALE, isStorable, parseAmount} from "../../lib/money/amount.js";
import {dayNumber} from "../../lib/time/day.js";
import {columnsOf, TABLE_NAMES} from "./ledger-tables.js";
import type {Store} from "./open.js";

/** Rows of an answer; the rest is left out, and said so. */
export const MOST_ROWS = 10_000;

/** What DuckDB takes at a time. */
const VECTOR = 2048;

interface ColumnType {
  type: DuckDBType;
  read(text: string): DuckDBValue;
}

const TEXT: ColumnType = {type: VARCHAR, read: (text) => text};

/** Read here, not cast there: DuckDB takes thrice as long to make a DECIMAL of a text. */
const TYPES: Readonly<Record<ColumnKind, ColumnType>> = {
  text: TEXT,
  time: TEXT,
  date: {type: DATE, read: (text) => new DuckDBDateValue(dayNumber(text))},
  amount: {
    type: DECIMAL(38, AMOUNT_SCALE),
    read(text) {
      const amount = parseAmount(text);
      if (!isStorable(amount)) throw new RangeError(`more than 26 digits before the point: ${text}`);
      return new DuckDBDecimalValue(amount, 38, AMOUNT_SCALE);
    }
  }
};

/** Columns of `coverage`, the one table beside the ledger's own. */
const COVERAGE: [column: string, kind: ColumnKind][] = [
  ["account", "text"],
  ["from_day", "date"],
  ["to_day", "date"],
  ["base", "text"]
];

export interface SqlAnswer {
  columns: {name: string; type: string}[];
  /** Decimals, dates and whole numbers beyond 32 bits are text, exactly as they are. */
  rows: Record<string, Json>[];
  /** Whether there were more rows than MOST_ROWS. */
  truncated: boolean;
}

/** Thrown for SQL that is refused or fails: the sentence says which. */
export class SqlError extends Error {
  override readonly name = "SqlError";
  readonly code: "not-one-select" | "failed";

  constructor(code: SqlError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The ledger's tables as they were when it was opened, in a DuckDB of its own: money adds up exactly. */
export interface Sql {
  /** Runs one SELECT; @throws SqlError */
  query(text: string): Promise<SqlAnswer>;
  close(): void;
}

/**
 * Loads the ledger's tables into DuckDB in memory; it reaches no network and no file but those that `extend` allows, and
 * its settings are locked.
 *
 * @param store null while no statement has been imported
 * @param extend adds what is not in the store, before the door is shut
 * @throws SqlError if a table holds what DuckDB cannot
 */
export async function openSql(
  store: Store | null,
  extend: (connection: DuckDBConnection) => Promise<unknown> = async () => undefined
): Promise<Sql> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: "1GB",
    threads: "2"
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    if (store) {
      for (const name of TABLE_NAMES) await load(connection, store, name, columnsOf(name));
      await load(connection, store, "coverage", COVERAGE);
    }
    await extend(connection);
    await connection.run("set enable_external_access = false");
    await connection.run("set lock_configuration = true");
  } catch (cause) {
    close();
    throw cause instanceof SqlError ? cause : failed(cause);
  }
  return {query: (text) => query(connection, text), close};
}

async function load(
  connection: DuckDBConnection,
  store: Store,
  name: string,
  columns: readonly [column: string, kind: ColumnKind][]
): Promise<void> {
  const names = columns.map(([column]) => `"${column}"`).join(", ");
  const types = columns.map(([, kind]) => TYPES[kind]);
  const definitions = columns.map(([column, kind]) => `"${column}" ${TYPES[kind].type.toString()}`);
  await connection.run(`create table "${name}" (${definitions.join(", ")})`);
  const appender = await connection.createAppender(name);
  const append = (rows: readonly (string | null)[][]) => {
    const chunk = DuckDBDataChunk.create(
      types.map(({type}) => type),
      rows.length
    );
    for (const [i, column] of types.entries()) {
      chunk.setColumnValues(
        i,
        rows.map(({[i]: text}) => (text === null ? null : readValue(name, columns[i][0], column, text)))
      );
    }
    appender.appendDataChunk(chunk);
  };
  const rows = store.raw
    .prepare<[], (string | null)[]>(`select ${names} from "${name}" order by rowid`)
    .raw()
    .iterate();
  let batch: (string | null)[][] = [];
  for (const row of rows) {
    if (batch.push(row) < VECTOR) continue;
    append(batch);
    batch = [];
  }
  if (batch.length) append(batch);
  appender.closeSync();
}

function readValue(table: string, column: string, type: ColumnType, text: string): DuckDBValue {
  try {
    return type.read(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const sentence = `${table}.${column} holds what SQL cannot, ${reason}: undo the import of the file it came from`;
    throw new SqlError("failed", sentence, {cause});
  }
}

/** What node-api says of a text without a statement. */
const NOTHING = "Error in native callback";

async function query(connection: DuckDBConnection, text: string): Promise<SqlAnswer> {
  const statement = await prepareSelect(connection, text);
  try {
    const reader = await statement.streamAndReadUntil(MOST_ROWS + 1);
    const [names, types] = [reader.deduplicatedColumnNames(), reader.columnTypes()];
    const rows = reader.getRowObjectsJson();
    return {
      columns: names.map((name, i) => ({name, type: String(types[i])})),
      rows: rows.slice(0, MOST_ROWS),
      truncated: rows.length > MOST_ROWS
    };
  } catch (cause) {
    throw failed(cause);
  } finally {
    statement.destroySync();
  }
}

async function prepareSelect(connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(text).catch((cause: Error) => {
    throw cause.message === NOTHING ? notOneSelect("nothing") : failed(cause);
  });
  if (statements.count !== 1) throw notOneSelect(`${statements.count} statements`);
  const statement = await statements.prepare(0).catch((cause: unknown) => {
    throw failed(cause);
  });
  if (statement.statementType === StatementType.SELECT) return statement;
  const type = StatementType[statement.statementType];
  statement.destroySync();
  throw notOneSelect(type);
}

function notOneSelect(found: string): SqlError {
  return new SqlError(
    "not-one-select",
    `only one SELECT can be asked at a time, not ${found}: the ledger is changed by imports alone`
  );
}

/** DuckDB's own sentence, without the picture of the place. */
function failed(cause: unknown): SqlError {
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  const sentence = line.replace("Failed to extract statements: ", "");
  return new SqlError("failed", sentence, {cause});
}
