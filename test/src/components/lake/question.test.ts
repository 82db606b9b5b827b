import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {beforeAll, expect, it} from "vitest";
import {questionSql} from "../../../../src/components/lake/question.js";

let db: DuckDBConnection;

beforeAll(async () => {
  db = await (await DuckDBInstance.create()).connect();
  await db.run("CREATE TABLE rows AS SELECT i AS close FROM range(5) AS r(i)");
});

/** As the page runs it: one prepared statement. */
const answer = async (text: string) => {
  const statement = await db.prepare(questionSql(text));
  return (await statement.runAndReadAll()).getRowsJS().length;
};

it("questionSql(text) lets questions through, however they begin", async () => {
  expect(await answer("SELECT * FROM rows")).toBe(5);
  expect(await answer("  from rows where close > 2 ; ")).toBe(2);
  expect(await answer("-- the last\nwith a as (select 1) select * from a -- one")).toBe(1);
  expect(await answer("/* what is it like */ summarize rows")).toBe(1);
  expect(await answer("(select 1)")).toBe(1);
});

it("questionSql(text) refuses whatever writes, by the word that it begins with", () => {
  for (const text of [
    "DROP TABLE rows",
    "insert into rows values (1)",
    "/* x */ COPY rows TO 'x.csv'",
    "ATTACH 'x'",
    "PRAGMA database_size",
    "set memory_limit = '1GB'",
    "create table a as select 1"
  ])
    expect(() => questionSql(text)).toThrow("only questions are answered here");
  expect(() => questionSql(" -- nothing")).toThrow("write a question");
});

it("questionSql(text) makes one statement, so that nothing can be hidden behind a question", async () => {
  for (const text of [
    "SELECT 1; DROP TABLE rows",
    "SELECT 1) AS a; DROP TABLE rows; SELECT * FROM (SELECT 1",
    "SELECT 1) AS a; DELETE FROM rows; --"
  ])
    await expect(answer(text)).rejects.toThrow();
  expect(await answer("SELECT * FROM rows")).toBe(5);
});
