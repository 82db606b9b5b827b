import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {contentPolicy, finishSite, inlineScripts, type SitePolicy} from "../../scripts/finish-site.js";

/** A page as Framework 1.13.4 writes it, shortened. */
const page = (body: string, script = 'import "./client.js";') => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<script type="module">${script}</script>
</head>
<body>${body}</body>
</html>`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "site-"));
});
afterEach(() => rmSync(folder, {recursive: true}));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), {recursive: true});
  writeFileSync(join(folder, file), text);
}

it("inlineScripts(html) hashes what stands in the page, not what it loads", () => {
  // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
  expect(inlineScripts('<script src="a.js"></script><script type="module">alert(1)</script>')).toEqual([
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
  ]);
});

it("finishSite(folder) puts into each page its own policy, a language, and lets the reader zoom", () => {
  write("index.html", page("one", "one()"));
  write("deep/two.html", page("two", "two()"));
  finishSite(folder);
  const html = readFileSync(join(folder, "index.html"), "utf8");
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('content="width=device-width, initial-scale=1">');
  expect(html).toContain(
    `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${contentPolicy(inlineScripts(html))}">`
  );
});

it("finishSite(folder) writes the header's policy: the scripts of all pages, and frame-ancestors", () => {
  write("index.html", page("one", "one()"));
  write("deep/two.html", page("two", "two()"));
  finishSite(folder);
  const {policy, scripts}: SitePolicy = JSON.parse(readFileSync(join(folder, "csp.json"), "utf8"));
  expect(scripts.toSorted()).toEqual(
    [...inlineScripts(page("", "one()")), ...inlineScripts(page("", "two()"))].toSorted()
  );
  expect(policy).toBe(`${contentPolicy(scripts)}; frame-ancestors 'none'`);
});

it("finishSite(folder) refuses a page that holds an error, and says which", () => {
  write(
    "index.html",
    page('<div class="observablehq observablehq--error">SyntaxError: non-local import</div>')
  );
  expect(() => finishSite(folder)).toThrow("index.html holds an error: SyntaxError: non-local import");
});

it("finishSite(folder) refuses an import that ends in .ts", () => {
  write("_import/components/a.js", 'import {b} from "./b.ts";');
  expect(() => finishSite(folder)).toThrow("_import/components/a.js imports ./b.ts");
});

it("finishSite(folder) refuses Framework's DuckDB client", () => {
  write("_observablehq/stdlib/duckdb.1234.js", "");
  expect(() => finishSite(folder)).toThrow("import {sql} from components/sql.js");
});

it("finishSite(folder) refuses a page that imports a module which was not built", () => {
  write("deep/two.html", page("two", 'await import("../_import/there.js"); await import("../gone.js");'));
  write("_import/there.js", "");
  expect(() => finishSite(folder)).toThrow(
    "deep/two.html imports ../gone.js, which is not there: a source changed meanwhile, build again"
  );
  expect(() => finishSite(folder)).not.toThrow("there.js,");
});
