import {expect, it} from "vitest";
import {findChromium} from "../../scripts/browser.js";

it("findChromium(path) takes the one named", () => {
  expect(findChromium(process.execPath)).toBe(process.execPath);
});

it("findChromium(path) refuses what is no program", () => {
  expect(() => findChromium("/nowhere/chromium")).toThrow("CHROMIUM_PATH=/nowhere/chromium is no program");
});
