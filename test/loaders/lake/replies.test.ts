import {readdirSync, readFileSync, utimesSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {expect, it} from "vitest";
import {lakeIn, temporaryFolder} from "./fixture.js";

const reply = (text: string, rest: object = {}) => ({
  vendor: "test",
  url: "https://example.com/prices?symbol=A",
  status: 200,
  fetchedAt: "2026-01-09T10:00:00.000Z",
  text,
  ...rest
});

const namesIn = (dir: string, month = "2026-01") => readdirSync(join(dir, "raw/test/replies", month));

it("keepReply(reply) keeps it compressed in a folder a month, one that came before not again", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  for (const text of ["{}", "{}", "[]"]) await lake.keepReply(reply(text));
  await lake.keepReply(reply("{}", {fetchedAt: "2025-12-31T23:59:59.000Z"}));
  expect(namesIn(dir)).toHaveLength(2);
  const [name] = namesIn(dir, "2025-12");
  expect(name).toMatch(/^[0-9a-f]{32}\.gz$/);
  expect(gunzipSync(readFileSync(join(dir, "raw/test/replies/2025-12", name))).toString()).toBe(
    '{"url":"https://example.com/prices?symbol=A","status":200,"fetchedAt":"2025-12-31T23:59:59.000Z"}\n{}'
  );
  expect(await lake.catalog()).toEqual([]);
  expect((await lake.verify()).problems).toEqual([]);
  expect((await lake.storage()).replies).toBeGreaterThan(0);
});

it("keepReply(reply) lets the oldest replies go when there are more bytes than may be", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir, {mostReplyBytes: 1000});
  const noise = (i: number) => Array.from({length: 20}, (_, j) => Math.sin(i * 20 + j)).join();
  for (let i = 0; i < 4; ++i) {
    const before = i ? namesIn(dir) : [];
    await lake.keepReply(reply(noise(i)));
    const [name] = namesIn(dir).filter((other) => !before.includes(other));
    utimesSync(join(dir, "raw/test/replies/2026-01", name), i, i);
  }
  const {replies} = await lake.storage();
  expect(replies).toBeLessThanOrEqual(1000);
  expect(replies).toBeGreaterThan(0);
  const kept = namesIn(dir).map((name) =>
    gunzipSync(readFileSync(join(dir, "raw/test/replies/2026-01", name))).toString()
  );
  expect(kept.some((text) => text.includes(noise(3)))).toBe(true);
  expect(kept.some((text) => text.includes(noise(0)))).toBe(false);
});

it("keepReply(reply) of a vendor whose name is none writes nothing", async () => {
  const dir = temporaryFolder();
  const lake = lakeIn(dir);
  for (const vendor of ["..", "../../x", "a/b", ""])
    await expect(lake.keepReply(reply("{}", {vendor}))).rejects.toThrow(RangeError);
  await expect(lake.keepReply(reply("{}", {fetchedAt: "../x"}))).rejects.toThrow(RangeError);
  expect(readdirSync(dir)).not.toContain("raw");
});
