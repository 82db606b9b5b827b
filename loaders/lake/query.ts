import type {DuckDBConnection, DuckDBValue} from "@duckdb/node-api";
import {emptyColumn, KEYS, type ColumnType} from "../../lib/lake/columns.js";
import type {Kind} from "../../lib/lake/dataset.js";
import {
  queryProblem,
  readValue,
  type Answer,
  type AnswerColumn,
  type Filter,
  type LakeQuery
} from "../../lib/lake/query.js";
import {columnsOf, type Column} from "./columns.js";
import {ask, parquet} from "./engine.js";
import {fetchColumns} from "./fetch.js";
import {inOrder} from "./order.js";
import type {ReadOptions} from "./port.js";
import {conditionsOf} from "./read.js";
import {MANY_ROWS} from "./stage.js";

/**
 * Answers a question from the parts of a dataset. Names of columns are checked, values bound: nothing of it is SQL.
 *
 * @param paths of the parts that may hold its days
 * @throws RangeError for a column or a value that the kind does not have
 */
export async function queryParts(
  connection: DuckDBConnection,
  paths: readonly string[],
  query: LakeQuery
): Promise<Answer> {
  const {id, filters, order, limit} = query;
  const problem = queryProblem(id.kind, query);
  if (problem !== null) throw new RangeError(problem);
  if (!(Number.isSafeInteger(limit) && limit >= 0)) throw new RangeError(`invalid limit: ${limit}`);
  const all = new Map(columnsOf(id.kind).map((column) => [column.name, column]));
  const names = query.columns.length ? query.columns : [...all.keys()];
  const columns = names.map((name) => all.get(name)!); // queryProblem has looked
  if (!paths.length)
    return {
      columns: columns.map((column) => ({...column, values: emptyColumn(column.type, 0) as AnswerColumn})),
      length: 0,
      matches: 0
    }; // of its type
  const {sql, values} = conditionsOf(id.kind, rangeOf(query));
  const bound: DuckDBValue[] = [...values];
  const conditions = [
    ...sql,
    ...filters.map((filter) => conditionOf(all.get(filter.column)!, filter, bound))
  ];
  const source = `${parquet(paths)} ${conditions.length ? `where ${conditions.join(" and ")}` : ""}`;
  const [[matches]] = await ask<[number]>(connection, `select count(*)::double from ${source}`, bound);
  const isMany = Math.min(matches, limit) >= MANY_ROWS;
  if (matches <= limit) {
    const needed = [...all.values()].filter(({name}) => names.includes(name) || isOfOrder(id.kind, name));
    const fetched = await fetchColumns(connection, {
      columns: needed,
      source,
      values: bound,
      isMany,
      length: matches
    });
    const held = new Map(needed.map(({name}, i) => [name, fetched.columns[i]]));
    const ordered = inOrder({kind: id.kind, length: matches, columns: held}, names, order);
    return {columns: columns.map((column, i) => ({...column, values: ordered[i]})), length: matches, matches};
  }
  const sorted = KEYS[id.kind].map((name) => `"${name}" ${order}`).join(", ");
  const first = `(select * from ${source} order by ${sorted} limit ${limit})`;
  const fetched = await fetchColumns(connection, {
    columns,
    source: first,
    values: bound,
    isMany,
    length: limit
  });
  return {
    columns: columns.map((column, i) => ({...column, values: fetched.columns[i]})),
    length: limit,
    matches
  };
}

/** Rows are put in order by their key, or by their day where that has none. */
function isOfOrder(kind: Kind, name: string): boolean {
  return name === "day" || (KEYS[kind] as readonly string[]).includes(name);
}

function rangeOf({symbols, from, to}: LakeQuery): ReadOptions {
  return {...(symbols.length && {symbols}), ...(from !== undefined && {from}), ...(to !== undefined && {to})};
}

/** Returns a condition as SQL; its value is bound. A number that is not given matches nothing but `!=`. */
function conditionOf({name, type}: Column, {operator, value}: Filter, bound: DuckDBValue[]): string {
  bound.push(type === "text" ? value : readValue(type, value));
  const place = `$${bound.length}`;
  const is = operator === "!=" ? "is distinct from" : operator;
  const sides: Readonly<Record<ColumnType, [left: string, right: string]>> = {
    text: [`coalesce("${name}", '')`, `${place}::varchar`],
    time: [`epoch_ms("${name}")::double`, `${place}::double`],
    day: [`"${name}"`, `date '1970-01-01' + ${place}::integer`],
    number: [`"${name}"`, `${place}::double`]
  };
  return sides[type].join(` ${is} `);
}
