import {expect, it} from "vitest";
import {matchedLots} from "../../../../lib/ledger/reconcile/matching.js";
import {formatAmount} from "../../../../lib/money/amount.js";
import {A, ledgerOf} from "../tables.js";

const BUY = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", fxRateToBase: "1"};
const bought = (day: string, price: string) => ({
  ...BUY,
  day,
  tradeDate: day,
  dateTime: `${day}T10:00:00`,
  buySell: "BUY",
  openCloseIndicator: "O",
  quantity: "10",
  tradePrice: price,
  proceeds: `-${10 * Number(price)}`
});
const sold = (day: string, notes?: string) => ({
  ...BUY,
  day,
  tradeDate: day,
  dateTime: `${day}T10:00:00`,
  buySell: "SELL",
  openCloseIndicator: "C",
  quantity: "-10",
  tradePrice: "20",
  proceeds: "200",
  ...(notes !== undefined && {notes})
});

/** What was gained, and what is left at which cost. */
function matched(trades: Record<string, string>[]) {
  const lots = matchedLots(ledgerOf({trades: trades as never}));
  return {
    gains: lots.disposals.map(({gain}) => gain && formatAmount(gain)),
    left: lots.open(A, "2026-01-31").map(({cost}) => cost && formatAmount(cost))
  };
}

const BOUGHT = [bought("2026-01-05", "10"), bought("2026-01-06", "15"), bought("2026-01-07", "12")];

it("matchedLots(ledger) is first in, first out where no trade says otherwise", () => {
  expect(matched([...BOUGHT, sold("2026-01-08")])).toEqual({gains: ["100"], left: ["150", "120"]});
});

it("matchedLots(ledger) follows the election that all closing trades name", () => {
  expect(matched([...BOUGHT, sold("2026-01-08", "LI")])).toEqual({gains: ["80"], left: ["100", "150"]});
  expect(matched([...BOUGHT, sold("2026-01-08", "P;HC")])).toEqual({gains: ["50"], left: ["100", "120"]});
});
