/** Positions without their full price: a future and its rolls, a CFD, a stock sold short. */

import {whole} from "../booking/amounts.js";
import {addDays} from "../market/calendar.js";
import {SHARES, difference, indexFuture} from "../market/instruments.js";
import {indexOn, quarterlyExpiry} from "../market/timetable.js";
import type {Happening, Plot} from "./stage.js";

export function leverage(plot: Plot): Happening[] {
  return [...future(plot), ...contractForDifference(plot), ...soldShort(plot)];
}

/** One contract, carried from quarter to quarter, open at the end. */
function future({time}: Plot): Happening[] {
  const {days} = time;
  const start = Math.round(0.57 * days.length);
  let contract = indexFuture(quarterlyExpiry(days[start], 20));
  const happenings: Happening[] = [buys(start, contract)];
  for (;;) {
    const old = contract;
    const day = indexOn(days, addDays(old.expiry!, -7));
    if (day >= days.length) return happenings;
    contract = indexFuture(quarterlyExpiry(old.expiry!));
    const next = contract;
    happenings.push({
      day,
      run(stage) {
        stage.trade(stage.main, old, whole(-1));
        stage.trade(stage.main, next, whole(1));
        stage.tell(stage.main, "future rolled");
      }
    });
  }

  function buys(day: number, instrument: typeof contract): Happening {
    return {
      day,
      run(stage) {
        stage.trade(stage.main, instrument, whole(1));
        stage.tell(stage.main, "future bought");
      }
    };
  }
}

function contractForDifference({time}: Plot): Happening[] {
  const cfd = difference(SHARES.energy);
  const n = time.days.length;
  const trade = (part: number, quantity: number, what: string): Happening => ({
    day: Math.round(part * n),
    run(stage) {
      stage.trade(stage.main, cfd, whole(quantity));
      stage.tell(stage.main, what);
    }
  });
  return [
    trade(0.47, 220, "CFD bought"),
    trade(0.56, -90, "CFD sold in part"),
    trade(0.83, 70, "CFD bought")
  ];
}

function soldShort({time}: Plot): Happening[] {
  const {motors} = SHARES;
  const n = time.days.length;
  return [
    {
      day: Math.round(0.32 * n),
      run(stage) {
        stage.trade(stage.main, motors, whole(-140));
        stage.tell(stage.main, "stock sold short");
      }
    },
    {day: Math.round(0.78 * n), run: (stage) => void stage.trade(stage.main, motors, whole(60))},
    {day: Math.round(0.88 * n), run: (stage) => void stage.trade(stage.main, motors, whole(-30))}
  ];
}
