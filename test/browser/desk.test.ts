/** The whole desk, from `npm start` on a fresh folder to a person's own account, in a browser. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {dist} from "../../scripts/site.js";
import {apiTests} from "./desk/api.js";
import {figureTests} from "./desk/figures.js";
import {flexTests} from "./desk/flex.js";
import {healthTests} from "./desk/health.js";
import {ownAccountTests} from "./desk/own-account.js";
import {pageTests} from "./desk/pages.js";
import {startDesk, type RunningDesk} from "./desk/running.js";
import {snapshotTests} from "./desk/snapshot.js";

const folder = mkdtempSync(join(tmpdir(), "desk-"));
let desk: RunningDesk;
let readyMs: number;

beforeAll(async () => {
  rmSync(join(dist, "build.json"), {force: true}); // so that the first start builds the site, as in a fresh clone
  desk = await startDesk(folder);
  readyMs = await desk.ready();
}, 300_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

it("npm start answers at once with what it is doing, and then shows the whole demo", async () => {
  console.log(`answered after ${Math.round(desk.answeredMs)} ms, ready after ${Math.round(readyMs)} ms`);
  expect(desk.waitingPage).toMatch(/starting|fetching|making/);
  expect(await desk.get("/api/session")).toMatchObject({mode: "demo", ready: true});
});

describe("the pages", () => pageTests(() => desk));
describe("the figures", () => figureTests(() => desk));
describe("the snapshot", () => snapshotTests(() => desk));
describe("the data's health", () => healthTests(() => desk));
describe("the API", () => apiTests(() => desk));
describe("the Flex queries", () => flexTests(() => desk));
describe("one's own account", () => ownAccountTests(() => desk, folder));
