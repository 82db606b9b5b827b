import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {run} from "axe-core";
import type {Page} from "playwright-core";
import {expect, it} from "vitest";
import {LOOKS, openPage, shot} from "../harness.js";
import {readPage, settle} from "./reading.js";
import type {RunningDesk} from "./running.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAGES = [
  "/",
  "/performance",
  "/risk",
  "/backtest",
  "/sweep",
  "/optimize",
  "/positions",
  "/campaigns",
  "/desk",
  "/data",
  "/history",
  "/income",
  "/costs",
  "/gains",
  "/notebooks/",
  "/notebooks/pnl-queries",
  "/notebooks/analysis",
  "/notebooks/currencies",
  "/notebooks/momentum",
  "/notebooks/portfolio-optimization",
  "/gallery/",
  "/docs"
];

/** What a page shows until it is done; the gallery shows the state of waiting itself, the API's page is not ours. */
const WAITING: Readonly<Record<string, string>> = {
  "/gallery/": "observablehq-loading",
  "/docs": ".swagger-ui .loading"
};

export function pageTests(desk: () => RunningDesk): void {
  for (const path of PAGES) {
    it(`${path} renders without a fault, light and dark, wide and narrow`, async () => {
      const opened = await openPage(`${desk().url}${path}`);
      const {page, faults, outside} = opened;
      if (path === "/docs") await page.waitForSelector(".opblock");
      await settle(page, WAITING[path]);
      const found: string[] = [];
      for (const {theme, width} of LOOKS) {
        await shot(page, path.replaceAll("/", "") || "portfolio", {theme, width});
        if (path !== "/docs") found.push(...(await looks(page, `${width} ${theme}`)));
      }
      const errors = await page.locator(".observablehq--error").allInnerTexts();
      await opened.close();
      expect({faults, outside, errors, found}).toEqual({faults: [], outside: [], errors: [], found: []});
    });
  }

  it("nothing on the first screen says n/a", async () => {
    const opened = await openPage(`${desk().url}/`);
    await settle(opened.page);
    const {missing, metrics} = await readPage(opened.page);
    const text = await opened.page.locator("main").innerText();
    await opened.close();
    expect(Object.keys(metrics)).toHaveLength(5);
    expect(missing).toEqual([]);
    expect(text).not.toContain("n/a");
  });

  it("a page opened narrow and dark is as whole as one opened wide", async () => {
    for (const path of [
      "/",
      "/performance",
      "/positions",
      "/campaigns",
      "/history",
      "/income",
      "/costs",
      "/gains"
    ]) {
      const opened = await openPage(`${desk().url}${path}`, {theme: "dark", width: 390, height: 844});
      await settle(opened.page);
      const found = await looks(opened.page, "390 dark");
      const {faults, outside} = opened;
      await opened.close();
      expect({path, faults, outside, found}).toEqual({path, faults: [], outside: [], found: []});
    }
  });
}

/** Returns what axe finds, which figures are cut off, and whether the page scrolls sideways. */
async function looks(page: Page, where: string): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const cut = await page.evaluate(() => {
    const isCut = (box: Element) => box.scrollWidth > box.clientWidth + 1;
    const leaves = (figure: Element) => {
      const edge = figure.closest(".metric")?.getBoundingClientRect().right ?? Infinity;
      return figure.getBoundingClientRect().right > edge;
    };
    return [
      ...[...document.querySelectorAll("td.number, td.day")].filter(isCut),
      ...[...document.querySelectorAll(".metric .figure")].filter(leaves)
    ].map(({textContent}) => textContent);
  });
  // what is asked anew is faded meanwhile: that is not how it is read
  const content =
    "main[data-asking] :is(.card-body, .metrics) { opacity: 1 !important; transition: none !important }";
  await page.addStyleTag({content});
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const tool = (window as unknown as {axe: {run: typeof run}}).axe; // what the script above defines
    const {violations: list} = await tool.run(document, {resultTypes: ["violations"]});
    return list.map(
      ({id, impact, nodes}) =>
        `${impact} ${id}: ${nodes
          .slice(0, 3)
          .map(({html}) => html.slice(0, 160))
          .join(" | ")}`
    );
  });
  return [
    ...(wide > 0 ? [`${wide} px too wide`] : []),
    ...cut.map((figure) => `cut off: ${figure}`),
    ...violations
  ].map((finding) => `${where}: ${finding}`);
}
