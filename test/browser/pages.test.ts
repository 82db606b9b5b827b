/** Every page of the desk on the demo: whole, accessible, with the figures that the API gives. */
import {rmSync} from "node:fs";
import {afterAll, beforeAll, describe} from "vitest";
import {figureTests} from "./desk/figures.js";
import {pageTests} from "./desk/pages.js";
import {demoFolder, startDesk, type RunningDesk} from "./desk/running.js";
import {snapshotTests} from "./desk/snapshot.js";

const folder = demoFolder("pages");
let desk: RunningDesk;

beforeAll(async () => {
  desk = await startDesk(folder);
  await desk.ready();
}, 300_000);

afterAll(async () => {
  await desk?.stop();
  rmSync(folder, {recursive: true, force: true, maxRetries: 5});
});

describe("the pages", () => pageTests(() => desk));
describe("the figures", () => figureTests(() => desk));
describe("the snapshot", () => snapshotTests(() => desk));
