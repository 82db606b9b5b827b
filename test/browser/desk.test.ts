/** The desk, from `npm start` on a fresh folder to a person's own account, in a browser; its pages: pages.test.ts. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {apiTests} from "./desk/api.js";
import {flexTests} from "./desk/flex.js";
import {healthTests} from "./desk/health.js";
import {ownAccountTests} from "./desk/own-account.js";
import {startDesk, type RunningDesk} from "./desk/running.js";

const folder = mkdtempSync(join(tmpdir(), "desk-"));
let desk: RunningDesk;
let readyMs: number;

beforeAll(async () => {
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

describe("the data's health", () => healthTests(() => desk));
describe("the API", () => apiTests(() => desk));
describe("the Flex queries", () => flexTests(() => desk));
describe("one's own account", () => ownAccountTests(() => desk, folder));
