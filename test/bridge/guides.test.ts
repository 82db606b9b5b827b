import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {startBridge} from "./harness.js";

it("the guides are there as plain text, behind the same door as the pages", async () => {
  const {send, status} = await startBridge();
  const guide = await send("/guides/flex-query-setup.md");
  expect([guide.status, guide.headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(guide.text).toBe(readFileSync("guides/flex-query-setup.md", "utf8"));
  for (const path of ["/guides/", "/guides/no-such.md", "/guides/..%2fpackage.json"])
    expect((await send(path, {headers: {Accept: "text/html"}})).status).toBe(404);
  status.mode = "real";
  expect((await send("/guides/flex-query-setup.md")).status).toBe(401);
});
