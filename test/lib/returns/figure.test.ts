import {expect, it} from "vitest";
import {figure, unavailable} from "../../../lib/returns/figure.js";

it("figure(value) keeps a finite number, zero included", () => {
  expect(figure(0)).toEqual({value: 0});
  expect(figure(-0.5)).toEqual({value: -0.5});
});

it("figure(value, reason) is null with the reason when the value is not finite", () => {
  expect(figure(NaN, "no returns")).toEqual({value: null, reason: "no returns"});
  expect(figure(Infinity)).toEqual({value: null, reason: "the result is not a finite number"});
});

it("unavailable(reason) survives JSON", () => {
  expect(JSON.parse(JSON.stringify(unavailable("no rate")))).toEqual({value: null, reason: "no rate"});
});
