import {readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import type {SitePolicy} from "../../scripts/finish-site.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
beforeAll(async () => {
  const dist = await ensureSite();
  const {policy}: SitePolicy = JSON.parse(readFileSync(join(dist, "csp.json"), "utf8"));
  site = await serveStatic(dist, {"Content-Security-Policy": policy});
});
afterAll(() => site.close());

it("a sql cell selects from a Parquet file in the page, with no network and without eval", async () => {
  const opened = await openPage(`${site.url}/gallery/sql`);
  const {page, faults, outside} = opened;
  await page.locator("tbody tr").nth(1).waitFor();
  const rows = await page.locator("tbody tr").allInnerTexts();
  expect(rows.map((row) => row.trim().split(/\s+/).join(" "))).toEqual(["NORTH 1.5 %", "SOUTH -2.0 %"]);
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await opened.close();
});
