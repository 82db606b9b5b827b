import * as fc from "fast-check";
import {expect, it} from "vitest";
import {LOT_METHODS} from "../../../../lib/ledger/lots/lot.js";
import {lotsOf} from "../../../../lib/ledger/lots/lots-of.js";
import {long} from "../../../long.js";
import {randomLedger} from "../random-ledger.js";

const FOREVER = "9999-12-30";

it("lots of any ledger have one sign for a holding, no zero, and no gain without a cost", () => {
  fc.assert(
    fc.property(randomLedger, fc.constantFrom(...LOT_METHODS), (ledger, method) => {
      const {open, disposals} = lotsOf({...ledger}, {method});
      for (const {account} of ledger.coverage) {
        for (const lots of Map.groupBy(open(account, FOREVER), ({holding}) => holding).values()) {
          expect(new Set(lots.map(({quantity}) => quantity > 0n)).size).toBe(1);
          expect(lots.every(({quantity, id}) => quantity !== 0n && id !== "")).toBe(true);
        }
      }
      for (const {proceeds, cost, gain, basis} of disposals) {
        const isKnown = proceeds !== null && cost !== null;
        expect(gain).toBe(isKnown ? proceeds - cost : null);
        if (basis === "unknown") expect(isKnown).toBe(false);
      }
    }),
    {numRuns: long(500)}
  );
});

it("lots do not depend on which method was asked for before", () => {
  fc.assert(
    fc.property(randomLedger, (ledger) => {
      const forward = {...ledger};
      const backward = {...ledger};
      const first = LOT_METHODS.map((method) => lotsOf(forward, {method}).disposals);
      const last = LOT_METHODS.toReversed().map((method) => lotsOf(backward, {method}).disposals);
      expect(last.toReversed()).toEqual(first);
    }),
    {numRuns: long(200)}
  );
});
