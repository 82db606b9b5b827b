import {afterAll, beforeAll, expect, it} from "vitest";
import {withFigures} from "../../cli/figures.js";
import {loadConfig, readEnvironment} from "../../config.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
beforeAll(async () => {
  site = await serveStatic(await ensureSite());
});
afterAll(() => site.close());

const whole = (value: string | number | null) =>
  Number(value).toLocaleString("en-US", {maximumFractionDigits: 0});

it("the notebooks answer with the figures that every other surface shows", async () => {
  const {days, total} = await withFigures(
    loadConfig(readEnvironment()),
    {demo: true, positions: "latest"},
    (figures) => figures.pnl({range: "ALL"})
  );
  const best = days
    .map(({pnl}) => Number(pnl.value))
    .toSorted((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, gain) => sum + gain, 0);
  for (const [path, figures] of [
    ["pnl-queries", [whole(total.pnl.value), whole(best)]],
    ["analysis", [whole(total.pnl.value)]]
  ] as const) {
    const opened = await openPage(`${site.url}/notebooks/${path}`);
    const answer = opened.page.locator("h2:has-text('The answer') ~ p").first();
    await expect.poll(() => answer.innerText(), {timeout: 30_000}).toContain(figures[0]);
    for (const figure of figures) expect(await answer.innerText()).toContain(figure);
    expect({faults: opened.faults, outside: opened.outside}).toEqual({faults: [], outside: []});
    await opened.close();
  }
});
