import {expect, it} from "vitest";
import {parseMeetings} from "../../../lib/market/meetings-csv.js";

it("parseMeetings(csv) reads the person's own list", () => {
  const csv =
    "\uFEFFbank,day,projections\nFed,2026-12-09,cancelled\n Bank of Japan , 2027-01-22 ,yes\n\nboe,2027-02-05,no\n";
  const source = "your own list";
  expect(parseMeetings(csv)).toEqual([
    {bank: "Federal Reserve", day: "2026-12-09", projections: false, source, cancelled: true},
    {bank: "Bank of Japan", day: "2027-01-22", projections: true, source, cancelled: false},
    {bank: "Bank of England", day: "2027-02-05", projections: false, source, cancelled: false}
  ]);
  expect(parseMeetings("")).toEqual([]);
});

it.each([
  [
    "bank,day,projections\nSNB,2026-12-10,no",
    "invalid meetings, line 2: bank SNB: one of Fed, ECB, BoE, BoJ"
  ],
  ["bank,day,projections\nECB,2026-02-30,no", "invalid meetings, line 2: day 2026-02-30: write yyyy-mm-dd"],
  ["bank,day\nECB,2026-02-28", "invalid meetings, line 2: projections : one of yes, no, cancelled"]
])("parseMeetings(%j) says which line is wrong", (csv, message) => {
  expect(() => parseMeetings(csv)).toThrow(new RangeError(message));
});
