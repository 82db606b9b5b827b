import {connect} from "node:net";
import {afterEach, expect, it} from "vitest";
import {type FlexService, type FlexServiceOptions, startFlexService} from "../../../sim/flex/service.js";

const NOW = new Date("2012-08-28T14:37:00Z");
const REPORT = '<FlexQueryResponse queryName="daily" type="AF"></FlexQueryResponse>\n';
let service: FlexService;

afterEach(() => service.close());

async function start(options: Partial<FlexServiceOptions> = {}) {
  service = await startFlexService({provider: () => [REPORT], token: "secret", now: () => NOW, ...options});
  return service;
}

const get = (path: string) => fetch(`${service.url}/${path}`, {redirect: "manual"});
const text = async (path: string) => (await get(path)).text();
const codeOf = async (path: string) => /<ErrorCode>(\d+)</.exec(await text(path))?.[1];

it("SendRequest answers in IBKR's words, byte for byte", async () => {
  await start();
  const response = await get("SendRequest?t=secret&q=123456&v=3");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/xml;charset=UTF-8");
  expect(await response.text()).toBe(
    "<FlexStatementResponse timestamp='28 August, 2012 10:37 AM EDT'>\n" +
      "<Status>Success</Status>\n" +
      "<ReferenceCode>4100000001</ReferenceCode>\n" +
      `<Url>${service.url}/GetStatement</Url>\n` +
      "</FlexStatementResponse>\n"
  );
});

it("SendRequest fails a wrong token with HTTP 200 and error 1015", async () => {
  await start();
  const response = await get("SendRequest?t=wrong&q=123456&v=3");
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(
    "<FlexStatementResponse timestamp='28 August, 2012 10:37 AM EDT'>\n" +
      "<Status>Fail</Status>\n" +
      "<ErrorCode>1015</ErrorCode>\n" +
      "<ErrorMessage>Token is invalid.</ErrorMessage>\n" +
      "</FlexStatementResponse>\n"
  );
});

it("GetStatement warns with 1019 while it makes the report, then streams it", async () => {
  await start({faults: {generating: 2}});
  await text("SendRequest?t=secret&q=123456&v=3");
  expect(await text("GetStatement?t=secret&q=4100000001&v=3")).toContain(
    "<Status>Warn</Status>\n<ErrorCode>1019"
  );
  expect(await codeOf("GetStatement?t=secret&q=4100000001&v=3")).toBe("1019");
  expect(await text("GetStatement?t=secret&q=4100000001&v=3")).toBe(REPORT);
});

it("the service knows its queries, its references and its version", async () => {
  await start({queries: ["1", "2"]});
  expect(await codeOf("SendRequest?t=secret&q=3&v=3")).toBe("1014");
  expect(await codeOf("SendRequest?t=secret&q=1&v=3")).toBeUndefined();
  expect(await codeOf("SendRequest?t=secret&q=1")).toBe("1020");
  expect(await codeOf("GetStatement?t=secret&q=99&v=3")).toBe("1017");
  expect((await get("Other?t=secret&q=1&v=3")).status).toBe(404);
});

it("SendRequest hands fd and td to the provider as days, and refuses what is no range of a year", async () => {
  const asked: unknown[] = [];
  await start({provider: (...range) => (asked.push(range), [REPORT])});
  expect(await codeOf("SendRequest?t=secret&q=1&v=3&fd=20250101&td=20251231")).toBeUndefined();
  expect(await codeOf("SendRequest?t=secret&q=1&v=3&fd=20240101&td=20241231")).toBe("1003"); // 366 days
  expect(await codeOf("SendRequest?t=secret&q=1&v=3&fd=2025-01-01&td=20251231")).toBe("1020");
  await text("GetStatement?t=secret&q=4100000001&v=3");
  expect(asked).toEqual([["1", "2025-01-01", "2025-12-31"]]);
});

it("SendRequest answers 1003 to a range where overrides are refused", async () => {
  await start({overrides: false});
  expect(await codeOf("SendRequest?t=secret&q=1&v=3&fd=20250101&td=20250131")).toBe("1003");
  expect(await codeOf("SendRequest?t=secret&q=1&v=3")).toBeUndefined();
  expect(service.reports()).toBe(1);
});

