import {expect, it} from "vitest";
import {get, stand, text} from "./stand.js";

const BEFORE = {now: new Date("2026-07-17T22:00:00Z")}; // twelve days later programs were shut out

it("a share's CSV has a volume, a pair of currencies has none, and lines end as Windows ends them", async () => {
  const vendors = await stand(BEFORE);
  const response = await get(vendors, "stooq", "/q/d/l/?s=msft.us&i=d&d1=20260716&d2=20260717");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=UTF-8");
  const {days, open, high, low, close, volume} = vendors.world().bars("stooq:msft.us");
  const line = (at: number) => [days[at], open[at], high[at], low[at], close[at], volume[at]].join(",");
  const at = days.indexOf("2026-07-16");
  expect(await response.text()).toBe(`Date,Open,High,Low,Close,Volume\r\n${line(at)}\r\n${line(at + 1)}\r\n`);
  expect(await text(vendors, "stooq", "/q/d/l/?s=eurusd&i=d&d1=20260716&d2=20260716")).toMatch(
    /^Date,Open,High,Low,Close\r\n2026-07-16,1\.\d+,1\.\d+,1\.\d+,1\.\d+\r\n$/
  );
});

it("prices are adjusted for splits unless each adjustment is skipped", async () => {
  const vendors = await stand(BEFORE);
  const close = async (more: string) => {
    const body = await text(vendors, "stooq", `/q/d/l/?s=aapl.us&i=d&d1=20200828&d2=20200828${more}`);
    return Number(body.split("\r\n")[1].split(",")[4]);
  };
  expect((await close("&o=1111111")) / (await close(""))).toBeCloseTo(4, 3);
});

it("weeks and months carry the day of their last session", async () => {
  const vendors = await stand(BEFORE);
  const dates = async (interval: string) =>
    (await text(vendors, "stooq", `/q/d/l/?s=^spx&i=${interval}&d1=20260601&d2=20260630`))
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.slice(0, 10));
  expect(await dates("w")).toEqual(["2026-06-05", "2026-06-12", "2026-06-18", "2026-06-26"]); // Juneteenth was a Friday
  expect(await dates("m")).toEqual(["2026-06-30"]);
});

it("what it does not know, and what it has had enough of, it says with status 200", async () => {
  const vendors = await stand(BEFORE);
  const unknown = await get(vendors, "stooq", "/q/d/l/?s=nosuch.us&i=d");
  expect([unknown.status, await unknown.text()]).toEqual([200, "No data"]);
  vendors.faults.stooq.next.push({kind: "quota"}, {kind: "columns"});
  const enough = await get(vendors, "stooq", "/q/d/l/?s=msft.us&i=d");
  expect([enough.status, await enough.text()]).toEqual([200, "Exceeded the daily hits limit"]);
  expect(await text(vendors, "stooq", "/q/d/l/?s=msft.us&i=d")).toMatch(/^Data,Open,/);
});

it("since July 29, 2026 a page wants a proof of work, with status 200", async () => {
  const vendors = await stand({now: new Date("2026-07-29T08:00:00Z")});
  const response = await get(vendors, "stooq", "/q/d/l/?s=msft.us&i=d");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await response.text()).toMatch(/^<!DOCTYPE html>[^]*SHA-256[^]*\/__verify/);
});
