import {expect, it} from "vitest";
import {outcomeOf} from "../../../lib/ledger/health-outcome.js";
import type {Finding} from "../../../lib/ledger/views.js";

const finding = (sentence: string, code = "missing-day", account = "U1"): Finding => ({
  code,
  severity: "warning",
  account,
  day: "2026-05-04",
  sentence,
  next: "fetch it",
  rows: []
});

const may = finding("no statement of U1 for 2026-05-04 to 2026-05-08, 5 exchange days");
const june = finding("no statement of U1 for 2026-06-01");
const other = finding("no rate JPY/USD on 2026-05-05", "missing-rate", "");

it("outcomeOf(fixed, before, after) says that the finding is settled, and how many others went with it", () => {
  expect(outcomeOf(may, [may, june, other], [june])).toEqual({
    settled: true,
    sentences: [`settled: ${may.sentence}`, "1 other finding is gone"]
  });
});

it("outcomeOf(fixed, before, after) says that nothing changed", () => {
  expect(outcomeOf(may, [may, june], [june, may])).toEqual({
    settled: false,
    sentences: [`still so: ${may.sentence}`]
  });
});

it("outcomeOf(fixed, before, after) tells what is left of the finding, not another that was there before", () => {
  const rest = finding("no statement of U1 for 2026-05-06 to 2026-05-08, 3 exchange days");
  expect(outcomeOf(may, [may, june], [rest, june]).sentences).toEqual([`still so: ${rest.sentence}`]);
});

it("outcomeOf(fixed, before, after) tells what is new since, the first in full", () => {
  const come = [finding("no statement of U2 for 2026-05-04", "missing-day", "U2"), other];
  expect(outcomeOf(june, [june], come).sentences).toEqual([
    `settled: ${june.sentence}`,
    `2 are new: ${come[0].sentence}`
  ]);
});
