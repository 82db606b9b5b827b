import {expect, it} from "vitest";
import {findActions} from "../../../src/components/actions.js";

const all = ["Portfolio", "Range 1Y", "Only account U1", "Paper Rail"].map((label) => ({label, detail: ""}));
const found = (text: string) => findActions(all, text).map(({label}) => label);

it("findActions(all, text) puts what begins with the text first, then words of it, then the rest", () => {
  expect(found("pa")).toEqual(["Paper Rail"]);
  expect(found("ra")).toEqual(["Range 1Y", "Paper Rail"]);
  expect(found("acc")).toEqual(["Only account U1"]);
  expect(found("o")).toEqual(["Only account U1", "Portfolio"]);
});

it("findActions(all, text) is all of them for no text, and finds by detail last", () => {
  expect(found(" ")).toHaveLength(4);
  expect(
    findActions([{label: "XYZ", detail: "Invented Rail"}, {label: "Rail"}], "rail").map(({label}) => label)
  ).toEqual(["Rail", "XYZ"]);
});
