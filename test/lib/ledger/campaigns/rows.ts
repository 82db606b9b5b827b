import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";

/** Rows of trades and positions on ACME (conid 1) and its options, written shortly. */

const usd = {currency: "USD", fxRateToBase: "1"};
const stock = {conid: "1", symbol: "ACME", assetCategory: "STK", multiplier: "1", ...usd};

let count = 0;

interface More {
  [column: string]: string | undefined;
}

/** A trade of shares; a commission of 1. */
export function shares(day: string, quantity: string, price: string, more: More = {}) {
  return trade({...stock, ...more}, day, quantity, price, "1");
}

/** A trade of options, a hundred shares each: `option("2026-01-05", "P 50 2026-02-20", "-1", "2")`. */
export function option(day: string, name: string, quantity: string, price: string, more: More = {}) {
  return trade({...optionOf(name), ...more}, day, quantity, price, "100");
}

/** What is open at the end. */
export function held(day: string, name: string, position: string, markPrice: string) {
  const instrument = name === "ACME" ? stock : optionOf(name);
  const value = (parseAmount(position) * parseAmount(markPrice)) / 10n ** 12n;
  const positionValue = formatAmount(value * BigInt(instrument.multiplier));
  return {day, ...instrument, position, markPrice, positionValue};
}

export const ASSIGNED = {transactionType: "BookTrade", notes: "A", ibCommission: "0"};
export const EXPIRED = {transactionType: "BookTrade", notes: "Ep", ibCommission: "0"};

function optionOf(name: string) {
  const [putCall, strike, expiry] = name.split(" ");
  return {
    conid: `9${strike}${expiry.replaceAll("-", "")}${putCall === "P" ? 1 : 2}`,
    symbol: `ACME ${name}`,
    assetCategory: "OPT",
    underlyingConid: "1",
    underlyingSymbol: "ACME",
    multiplier: "100",
    putCall,
    strike,
    expiry,
    ...usd
  };
}

function trade(instrument: More, day: string, quantity: string, price: string, multiplier: string) {
  const worth = (parseAmount(quantity) * parseAmount(price) * BigInt(multiplier)) / 10n ** 12n;
  const hour = String(10 + (Math.floor(count / 60) % 10));
  return {
    day,
    dateTime: `${day}T${hour}:${String(count++ % 60).padStart(2, "0")}:00`,
    transactionType: "ExchTrade",
    quantity,
    tradePrice: price,
    proceeds: formatAmount(-worth),
    ibCommission: "-1",
    ibCommissionCurrency: "USD",
    ...instrument
  };
}
