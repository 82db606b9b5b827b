/** What follows Framework's build: refuse what it lets pass, complete each page's head, write the security policy. */
import {createHash} from "node:crypto";
import {existsSync, globSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";

/** What `dist/csp.json` holds, for the bridge's headers. */
export interface SitePolicy {
  /** The Content-Security-Policy header of every page, whole. */
  policy: string;
  /** The inline scripts of all pages, as the policy names them: `'sha256-…'`. */
  scripts: string[];
}

/** Checks and completes the pages in `folder`. Throws when a page would be broken in the browser. */
export function finishSite(folder: string): void {
  const faults: string[] = [];
  const hashes = new Set<string>();
  for (const file of globSync("**/*.html", {cwd: folder})) {
    const built = readFileSync(join(folder, file), "utf8");
    if (built.includes("observablehq--error")) faults.push(`${file} holds an error: ${errorText(built)}`);
    for (const path of unbuilt(built, join(folder, dirname(file))))
      faults.push(`${file} imports ${path}, which is not there: a source changed meanwhile, build again`);
    const page = inlineScripts(built);
    for (const hash of page) hashes.add(hash);
    writeFileSync(join(folder, file), withHead(built, contentPolicy(page)));
  }
  for (const file of globSync("_import/**/*.js", {cwd: folder})) {
    const wrong = /\b(?:from|import)\s*\(?\s*["']([^"']+\.ts)["']/.exec(
      readFileSync(join(folder, file), "utf8")
    );
    if (wrong) faults.push(`${file} imports ${wrong[1]}: write .js, which Framework finds`);
  }
  if (globSync("_observablehq/stdlib/duckdb*.js", {cwd: folder}).length) {
    faults.push("a page uses Framework's DuckDB client: import {sql} from components/sql.js");
  }
  if (faults.length) throw new Error(`the site is not fit to be served:\n${faults.join("\n")}`);
  const scripts = [...hashes].toSorted();
  const policy = `${contentPolicy(scripts)}; frame-ancestors 'none'`;
  writeFileSync(
    join(folder, "csp.json"),
    `${JSON.stringify({policy, scripts} satisfies SitePolicy, null, 2)}\n`
  );
}

/** Returns the policy for a page with these inline scripts. frame-ancestors is missing: a meta tag cannot hold it. */
export function contentPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'"
  ].join("; ");
}

/** Lists the inline scripts of a page as a policy names them. */
export function inlineScripts(html: string): string[] {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g);
  return [...scripts].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

/** Framework renders a page with the plain path of a module that changed after its first look at it. */
function unbuilt(html: string, folder: string): string[] {
  const imports = html.matchAll(/\bimport\("(\.{1,2}\/[^"]+)"\)/g);
  return [...imports].map(([, path]) => path).filter((path) => !existsSync(join(folder, path)));
}

/** Adds what Framework leaves out: the language, the policy as early as it can stand; and lets a reader zoom. */
function withHead(html: string, policy: string): string {
  return html
    .replace("<html>", '<html lang="en">')
    .replace('<meta charset="utf-8">', `$&\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace(", maximum-scale=1", "");
}

function errorText(html: string): string {
  return (
    /observablehq--error[^>]*>([^]*?)<\/div>/
      .exec(html)?.[1]
      .replace(/<[^>]*>/g, "")
      .trim() ?? "unknown"
  );
}
