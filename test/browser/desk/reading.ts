import type {Page} from "playwright-core";

/** What a person reads on a page: each figure as it is printed, but for those that move. */
export interface Reading {
  /** By label. */
  metrics: Record<string, {figure: string; unit: string; changes: string[]; note: string}>;
  /** By title: each line of a card's table, bars, waterfall or heatmap, as its texts. */
  cards: Record<string, string[][]>;
  /** By name: the lines of the large tables, by the name of their columns. */
  grids: Record<string, {rows: Record<string, string>[]; totals: string[]}>;
  /** Every n/a with its reason. */
  missing: string[];
}

/** What a page shows until its figures are there. */
const WAITING = "observablehq-loading, .skeleton, .metrics.waiting, main[data-asking]";

/** Waits until the page has all its figures. */
export async function settle(page: Page, waiting = WAITING): Promise<void> {
  await page.waitForFunction((selector) => !document.querySelector(selector), waiting, {timeout: 60_000});
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  );
}

/** Reads a page whose figures are there. */
export function readPage(page: Page): Promise<Reading> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined): string => {
      if (!element) return "";
      const copy = element.cloneNode(true) as Element;
      for (const hidden of copy.querySelectorAll(".spoken, .icon, title")) hidden.remove();
      return (copy.textContent ?? "").trim();
    };
    const all = (within: ParentNode, selector: string) => [...within.querySelectorAll(selector)];
    const own = (element: Element | null) =>
      [...(element?.childNodes ?? [])]
        .filter(({nodeType}) => nodeType === Node.TEXT_NODE)
        .map(({textContent}) => textContent)
        .join("")
        .trim();
    const isLive = (element: Element) =>
      element.closest(".live-metrics") || element.querySelector(".live-node");
    const metrics = all(document, ".metric")
      .filter((metric) => !isLive(metric))
      .map((metric) => [
        text(metric.querySelector(".metric-label")),
        {
          figure: text(metric.querySelector(".metric-figure .figure")),
          unit: text(metric.querySelector(".metric-figure > small")),
          changes: all(metric, ".metric-changes > span").map((change) =>
            text(change.querySelector(".figure"))
          ),
          note: text(metric.querySelector(":scope > small"))
        }
      ]);
    const cards = all(document, "section.card:not([hidden] *)")
      .filter((card) => !isLive(card))
      .map((card) => {
        const tables = all(card, "table.plain tbody tr").map((row) => all(row, "th, td").map(text));
        const drawn = all(card, "svg.waterfall > g, svg.bar-list > g").map((line) =>
          all(line, "text").map(text)
        );
        const months = all(card, "svg.heatmap > g > text, svg.heatmap > text.year").map((cell) => [
          text(cell)
        ]);
        const leads = all(card, ".lead-figures .figure").map((figure) => [text(figure)]);
        return [own(card.querySelector("h2")), [...leads, ...tables, ...drawn, ...months]];
      });
    const grids = all(document, "main table[aria-rowcount]").map((grid) => {
      const heads = all(grid, "thead tr:first-child th").map((head) => {
        const name = head.querySelector("button > span");
        return `${own(name)} ${text(name?.querySelector("small"))}`.trim();
      });
      const stays = (_: unknown, i: number) => !/^Live |^30 days$/.test(heads[i] ?? ""); // what stands beside a bridge alone, or is drawn
      const rows = all(grid, "tbody tr[data-line]:not(.group)").map((row) =>
        Object.fromEntries(
          all(row, "td")
            .map((cell, i) => [heads[i], text(cell)])
            .filter(stays)
        )
      );
      return [grid.getAttribute("aria-label"), {rows, totals: all(grid, "tfoot td").filter(stays).map(text)}];
    });
    const missing = all(document, "main .missing").map((figure) => figure.textContent);
    return {
      metrics: Object.fromEntries(metrics),
      cards: Object.fromEntries(cards),
      grids: Object.fromEntries(grids),
      missing
    };
  });
}
