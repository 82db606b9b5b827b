import {afterAll, beforeAll, expect, it} from "vitest";
import {withFigures} from "../../cli/figures.js";
import {loadConfig, readEnvironment} from "../../config.js";
import type {HoldingsView} from "../../lib/ledger/holdings/view.js";
import {type OutputOf, runTask} from "../../lib/tasks/index.js";
import {formatNumber, formatPercent} from "../../src/components/format.js";
import {OPTIMIZE_KINDS, type OptimizeChoices} from "../../src/components/optimize/choices.js";
import {optimizeInput} from "../../src/components/optimize/inputs.js";
import {universeOf} from "../../src/components/optimize/universe.js";
import {type Held, heldOf} from "../../src/components/risk/held.js";
import {riskInput, stressInput} from "../../src/components/risk/inputs.js";
import {parseUrlChoices} from "../../src/components/url-choices.js";
import {ensureSite, openPage, serveStatic} from "./harness.js";

let site: Awaited<ReturnType<typeof serveStatic>>;
let held: Held;

const LOADED = {timeout: 60_000};

beforeAll(async () => {
  site = await serveStatic(await ensureSite());
  const view: HoldingsView = await withFigures(
    loadConfig(readEnvironment()),
    {demo: true, query: {holdings: true}},
    (figures) => figures.holdings({range: "ALL"})
  );
  const watched = heldOf({kind: "ready", view}, {years: 3, horizon: 1});
  if (watched.kind !== "ready") throw new Error("nothing is held");
  held = watched.view;
});
afterAll(() => site.close());

const money = (value: number | null) => formatNumber(value, {digits: 0, locale: "en-US"});

function riskOf(own: Held): OutputOf<"risk"> {
  return runTask("risk", riskInput(own, {tail: 0.05, covariance: "sample"}));
}

it("Risk shows lib's figures on the same rows, and takes another horizon and a scenario of one's own", async () => {
  const {page, faults, outside, close} = await openPage(`${site.url}/risk`);
  const metrics = page.locator(".metrics .metric-figure > .figure");
  await metrics.first().waitFor(LOADED);
  const {valueAtRisk, conditionalValueAtRisk, assets} = riskOf(held);
  const expected = [valueAtRisk, conditionalValueAtRisk].flatMap(({historical, normal, cornishFisher}) =>
    [historical, normal, cornishFisher].map(({value}) => money(value))
  );
  expect(await metrics.allInnerTexts()).toEqual(expected);
  const parts = page.locator(".card", {has: page.getByRole("heading", {name: /Where the loss/})});
  const total = parts.locator("tr.total td");
  await total.first().waitFor(LOADED);
  expect(await total.nth(2).innerText()).toBe(expected[0]);
  expect(await parts.locator("tbody tr").count()).toBe(assets.length + 1);

  await parts.locator(".run-link").click();
  const record = page.getByRole("dialog");
  expect(await record.locator("h2").innerText()).toMatch(/^Run [0-9a-f]{6}…\s*risk$/);
  const value = record.getByRole("row", {name: /^value at risk /}).locator(".secret");
  expect(await value.innerText()).toBe(formatNumber(valueAtRisk.historical.value, {digits: 4}));
  await page.keyboard.press("Escape");

  const stress = page.locator(".stress tbody tr");
  await stress.first().waitFor(LOADED);
  const worst = runTask("stressTest", stressInput(held, [])).results.map(({gain}) => gain.value ?? 0);
  expect(await stress.first().locator("td").first().innerText()).toBe(money(Math.min(...worst)));
  await page.getByRole("button", {name: "A scenario of your own"}).click();
  const form = page.locator("form.scenario-form");
  await form.getByLabel("Name").first().fill("All shares halve");
  await form.getByLabel("Change, percent").fill("-50");
  await form.getByRole("button", {name: "Keep and run"}).click();
  const own = stress.filter({hasText: "All shares halve"});
  await own.waitFor(LOADED);
  const shocks = [{kind: "class" as const, key: "STK", change: -0.5}];
  const scenario = {id: "own", name: "own", shocks, rest: "unchanged" as const};
  const {results} = runTask("stressTest", {...(stressInput(held, [scenario]) as object), historical: []});
  expect(await own.locator("td").first().innerText()).toBe(money(results[0].gain.value));

  const matrix = page.getByRole("slider", {name: /Correlations/});
  await matrix.focus();
  await page.keyboard.press("ArrowDown");
  expect(await matrix.getAttribute("aria-valuetext")).toMatch(/ and .*: /);

  await page.getByLabel("Horizon").selectOption("5 days");
  const weekly = heldOf({kind: "ready", view: held.view}, {years: 3, horizon: 5});
  if (weekly.kind !== "ready") throw new Error("nothing is held");
  const loss = money(riskOf(weekly.view).valueAtRisk.historical.value);
  await expect.poll(() => metrics.first().innerText(), LOADED).toBe(loss);
  expect(new URL(page.url()).search).toBe("?horizon=5");
  expect({faults, outside}).toEqual({faults: [], outside: []});
  await close();
});

it("Optimize shows the weights that lib proves best, and names limits that conflict", async () => {
  const {page, faults, close} = await openPage(`${site.url}/optimize?covariance=sample`);
  const figures = page.locator(".metrics .metric-figure > .figure");
  await figures.first().waitFor(LOADED);
  const choices: OptimizeChoices = {
    ...parseUrlChoices<OptimizeChoices>(OPTIMIZE_KINDS, ""),
    covariance: "sample"
  };
  const {volatility, certificate} = runTask("optimize", optimizeInput(universeOf(held, null), choices));
  expect(certificate.status).toBe("optimal");
  expect(await figures.nth(1).innerText()).toBe(
    formatPercent(volatility.value, {digits: 1, locale: "en-US"})
  );
  await page.getByText("proven optimal", {exact: true}).waitFor(LOADED);
  await page.getByText(/nothing is sent from here/).waitFor(LOADED);
  const most = page.getByLabel("Most of each");
  await most.fill("2");
  await most.press("Enter");
  const conflicts = page.locator(".conflicts");
  await conflicts.waitFor(LOADED);
  expect(await conflicts.innerText()).toContain("cannot be met together");
  expect(faults).toEqual([]);
  await close();
});
