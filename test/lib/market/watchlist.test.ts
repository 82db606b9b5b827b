import {expect, it} from "vitest";
import {printWatchlists, readWatchlists} from "../../../lib/market/watchlist.js";

const LISTS = [
  {name: "Tech", ids: ["yahoo:AAPL", "yahoo:MSFT"]},
  {name: "Coins", ids: ["binance:BTCUSDT"]}
];

it("readWatchlists(printWatchlists(lists)) is the lists", () => {
  expect(readWatchlists(printWatchlists(LISTS))).toEqual(LISTS);
});

it("readWatchlists(text) takes spaces around lines and several empty lines between lists", () => {
  expect(readWatchlists("\n Tech \n yahoo:AAPL\n\n\n\nCoins\nbinance:BTCUSDT \n")).toEqual([
    {name: "Tech", ids: ["yahoo:AAPL"]},
    {name: "Coins", ids: ["binance:BTCUSDT"]}
  ]);
});

it("readWatchlists(text) is empty without a line", () => {
  expect(readWatchlists(" \n\n")).toEqual([]);
});

it("readWatchlists(text) says what a series is written like", () => {
  expect(() => readWatchlists("Tech\nAAPL")).toThrow("write vendor:symbol, such as yahoo:AAPL");
});

it("readWatchlists(text) refuses two lists of one name", () => {
  expect(() => readWatchlists("Tech\nyahoo:AAPL\n\nTech\nyahoo:MSFT")).toThrow("two watchlists share a name");
});
