import {beforeAll, expect, it} from "vitest";
import {keepBridge, type TestBridge} from "../harness.js";

const trade = (day: string, id: string, quantity: string, price: string, side: string) =>
  `<Trade accountId="U1000001" currency="USD" assetCategory="STK" symbol="INVT" description="INVENTED INC" conid="1000"
  tradeID="${id}" transactionID="${id}" reportDate="${day}" tradeDate="${day}" dateTime="${day};103000"
  transactionType="ExchTrade" quantity="${quantity}" tradePrice="${price}" proceeds="${-Number(quantity) * Number(price)}"
  ibCommission="-1" ibCommissionCurrency="USD" buySell="${side}" openCloseIndicator="${side === "BUY" ? "O" : "C"}"
  levelOfDetail="EXECUTION" />`;

const STATEMENT = `<FlexQueryResponse queryName="Desk" type="AF"><FlexStatements count="1">
<FlexStatement accountId="U1000001" fromDate="20240102" toDate="20240104" period="" whenGenerated="20240105;060000">
<AccountInformation accountId="U1000001" currency="USD" name="" />
<Trades>
${trade("20240102", "1", "10", "50", "BUY")}
${trade("20240103", "2", "10", "60", "BUY")}
${trade("20240104", "3", "-12", "70", "SELL")}
</Trades></FlexStatement></FlexStatements></FlexQueryResponse>`;

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await keepBridge();
  const {status} = await bridge.send("/api/import", {
    method: "POST",
    body: STATEMENT,
    bearer: true,
    headers: {"Content-Type": "text/xml"}
  });
  expect(status).toBe(200);
});

interface Shown {
  rows: {
    quantity: string;
    cost: {value: string};
    gain?: {value: string};
    by?: string;
    open?: {table: string; id: string};
    close?: {table: string; id: string};
  }[];
}
const get = async (path: string) => (await bridge.send(path)).json() as unknown as Shown;

it("GET /api/lots gives open lots by the method asked for", async () => {
  const rows = async (query: string) =>
    (await get(`/api/lots${query}`)).rows.map(({quantity, cost}) => `${quantity} @ ${cost.value}`);
  expect(await rows("")).toEqual(["8 @ 480.8"]);
  expect(await rows("?method=lifo")).toEqual(["8 @ 400.8"]);
  expect(await rows("?methods=U1000001:lifo")).toEqual(["8 @ 400.8"]);
  expect(await rows("?conid=7")).toEqual([]);
});

it("GET /api/gains gives gains of a tax year, and lots that were named", async () => {
  const {rows} = await get("/api/gains?year=2024");
  expect(rows.map(({quantity, gain}) => `${quantity}: ${gain?.value}`)).toEqual([
    "10: 198.166666666667",
    "2: 19.633333333333"
  ]);
  const [sold, other] = rows;
  const choices = `${sold.close?.id},${other.open?.id},10`;
  const named = await get(`/api/gains?method=specific&choices=${encodeURIComponent(choices)}`);
  expect(named.rows.map(({cost, by}) => `${cost.value} ${by}`)).toEqual(["601 specific", "100.2 fifo"]);
});

it("GET /api/gains gives CSV by format or Accept, with how it was made above", async () => {
  const accepted = await bridge.send("/api/gains", {headers: {Accept: "text/csv"}});
  const asked = await bridge.send("/api/gains?format=csv");
  expect(accepted.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(asked.headers["content-disposition"]).toBe('attachment; filename="gains-2024-fifo.csv"');
  expect(asked.text).toBe(accepted.text);
  expect(asked.text).toContain("# not tax advice\r\n");
  expect((await bridge.send("/api/gains", {headers: {Accept: "*/*"}})).headers["content-type"]).toContain(
    "application/json"
  );
});

it("a method, an account's method or a choice that is none is refused with what there is", async () => {
  for (const [query, sentence] of [
    ["method=cheapest", "fifo"],
    ["methods=U1:cheapest", "ACCOUNT:METHOD"],
    ["methods=lifo", "ACCOUNT:METHOD"],
    ["choices=a,b", "line 1"],
    ["year=soon", "year"]
  ]) {
    const {status, text} = await bridge.send(`/api/gains?${query}`);
    expect([status, text.includes(sentence)]).toEqual([400, true]);
  }
});

it("GET /api/ledger/{table}/{id}/provenance gives the raw row of the file that a gain comes from", async () => {
  const {rows} = await get("/api/gains");
  const {table, id} = rows[0].close ?? {table: "", id: ""};
  const {status, json} = await bridge.send(`/api/ledger/${table}/${encodeURIComponent(id)}/provenance`);
  expect(status).toBe(200);
  expect(json().editions).toMatchObject([
    {generated: "2024-01-05T06:00:00", fields: {tradePrice: "70", quantity: "-12", symbol: "INVT"}}
  ]);
  const none = await bridge.send("/api/ledger/trades/Trade%3AU1%3A9/provenance");
  expect([none.status, none.json()]).toEqual([200, {editions: []}]);
});
