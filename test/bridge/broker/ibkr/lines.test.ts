import {expect, it} from "vitest";
import {createQuotes} from "../../../../bridge/broker/ibkr/quotes.js";
import {createContracts} from "../../../../bridge/broker/ibkr/contracts.js";
import {listings} from "../../../../sim/tws/catalogue.js";
import {CHIPS_ID, linked, NOW, poll} from "./stand.js";

it("where TWS has fewer lines than we think, the rest waits for one that gets free", async () => {
  const chips = listings(NOW).byId(CHIPS_ID)!;
  const many = Array.from({length: 101}, (_, i) => ({...chips, conId: 5000 + i, symbol: `N${i}`, isin: ""}));
  const {wire} = await linked({listings: many});
  const quotes = createQuotes({wire, now: () => NOW.getTime(), lines: 1000, tell: () => undefined});
  const [facts] = await createContracts(wire, () => NOW.getTime()).find({conId: 5000});
  const releases = many.map(({conId}) =>
    quotes.watch({...facts, label: `N${conId}`, contract: {...facts.contract, conId}})
  );
  const refused = await poll(() => quotes.get(5100)?.problem ?? undefined, "the refusal");
  expect(refused).toBe(
    "no market data for N5100: TWS has no market-data line left: close quotes here or in TWS (101)"
  );
  await poll(() => wire.status().lines.budget === 100 || undefined, "the budget that TWS has");
  expect(quotes.get(5099)?.problem).toBeNull();
  releases[0]();
  const quote = await poll(() => {
    const one = quotes.get(5100);
    return one?.last ? one : undefined;
  }, "its quote");
  expect(quote.problem).toBeNull();
});
