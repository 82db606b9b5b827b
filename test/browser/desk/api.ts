import {readFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {expect, it} from "vitest";
import {z} from "zod";
import {root} from "../../../config.js";
import {TABLES} from "../../../lib/ledger/tables.js";
import type {RunningDesk} from "./running.js";

interface Operation {
  parameters?: {required?: boolean}[];
  responses: Record<string, {content?: Record<string, {schema: object}>}>;
}

const document = JSON.parse(readFileSync(join(root, "bridge/openapi.json"), "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
  components: {schemas: Record<string, object>};
};

/** Those that answer JSON and need no id of something: a job, a socket, a table, a dataset. */
const plain = Object.entries(document.paths).filter(
  ([path, {get}]) =>
    !path.includes("{") &&
    get?.responses["200"].content?.["application/json"] &&
    !get.parameters?.some(({required}) => required)
);

/** Tables of sections that the demo's queries do not tick, or that Flex does not have. */
const NOT_IN_DEMO = new Set([
  "transfer_lots",
  "option_events",
  "charges",
  "prior_positions",
  "totals",
  "reported"
]);

/** What is asked of those that answer nothing to no question. */
const ASKED: Readonly<Record<string, string>> = {"/api/contracts": "?symbol=VQTM"};

export function apiTests(desk: () => RunningDesk): void {
  it("every GET of the document answers 200 on the demo, as its schema says", async () => {
    expect(plain.length).toBeGreaterThan(12);
    for (const [path, {get}] of plain) {
      const response = await desk().send(`${path}${ASKED[path] ?? ""}`);
      const text = await response.text();
      expect([path, response.status, response.ok || text]).toEqual([path, 200, true]);
      const [{schema}] = Object.values(get.responses["200"].content ?? {});
      const {error} = z.fromJSONSchema(inline(schema) as never).safeParse(JSON.parse(text));
      expect([path, error?.issues.slice(0, 3)]).toEqual([path, undefined]);
      expect(text).not.toMatch(/\b(NaN|Infinity)\b/);
    }
  });

  it("every ledger table answers with Arrow", async () => {
    for (const name of Object.keys(TABLES)) {
      const response = await desk().send(`/api/ledger/${name}`);
      expect([name, response.status]).toEqual([name, 200]);
      const rows = tableFromIPC(new Uint8Array(await response.arrayBuffer())).numRows;
      expect([name, rows > 0]).toEqual([name, !NOT_IN_DEMO.has(name)]);
    }
  });
}

/** Puts what is referred to in the place of the reference. */
function inline(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inline);
  if (typeof schema !== "object" || schema === null) return schema;
  const {$ref, ...rest} = schema as {$ref?: string};
  if ($ref !== undefined) return inline(document.components.schemas[$ref.split("/").at(-1)!]);
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, inline(value)]));
}
