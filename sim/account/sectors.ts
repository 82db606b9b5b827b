/** The sectors of the demo's instruments, as its owner would list them. */

import type {Books} from "./books.js";
import {SHARES, type ShareName} from "./market/instruments.js";

const SECTORS: Record<ShareName, string> = {
  total: "Broad market",
  world: "Broad market",
  bond: "Bonds",
  income: "Broad market",
  chips: "Technology",
  software: "Technology",
  foods: "Consumer staples",
  foodsRenamed: "Consumer staples",
  energy: "Energy",
  bank: "Financials",
  health: "Health care",
  diagnostics: "Health care",
  logistics: "Industrials",
  retail: "Consumer discretionary",
  paper: "Materials",
  tools: "Industrials",
  motors: "Consumer discretionary",
  water: "Utilities",
  mining: "Materials",
  chemie: "Materials",
  luxe: "Consumer discretionary",
  robotics: "Industrials",
  noodles: "Consumer staples"
};

/** Sector by symbol of what the accounts ever held, what `sectors.csv` would say. */
export function demoSectors({first}: Books): Record<string, string> {
  const held = new Set(
    first.days.flatMap(({positions}) => positions.map(({instrument}) => instrument.symbol))
  );
  const names = (Object.keys(SECTORS) as ShareName[]).filter((name) => held.has(SHARES[name].symbol));
  return Object.fromEntries(names.map((name) => [SHARES[name].symbol, SECTORS[name]]));
}
