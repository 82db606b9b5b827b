import type {OwnCosts} from "../../lib/backtest/costs/own.js";
import {ownRates} from "../../lib/ledger/costs/own-fills.js";
import {openDesk} from "../desk.js";

/** Returns what the desk's own orders of shares cost, by symbol. @throws with a sentence where there are none */
export async function ownCosts(): Promise<OwnCosts> {
  const desk = await openDesk();
  const rates = ownRates(await desk.view("ownFills", {assetCategory: "STK"}));
  if (!rates)
    throw new Error(
      "no fills of shares to learn costs from: import a statement with trades, or choose other costs"
    );
  const {commission, slippage} = rates;
  return {commission, ...(slippage && {slippage})};
}
