/** Finds links between the tree's Markdown files that lead nowhere. */
import {existsSync, globSync, readFileSync, statSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {root} from "../config.js";

/** What is not the tree's own; src/lib and src/notebooks are links to what is looked at anyway. */
const outside = [
  "node_modules/**",
  "dist/**",
  "var/**",
  "data_lake/**",
  "src/{lib,notebooks}/**",
  "**/.*/**"
];

/** Lists the broken links in each Markdown file under `folder`, one line each: file, link, what is missing. */
export function brokenLinks(folder = root): string[] {
  const files = globSync("**/*.md", {cwd: folder, exclude: outside}).toSorted();
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return relativeLinks(text).flatMap((link) => {
      const missing = missingTarget(folder, join(folder, file), link);
      return missing === undefined ? [] : [`${file}: ${link}: ${missing}`];
    });
  });
}

/** Lists the links of a Markdown text that stay in the tree, as written; code is no link. */
export function relativeLinks(text: string): string[] {
  const prose = text.replace(/^(```+|~~~+)[^]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
  const inline = prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const defined = prose.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)>?/gm);
  const html = prose.matchAll(/\s(?:href|src)="([^"]+)"/g);
  return [...inline, ...defined, ...html]
    .map(([, link]) => link)
    .filter((link) => !/^([a-z]+:|\/\/|\$\{)/i.test(link));
}

/** Lists the anchors of a Markdown text, made of its headings as GitHub and Framework make them. */
export function anchors(text: string): Set<string> {
  const found = new Set<string>();
  const prose = text.replace(/^(```+|~~~+)[^]*?^\1/gm, "");
  for (const [, heading] of prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let n = 1; found.has(anchor); ++n) anchor = `${slug}-${n}`;
    found.add(anchor);
  }
  for (const [, id] of prose.matchAll(/\s(?:id|name)="([^"]+)"/g)) found.add(id);
  return found;
}

function missingTarget(folder: string, from: string, link: string): string | undefined {
  const [, path, hash] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(link)!; // matches every string
  const inSite = /^(src|notebooks)\//.test(relative(folder, from));
  const base = path.startsWith("/") ? join(folder, inSite ? "src" : "", path) : resolve(dirname(from), path);
  const target = path === "" ? from : candidates(base, inSite).find((file) => existsSync(file));
  if (target === undefined) return "no such file";
  if (hash === undefined || hash === "" || !target.endsWith(".md")) return undefined;
  return anchors(readFileSync(target, "utf8")).has(decodeURIComponent(hash))
    ? undefined
    : `no heading ${hash}`;
}

/** A page of the site is linked without its extension, a folder by its index; a data file by its loader's output. */
function candidates(path: string, inSite: boolean): string[] {
  if (!inSite) return [path];
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  return isFolder ? [join(path, "index.md")] : [`${path}.md`, path, `${path}.ts`];
}

if (import.meta.main) {
  const broken = brokenLinks();
  for (const line of broken) console.log(line);
  process.exitCode = broken.length ? 1 : 0;
}
