import {createHash} from "node:crypto";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {rowsOf} from "../../../lib/lake/columns.js";
import type {DatasetId} from "../../../lib/lake/dataset.js";
import {openLake} from "../../../loaders/lake/lake.js";
import type {Lake} from "../../../loaders/lake/port.js";

const ID = {provider: "ecb", kind: "fx", universe: "fixings", frequency: "1d"} as const satisfies DatasetId;
const fx = (day: string, rate: number) => ({base: "EUR", quote: "USD", day, rate});

const dir = mkdtempSync(join(tmpdir(), "lake-parts-"));
let lake: Lake;

beforeAll(async () => {
  lake = openLake(dir, {now: () => new Date("2026-01-10T00:00:00Z")});
  const rows = [fx("2024-06-03", 1.08), fx("2025-06-03", 1.14), fx("2025-06-04", 1.141)];
  await lake.write("clean", ID, rowsOf("fx", rows));
});

afterAll(() => {
  lake.close();
  rmSync(dir, {recursive: true});
});

it("partsOf(layer, id) lists a file a partition, in the order of their days, none of a dataset that is not there", async () => {
  expect(await lake.partsOf("clean", ID)).toMatchObject([
    {rows: 1, from: "2024-06-03", to: "2024-06-03"},
    {rows: 2, from: "2025-06-03", to: "2025-06-04"}
  ]);
  expect(await lake.partsOf("clean", {...ID, universe: "none"})).toEqual([]);
});

it("readPart(layer, id, sha256) gives the file whose content has that hash", async () => {
  for (const {sha256, bytes} of await lake.partsOf("clean", ID)) {
    const file = await lake.readPart("clean", ID, sha256);
    expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
    expect(file.length).toBe(bytes);
  }
});

it("readPart(layer, id, sha256) refuses a part that the dataset does not have, and one that was replaced", async () => {
  const [, before] = await lake.partsOf("clean", ID);
  await lake.write("clean", ID, rowsOf("fx", [fx("2025-06-05", 1.142)]));
  for (const sha256 of ["0".repeat(64), before.sha256]) {
    await expect(lake.readPart("clean", ID, sha256)).rejects.toMatchObject({code: "no-such-part"});
  }
});
