import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {checkQuery} from "../../../lib/statements/query-check.js";
import {flexError, flexTrouble} from "../../../loaders/flex/errors.js";

const guide = readFileSync("guides/flex-query-setup.md", "utf8");

it("the guide names every section that is looked for in a statement", () => {
  const gaps = checkQuery([], {periods: [{from: "2026-01-01", to: "2026-12-31"}]});
  expect(gaps.length).toBeGreaterThan(15);
  for (const {section, box} of gaps) {
    if (section !== "General Configuration") expect(guide).toContain(`\n| ${section} `);
    else expect(guide).toMatch(new RegExp(`\\| ${box.replace(/\? Yes$/, "\\?")} +\\| \\*\\*Yes\\*\\* +\\|`));
  }
});

it("the guide answers errors in the words in which they are said", () => {
  for (const code of [1011, 1012, 1013, 1015, 1018]) {
    const [start] = flexError(code).message.split(/(?<=\(\d{4}\))/);
    expect(guide).toContain(`| ${start}`);
  }
  for (const code of [1003, 1014]) {
    const [start] = flexError(code, {queryId: "…"}).message.split(/(?<=\(\d{4}\))/);
    expect(guide).toContain(`| ${start}`);
  }
  expect(flexTrouble("csv").message).toMatch(/^query format is CSV/);
  expect(guide).toContain("| query format is CSV");
});
