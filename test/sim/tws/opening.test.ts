import {expect, it} from "vitest";
import {demoBooks} from "../../../sim/account/index.js";
import {demoAccounts} from "../../../sim/tws/opening.js";
import {NOW, standIn} from "./stand.js";

it("demoAccounts(books) hold what the demo's statements end with, and can be stood in for", async () => {
  const books = demoBooks({now: NOW});
  const {openings, listings} = demoAccounts(books);
  const tws = await standIn({accounts: openings, listings});
  const last = books.restated.days.filter(({day, endNav}) => day === books.days.at(-1) && endNav !== 0n);
  expect(tws.positions()).toEqual(
    last.flatMap(({account, positions}) =>
      positions.map(({instrument, quantity}) => ({
        account,
        conId: Number(instrument.conid),
        quantity: Number(quantity) / 1e12
      }))
    )
  );
  expect(tws.positions().length).toBeGreaterThan(5);
});
