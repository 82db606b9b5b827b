import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root} from "../../../config.js";
import {PROBLEM_CODES} from "../../../lib/lake/catalog.js";

it("PROBLEM_CODES are words with hyphens, each once, and the API's document lists them all", () => {
  expect(new Set(PROBLEM_CODES)).toHaveLength(PROBLEM_CODES.length);
  for (const code of PROBLEM_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  const document = readFileSync(join(root, "bridge/openapi.json"), "utf8");
  expect(PROBLEM_CODES.filter((code) => !document.includes(`"${code}"`))).toEqual([]);
});
