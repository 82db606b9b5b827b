import {onTestFinished, expect, it} from "vitest";
import {openSql, SqlError, type Sql} from "../../../bridge/store/duck.js";
import {TABLE_NAMES} from "../../../bridge/store/ledger-tables.js";
import {add, temporaryStore} from "./fixture.js";

async function sqlOf(amounts: readonly string[]): Promise<Sql> {
  const store = await temporaryStore();
  await add(store, [
    {
      rows: amounts.map((amount, n) => ({
        element: "CashTransaction",
        fields: {transactionID: String(n), type: "Dividends", amount, currency: "USD", exDate: "2024-01-01"}
      }))
    }
  ]);
  const sql = await openSql(store);
  onTestFinished(() => sql.close());
  return sql;
}

it("query(text) adds money up exactly, where SQLite and floats do not", async () => {
  const sql = await sqlOf(["0.1", "0.2", "12345678901234.000000000001"]);
  const {columns, rows, truncated} = await sql.query(
    "select sum(amount) as total, min(day) as day from cash"
  );
  expect(rows).toEqual([{total: "12345678901234.300000000001", day: "2024-01-02"}]);
  expect(columns).toEqual([
    {name: "total", type: "DECIMAL(38,12)"},
    {name: "day", type: "DATE"}
  ]);
  expect(truncated).toBe(false);
});

it("query(text) knows every table of the ledger, and the days that statements cover", async () => {
  const sql = await sqlOf([]);
  for (const name of TABLE_NAMES) {
    expect((await sql.query(`select count(*)::int as n from ${name}`)).rows).toEqual([{n: 0}]);
  }
  expect((await sql.query("select * from coverage")).rows).toEqual([
    {account: "U1", from_day: "2024-01-02", to_day: "2024-01-02", base: null}
  ]);
});

it("query(text) gives ten thousand rows and says that there are more", async () => {
  const sql = await sqlOf([]);
  const {rows, truncated} = await sql.query("select * from range(20000)");
  expect([rows.length, truncated]).toEqual([10_000, true]);
});

it("query(text) runs one SELECT and nothing else", async () => {
  const sql = await sqlOf(["1"]);
  const others = [
    "",
    "-- nothing",
    "select 1; select 2",
    "drop table cash",
    "delete from cash",
    "insert into cash select * from cash returning id",
    "create table x as select 1",
    "set threads = 8",
    "attach '/tmp/other.db'",
    "install httpfs",
    "call pragma_version()",
    "explain select 1"
  ];
  for (const text of others) {
    await expect(sql.query(text), text).rejects.toThrow(
      expect.objectContaining({code: "not-one-select", message: expect.stringContaining("only one SELECT")})
    );
  }
  expect((await sql.query("select count(*)::int as n from cash")).rows).toEqual([{n: 1}]);
});

it("query(text) reaches no file, no environment and no setting", async () => {
  const sql = await sqlOf([]);
  const reaching = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    "select getenv('HOME')",
    "copy cash to '/tmp/tearsheet-copy.csv'"
  ];
  for (const text of reaching) await expect(sql.query(text), text).rejects.toThrow(SqlError);
  const {rows} = await sql.query(
    "select current_setting('enable_external_access') as reach, current_setting('lock_configuration') as locked"
  );
  expect(rows).toEqual([{reach: false, locked: true}]);
});

it("query(text) repeats DuckDB's sentence when it fails", async () => {
  const sql = await sqlOf([]);
  await expect(sql.query("select nothing from cash")).rejects.toThrow(
    /^Binder Error: Referenced column "nothing" not found/
  );
  await expect(sql.query("selec")).rejects.toThrow(/^Parser Error: syntax error at or near "selec"$/);
});

it("openSql(store) says which column holds what no decimal of SQL does, and what to do", async () => {
  const store = await temporaryStore();
  await add(store, [{rows: [{element: "CashTransaction", fields: {transactionID: "1", amount: "5"}}]}]);
  store.raw.prepare("update cash set amount = ?").run(`1${"0".repeat(30)}`);
  await expect(openSql(store)).rejects.toThrow(
    new SqlError(
      "failed",
      `cash.amount holds what SQL cannot, more than 26 digits before the point: 1${"0".repeat(30)}: undo the import of the file it came from`
    )
  );
});
