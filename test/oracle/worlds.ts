/** Random accounts with the ledger that their statements make: made once, asked by every test of a file. */
import {createFigures, type Figures} from "../../lib/ledger/figures.js";
import type {LedgerTables} from "../../lib/ledger/tables.js";
import {ledgerOfFlex} from "../lib/ledger/flex-ledger.js";
import {CONTEXT} from "../lib/ledger/tables.js";
import {flexOf} from "./flex.js";
import {randomWorld, type World} from "./random-account.js";

/** New York time at which the statements are told. */
export const GENERATED = "2026-04-01T06:00:00";

export interface Told extends World {
  xml: string;
  ledger: LedgerTables;
  figures: Figures;
}

const kept = new Map<number, Told>();

function toldOf(seed: number): Told {
  let told = kept.get(seed);
  if (!told) {
    const world = randomWorld(seed);
    const xml = xmlOf(world, world.calendar.days);
    const {ledger} = ledgerOfFlex([[xml]]);
    const figures = createFigures(ledger, {...CONTEXT, now: "2026-04-02T12:00:00Z"});
    kept.set(seed, (told = {...world, xml, ledger, figures}));
  }
  return told;
}

/** The file of some days in a row. */
export function xmlOf(
  {books, accounts, calendar, boxes}: World,
  days: readonly string[],
  generated = GENERATED
): string {
  const [from, to] = [days[0], days.at(-1) as string]; // there are days
  return flexOf(books, accounts, calendar, {from, to, generated}, boxes);
}

/** Runs a test on random accounts and names the seed of the one that fails. */
export function onAccounts(count: number, run: (told: Told) => void): void {
  for (let seed = 1; seed <= count; ++seed) {
    try {
      run(toldOf(seed));
    } catch (error) {
      throw new Error(`random account of seed ${seed}: ${(error as Error).message}`, {cause: error});
    }
  }
}

/** Each account alone, and all of them together. */
export const scopes = ({accounts}: World): string[][] => [
  ...accounts.map((one) => [one]),
  ...(accounts.length > 1 ? [accounts] : [])
];
