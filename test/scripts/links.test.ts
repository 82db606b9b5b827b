import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {expect, it} from "vitest";
import {anchors, brokenLinks, relativeLinks} from "../../scripts/links.js";

it("every link and anchor in the tree's Markdown leads somewhere", () => {
  expect(brokenLinks()).toEqual([]);
});

it("brokenLinks(folder) names file, link and what is missing", () => {
  const folder = tree({
    "README.md":
      "[good](guides/a.md#the-way) [bad](guides/b.md) [worse](guides/a.md#nowhere) [here](#title)\n# Title",
    "guides/a.md": "# The way\n[back](../README.md)",
    "src/index.md": "[page](/history#what) [loader](data.json)",
    "src/history.md": "# What?",
    "src/data.json.ts": ""
  });
  expect(brokenLinks(folder)).toEqual([
    "README.md: guides/b.md: no such file",
    "README.md: guides/a.md#nowhere: no heading nowhere"
  ]);
  rmSync(folder, {recursive: true});
});

it("relativeLinks(text) leaves out other hosts and code", () => {
  const text = '[a](a.md) [w](https://x.test) `[c](c.md)`\n```\n[d](d.md)\n```\n[r]: r.md\n<img src="p.png">';
  expect(relativeLinks(text)).toEqual(["a.md", "r.md", "p.png"]);
});

it("anchors(text) are numbered when a heading comes twice", () => {
  expect([...anchors("# What's new?\n## A `b` & c\n## A `b` & c\n```\n# no\n```")]).toEqual([
    "whats-new",
    "a-b--c",
    "a-b--c-1"
  ]);
});

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "links-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
