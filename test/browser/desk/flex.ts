import type {Page} from "playwright-core";
import {expect, it} from "vitest";
import type {FlexStatus} from "../../../bridge/services.js";
import type {Coverage} from "../../../lib/ledger/tables.js";
import {sessionsBetween} from "../../../lib/time/calendar.js";
import {addDays} from "../../../lib/time/day.js";
import {nextPull} from "../../../lib/time/schedule.js";
import {twoClocks} from "../../../lib/time/wall-clock.js";
import {openPage, openProfile} from "../harness.js";
import type {RunningDesk} from "./running.js";

const SOON = {timeout: 60_000, interval: 100};

const card = (page: Page) =>
  page.locator("section.card", {has: page.getByRole("heading", {name: "Flex queries"})});
const jobs = async (desk: RunningDesk) => {
  const {jobs} = await desk.get<{jobs: {kind: string; state: string; result: unknown}[]}>("/api/jobs");
  return jobs.filter(({kind}) => kind === "flex");
};

/** The tests of the Flex card, on the demo's queries. */
export function flexTests(desk: () => RunningDesk): void {
  const status = () => desk().get<FlexStatus>("/api/flex-query/status");

  it("the demo's queries were fetched, and are to be fetched at the schedule's next time", async () => {
    const told = await status();
    expect(told.queries.map(({lastPull}) => lastPull?.ok)).toEqual([true, true]);
    expect(told.message).toMatch(/^statements to \d{4}-\d\d-\d\d are here$/);
    expect(told.nextPull).toBe(nextPull(new Date()).toISOString());
    expect(told.queries[0].missing.filter(({severity}) => severity === "needed")).toEqual([]);
    expect(told.queries[1].missing).toEqual([]);
  });

  it("History shows each query, its last pull, the next one, and the boxes to tick with why", async () => {
    const told = await status();
    const opened = await openPage(`${desk().url}/history`, {context: {timezoneId: "Asia/Tokyo"}});
    await card(opened.page).getByRole("button", {name: "Fetch now"}).waitFor();
    const text = await card(opened.page).innerText();
    expect(text).toContain(`Next pull ${twoClocks(told.nextPull!, "Asia/Tokyo")}`);
    for (const {id, name, lastPull, missing} of told.queries) {
      expect(text).toContain(`${name}, ${id}`);
      expect(text).toContain(lastPull?.message);
      for (const {section, box, why} of missing) expect(text).toContain(`Tick ${section} › ${box}\n${why}`);
    }
    await opened.close();
  });

  it("Fetch now needs the token, then fetches, says how far it is and what came", async () => {
    const stranger = await openPage(`${desk().url}/history`);
    await card(stranger.page).getByRole("button").filter({hasText: "Fetch now"}).click();
    await expect.poll(() => card(stranger.page).getByRole("alert").innerText(), SOON).toContain("npm start");
    await stranger.close();
    expect(await jobs(desk())).toEqual([]);

    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk().url}/history`, {waitUntil: "networkidle"});
    const before = await status();
    await page.getByRole("button", {name: "Fetch now"}).click();
    await page.getByRole("button", {name: "Fetching…"}).waitFor();
    await expect.poll(() => card(page).getByRole("progressbar").count(), SOON).toBe(1);
    await expect.poll(() => page.getByRole("button", {name: "Fetch now"}).count(), SOON).toBe(1);
    const after = await status();
    expect(after.queries[0].lastPull!.at > before.queries[0].lastPull!.at).toBe(true);
    expect(await card(page).innerText()).toContain(after.queries[1].lastPull!.message);
    const [job] = await jobs(desk());
    expect(job).toMatchObject({state: "done", result: {ok: true, queries: [{files: 1}, {files: 1}]}});
    expect(JSON.stringify(job)).not.toContain('"statements":');
    await profile.close();
  });
  healthFixTests(desk);
}

/** The tests of the health list's fetch, on the demo's queries. */
function healthFixTests(desk: () => RunningDesk): void {
  it("a missing day is fetched from the health list, which says what came and that it is still missing", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    let missing = "";
    await profile.route("**/api/ledger/context", async (route) => {
      const response = await route.fetch();
      const context = (await response.json()) as {coverage: Coverage[]};
      const {account, to} = context.coverage.reduce((a, b) => (b.to > a.to ? b : a));
      missing = sessionsBetween(addDays(to, -30), to)[5];
      const coverage = context.coverage.flatMap((span) =>
        span.account === account && span.from < missing && span.to > missing
          ? [
              {...span, to: addDays(missing, -1)},
              {...span, from: addDays(missing, 1)}
            ]
          : [span]
      );
      await route.fulfill({response, json: {...context, coverage}});
    });
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk().url}/data`, {waitUntil: "networkidle"});
    const list = page.locator("#health");
    const line = list.locator("li", {hasText: `for ${missing}`});
    await line.getByRole("button", {name: "Fetch the past year"}).click();
    await expect
      .poll(() => list.getByRole("log").innerText(), SOON)
      .toMatch(
        new RegExp(`^fetched 2 statements, [\\d,]+ new rows?: still so: no statement of \\S+ for ${missing}`)
      );
    expect(await list.getByRole("button", {name: "Take out"}).count()).toBe(0); // the demo's files stay
    await profile.close();
  });
}

/** The tests of the Flex card once the account is a person's own, without a query. */
export function ownFlexTests(desk: () => RunningDesk): void {
  it("nothing of the demo's pulls is told any more, and the card leads to the guide", async () => {
    expect(await jobs(desk())).toEqual([]);
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk().url}/history`, {waitUntil: "networkidle"});
    await card(page).getByRole("link", {name: "How to set it up"}).click();
    await page.waitForURL("**/guides/flex-query-setup.md");
    expect(await page.locator("body").innerText()).toContain("Flex Web Service");
    await profile.close();
  });

  it("to fetch from the health list says that no query is set up", async () => {
    const profile = await openProfile();
    const page = await profile.newPage();
    await page.goto(desk().startUrl, {waitUntil: "networkidle"});
    await page.goto(`${desk().url}/data`, {waitUntil: "networkidle"});
    const list = page.locator("#health");
    await list.getByRole("button", {name: "Fetch what is new"}).first().click();
    await expect.poll(() => list.getByRole("log").innerText(), SOON).toContain("no Flex query is set up");
    await profile.close();
  });
}
