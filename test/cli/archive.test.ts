import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {filledDesks, tearsheet, temporaryFolder} from "./terminal.js";

const filledDesk = filledDesks();

it("tearsheet export writes what tearsheet restore makes the same ledger of, and a part of it is refused", async () => {
  const {run} = filledDesk();
  const folder = temporaryFolder();
  const file = join(folder, "all.tearsheet");
  const exported = await run(["export", file, "--json"]);
  expect(exported.code).toBe(0);
  expect(exported.json()).toEqual({file, files: expect.any(Number), bytes: readFileSync(file).length});

  const other = (words: readonly string[]) => tearsheet(words, {DATA_DIR: join(folder, "other")});
  const part = join(folder, "part.tearsheet");
  writeFileSync(part, readFileSync(file).subarray(0, 3000));
  const refused = await other(["restore", part]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("nothing was restored")]);

  const {files} = exported.json();
  expect((await other(["restore", file, "--json"])).json()).toEqual({file, files, restored: files});
  expect((await other(["restore", file, "--json"])).json()).toEqual({file, files, restored: 0});
  const query = ["sql", "from trades order by id", "--json"];
  const {stdout} = await run(query);
  expect(JSON.parse(stdout).length).toBeGreaterThan(0);
  expect((await other(query)).stdout).toBe(stdout);
});

it("tearsheet export and restore say which file they cannot use", async () => {
  const {run} = filledDesk();
  const nowhere = join(temporaryFolder(), "no", "such.tearsheet");
  const written = await run(["export", nowhere]);
  expect([written.code, written.stderr]).toEqual([
    1,
    expect.stringContaining(`${nowhere} cannot be written`)
  ]);
  const read = await run(["restore", nowhere]);
  expect([read.code, read.stderr]).toEqual([2, expect.stringContaining("there is no such file")]);
});
