import {expect, it} from "vitest";
import {contracts, heldContracts} from "../../../lib/market/contracts.js";
import {held, setOf} from "./held.js";

it("contracts(root, exchange, from, months) goes over the year's end", () => {
  expect(contracts("ZQ", "CBT", "2026-11-22", 3)).toEqual([
    {id: "yahoo:ZQX26.CBT", symbol: "ZQX26.CBT", month: "2026-11"},
    {id: "yahoo:ZQZ26.CBT", symbol: "ZQZ26.CBT", month: "2026-12"},
    {id: "yahoo:ZQF27.CBT", symbol: "ZQF27.CBT", month: "2027-01"}
  ]);
});

it("heldContracts(set, root) finds them of any vendor, by month, and nothing else", () => {
  const ids = [
    "yahoo:ZQF27.CBT",
    "stooq:zqz26",
    "yahoo:ZQ=F",
    "yahoo:CLZ26.NYM",
    "yahoo:AZQZ26.CBT",
    "yahoo:ZQZ26.CBT"
  ];
  const set = setOf(...ids.map((id) => held(id, {"2026-11-20": 96})));
  expect(heldContracts(set, "ZQ").map(({id, month}) => [id, month])).toEqual([
    ["stooq:zqz26", "2026-12"],
    ["yahoo:ZQZ26.CBT", "2026-12"],
    ["yahoo:ZQF27.CBT", "2027-01"]
  ]);
});
