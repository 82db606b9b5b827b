import {tableFromIPC} from "apache-arrow";
import {expect, it} from "vitest";
import {startBridge} from "../harness.js";
import {flexStatement} from "../statement.js";

it("a table that has not changed is not sent again; one that has is", async () => {
  const {send} = await startBridge();
  const add = (account: string) =>
    send("/api/import", {
      method: "POST",
      body: flexStatement({account}),
      bearer: true,
      headers: {"Content-Type": "text/xml"}
    });
  await add("U1000001");
  const first = await send("/api/ledger/trades");
  expect(first.headers["cache-control"]).toBe("private, no-cache");
  expect(tableFromIPC(first.body).numRows).toBe(1);
  const headers = {"If-None-Match": String(first.headers.etag)};
  const again = await send("/api/ledger/trades", {headers});
  expect([again.status, again.body.length, again.headers["ledger-version"]]).toEqual([
    304,
    0,
    first.headers["ledger-version"]
  ]);
  await add("U1000002");
  const changed = await send("/api/ledger/trades", {headers});
  expect([changed.status, tableFromIPC(changed.body).numRows]).toEqual([200, 2]);
});

it("a table of a real account is not even confirmed to whoever has no session", async () => {
  const {send, status} = await startBridge();
  const {headers} = await send("/api/ledger/trades");
  status.mode = "real";
  expect((await send("/api/ledger/trades", {headers: {"If-None-Match": String(headers.etag)}})).status).toBe(
    401
  );
});

it("every other answer of the API stays out of the browser's cache", async () => {
  const {send} = await startBridge();
  for (const path of ["/api/session", "/api/positions", "/api/ledger/context", "/api/nothing"]) {
    expect((await send(path)).headers["cache-control"]).toBe("no-store");
  }
});
