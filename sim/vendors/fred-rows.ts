/** A series of FRED with the faults of the day. */

import type {VendorRequest} from "./vendor.js";
import {dayOf} from "./world/days.js";
import type {Published} from "./world/published.js";

export interface FredRows {
  published: Published;
  units: string;
  unitsShort: string;
  days: number[];
  /** As printed; undefined where FRED lists a day without a value. */
  values: (string | undefined)[];
}

/** @returns undefined when FRED has no such series */
export function fredRows({world, fault}: VendorRequest, id: string): FredRows | undefined {
  const published = world.fred(id);
  if (!published) return undefined;
  const {units, unitsShort, decimals} = published;
  const {days, values} = world.fredRows(published);
  const inBillions = fault("unit") !== undefined && units.startsWith("Millions");
  const revised = fault("revised");
  const [from, to] = revised?.symbol === id ? [dayOf(revised.from), dayOf(revised.to)] : [Infinity, Infinity];
  return {
    published,
    units: inBillions ? units.replace("Millions", "Billions") : units,
    unitsShort: inBillions ? unitsShort.replace("Mil.", "Bil.") : unitsShort,
    days,
    values: values.map((value, i) => {
      if (!Number.isFinite(value) || (fault("nulls") && i % 7 === 3)) return undefined;
      const told = days[i] >= from && days[i] <= to ? value * revised!.factor : value;
      return inBillions ? (told / 1000).toFixed(3) : told.toFixed(decimals);
    })
  };
}
