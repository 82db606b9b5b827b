import {iconMarkup} from "./icons.js";
import {PAGES} from "./pages.js";
import {APPLY_PREFERENCES} from "./preferences.js";

/**
 * The part of the frame that stands in each page's HTML, for observablehq.config.ts: it is painted with the
 * page, before any module runs. frame.ts fills it.
 */

const FONTS = [
  {family: "Inter Variable", file: "/fonts/inter.woff2"},
  {family: "JetBrains Mono Variable", file: "/fonts/jetbrains-mono.woff2"}
];

/** Framework names no language, forbids zooming, and hashes a font's address only where a link says it. */
export const head = `<link rel="icon" href="data:,">
${FONTS.map(({family, file}) => `<link rel="preload" as="font" type="font/woff2" crossorigin title="${family}" href="${file}">`).join("\n")}
<script>
document.documentElement.lang = "en";
document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";
for (const {title, href} of document.querySelectorAll("link[as=font]")) {
  document.fonts.add(new FontFace(title, "url(" + href + ")", {weight: "100 900", display: "swap"}));
}
try {
  ${APPLY_PREFERENCES}
} catch {}
</script>`;

export function header({path}: {path: string}): string {
  const current = path.replace(/\/index$/, "/");
  return `<a class="skip" href="#observablehq-main">Skip to content</a>
<nav class="rail" aria-label="Pages">
<a class="brand" href="/">${mark}<span>Tearsheet</span></a>
<ul>${PAGES.map(
    (page) =>
      `<li><a href="${page.path}"${page.path === current || page.sides?.includes(current) ? ' aria-current="page"' : ""}>${iconMarkup(page.icon)}<span>${page.name}</span></a></li>`
  ).join("")}</ul>
<div class="rail-end"></div>
</nav>
<div class="topbar" role="region" aria-label="View"></div>
<script type="module" src="/components/frame.js"></script>`;
}

const mark = `<svg class="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M4 2h12v13l-2 2-2-2-2 2-2-2-2 2-2-2z"/><path class="line" d="M6.5 11.5l2.5-3 2 1.5 2.5-4"/></svg>`;
