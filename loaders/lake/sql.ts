import {
  DuckDBInstance,
  StatementType,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResultReader,
  type Json
} from "@duckdb/node-api";
import {encodeAnswer} from "./encode.js";
import type {AnswerBytes, AnswerFormat, Lake} from "./port.js";
import {answerOfResult} from "./sql-answer.js";
import {addLakeViews} from "./views.js";

/** Rows of an answer when no limit is given; the rest is left out, and said so. */
const MOST_ROWS = 10_000;
/** After so long a question is given up: it may join two large tables without a condition. */
const MOST_MS = 60_000;

export interface SqlAnswer {
  columns: {name: string; type: string}[];
  /** Decimals, dates, times and whole numbers beyond 32 bits are text, exactly as they are. */
  rows: Record<string, Json>[];
  /** Whether there were more rows than the limit. */
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

/** The lake as DuckDB shows it to whoever asks: views to read, no file else, no network, nothing to change. */
export interface LakeSql {
  /** Runs one SELECT on the rows as they are now; @throws SqlError */
  query(text: string, options?: {limit?: number}): Promise<SqlAnswer>;
  /** The same as bytes: what is not text, day, time or number is text. */
  queryBytes(
    text: string,
    format: AnswerFormat,
    options?: {limit?: number}
  ): Promise<AnswerBytes & {truncated: boolean}>;
  close(): void;
}

interface LakeSqlOptions {
  /** Adds tables of another source before the views; a bare name that it takes is not the lake's then. */
  extra?: (connection: DuckDBConnection) => Promise<void>;
  mostMs?: number;
}

interface Session {
  connection: DuckDBConnection;
  /** Of the lake when its views were made. */
  version: number;
  close(): void;
}

/** What DuckDB says of a file that is not there: one that is gone it takes for a folder, which may not be read. */
const GONE = /^(IO|Permission) Error/;

/** Opens the lake for SQL; see {@link addLakeViews} for the views. */
export function openLakeSql(lake: Lake, {extra, mostMs = MOST_MS}: LakeSqlOptions = {}): LakeSql {
  let session: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Does a work when those before it have ended: a session that is read from is not closed. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function current(): Promise<Session> {
    if (session?.version === lake.version()) return session;
    session?.close();
    session = undefined;
    session = await openSession(lake, extra);
    return session;
  }

  /** A part may go while it is read: then the views are made anew, once. */
  async function readNow(text: string, limit: number): Promise<DuckDBResultReader> {
    try {
      return await select((await current()).connection, text, {limit, mostMs});
    } catch (error) {
      if (!(error instanceof SqlError && GONE.test(error.message))) throw error;
      session?.close();
      session = undefined;
      return select((await current()).connection, text, {limit, mostMs});
    }
  }

  const read = (text: string, limit: number) => inTurn(() => readNow(text, limit));

  async function query(text: string, limit: number): Promise<SqlAnswer> {
    const reader = await read(text, limit);
    const [names, types] = [reader.deduplicatedColumnNames(), reader.columnTypes()];
    const rows = reader.getRowObjectsJson();
    return {
      columns: names.map((name, i) => ({name, type: String(types[i])})),
      rows: rows.slice(0, limit),
      truncated: rows.length > limit
    };
  }

  return {
    query: (text, {limit = MOST_ROWS} = {}) => query(text, limit),
    async queryBytes(text, format, {limit = MOST_ROWS} = {}) {
      if (format === "json") {
        const answer = await query(text, limit);
        const shown = answer.rows.length;
        return {
          bytes: Buffer.from(JSON.stringify(answer)),
          shown,
          matches: shown,
          truncated: answer.truncated
        };
      }
      const reader = await read(text, limit);
      const answer = answerOfResult(reader, limit);
      return {
        bytes: await encodeAnswer("sql", answer, format),
        shown: answer.length,
        matches: answer.length,
        truncated: reader.currentRowCount > limit
      };
    },
    close: () =>
      void inTurn(async () => {
        session?.close();
        session = undefined;
      })
  };
}

async function openSession(lake: Lake, extra: LakeSqlOptions["extra"]): Promise<Session> {
  const version = lake.version();
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: "1GB",
    temp_directory: "" // a folder for it would be one that can be read and written
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await extra?.(connection);
    await addLakeViews(connection, lake);
    await connection.run("set enable_external_access = false");
    await connection.run("set lock_configuration = true");
    return {connection, version, close};
  } catch (cause) {
    close();
    throw cause;
  }
}

async function select(
  connection: DuckDBConnection,
  text: string,
  {limit, mostMs}: {limit: number; mostMs: number}
): Promise<DuckDBResultReader> {
  const statement = await prepareSelect(connection, text);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    connection.interrupt();
  }, mostMs);
  try {
    return await statement.streamAndReadUntil(limit + 1);
  } catch (cause) {
    if (!isLate) throw failed(cause);
    const sentence = `no answer after ${mostMs / 1000} s: ask for less, or join on a condition`;
    throw new SqlError("failed", sentence, {cause});
  } finally {
    clearTimeout(timer);
    statement.destroySync();
  }
}

/** Statements that DuckDB makes a SELECT of, and that ask of itself and not of the lake. */
const REWRITTEN = /^(?:\s|--.*(?:\n|$)|\/\*[^]*?\*\/|;)*(pragma|call)\b/i;

/** What node-api says of a text without a statement. */
const NOTHING = "Error in native callback";

async function prepareSelect(connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> {
  const [, rewritten] = REWRITTEN.exec(text) ?? [];
  if (rewritten !== undefined) throw notOneSelect(rewritten.toUpperCase());
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
  const sentence = `only one SELECT can be asked at a time, not ${found}: the lake is changed by pulls and imports alone`;
  return new SqlError("not-one-select", sentence);
}

/** DuckDB's own sentence, without the picture of the place. */
function failed(cause: unknown): SqlError {
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  return new SqlError("failed", line.replace("Failed to extract statements: ", ""), {cause});
}