it("pacing answers 1018 to two requests in a second and to the eleventh in a minute", async () => {
  let time = NOW.getTime();
  await start({pacing: true, now: () => new Date(time)});
  const send = () => codeOf("SendRequest?t=secret&q=1&v=3");
  expect(await send()).toBeUndefined();
  time += 999;
  expect(await send()).toBe("1018");
  for (let n = 3; n <= 10; ++n) {
    time += 1000;
    expect(await send()).toBeUndefined();
  }
  time += 1000;
  expect(await send()).toBe("1018");
  time += 60_000;
  expect(await send()).toBeUndefined();
});

it("a request without User-Agent is refused", async () => {
  await start();
  const {port} = new URL(service.url);
  const status = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(
        "GET /AccountManagement/FlexWebService/SendRequest?t=secret&q=1&v=3 HTTP/1.1\r\nHost: x\r\n\r\n"
      );
    });
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1").split("\r\n")[0]);
    });
  });
  expect(status).toBe("HTTP/1.1 403 Forbidden");
});

it("faults spoil one answer each, in order", async () => {
  await start();
  await text("SendRequest?t=secret&q=1&v=3");
  service.faults.get.push(
    {kind: "error", code: 1007},
    {kind: "error", code: 1001, status: "Warn"},
    {kind: "http", status: 503},
    {kind: "html"},
    {kind: "csv"},
    {kind: "empty"},
    {kind: "truncated", bytes: 20},
    {kind: "drip", bytes: 7, everyMs: 0},
    {kind: "redirect", location: "https://example.com/"},
    {kind: "content-type", type: "application/octet-stream"}
  );
  const statement = "GetStatement?t=secret&q=4100000001&v=3";
  expect(await text(statement)).toContain("<Status>Fail</Status>\n<ErrorCode>1007");
  expect(await text(statement)).toContain("<Status>Warn</Status>\n<ErrorCode>1001");
  expect((await get(statement)).status).toBe(503);
  expect(await text(statement)).toMatch(/^<!DOCTYPE html>/);
  expect(await text(statement)).toMatch(/^"BOF",/);
  expect(await text(statement)).toBe("");
  expect(await text(statement)).toBe(REPORT.slice(0, 20));
  expect(await text(statement)).toBe(REPORT);
  expect((await get(statement)).headers.get("location")).toBe("https://example.com/");
  expect((await get(statement)).headers.get("content-type")).toBe("application/octet-stream");
  expect(await text(statement)).toBe(REPORT);
});

it("faults break the connection before the answer or in the middle of it", async () => {
  await start();
  await text("SendRequest?t=secret&q=1&v=3");
  service.faults.get.push({kind: "reset", bytes: 0}, {kind: "reset", bytes: 20});
  const statement = "GetStatement?t=secret&q=4100000001&v=3";
  await expect(get(statement)).rejects.toThrow();
  await expect(text(statement)).rejects.toThrow();
});

it("the provider is read only as fast as the answer is", async () => {
  let given = 0;
  const piece = "x".repeat(65_536);
  await start({
    provider: function* () {
      for (; given < 1000; ++given) yield piece;
    }
  });
  await text("SendRequest?t=secret&q=1&v=3");
  const response = await get("GetStatement?t=secret&q=4100000001&v=3");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(given).toBeLessThan(200);
  let bytes = 0;
  for await (const chunk of response.body!) bytes += chunk.length;
  expect(bytes).toBe(1000 * 65_536);
});

it("the index is served as date and close", async () => {
  await start({
    index: [
      {date: "2026-01-02", close: "500.00"},
      {date: "2026-01-05", close: 501.5}
    ]
  });
  const response = await fetch(service.indexUrl);
  expect(response.headers.get("content-type")).toBe("text/csv");
  expect(await response.text()).toBe("date,close\n2026-01-02,500.00\n2026-01-05,501.5\n");
});

it("every call is kept without its token", async () => {
  await start();
  await text("SendRequest?t=secret&q=1&v=3&fd=20250101&td=20250131");
  expect(service.calls).toEqual([{step: "SendRequest", q: "1", fd: "20250101", td: "20250131", at: NOW}]);
});
