import type {Page} from "playwright-core";
import {expect, it} from "vitest";
import type {FlexStatus} from "../../../bridge/services.js";
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
}
