/** Money that comes and goes. */

import {float, whole} from "../booking/amounts.js";
import {deposit} from "../booking/income.js";
import {SHARES} from "../market/instruments.js";
import type {Happening, Plot, Stage} from "./stage.js";
import {MAIN_PLAN, toward} from "./steering.js";

/** Money comes after a good year and goes after a bad one: so the two returns differ. */
export function savings({time: {losing, recovery, days}}: Plot): Happening[] {
  const flow = (day: number, run: (stage: Stage) => void): Happening => ({day, run});
  const dollars = (day: number, thousands: number) =>
    flow(day, (stage) => {
      deposit(stage.main, "USD", whole(1000 * thousands));
      stage.tell(stage.main, thousands > 0 ? "deposit" : "withdrawal");
    });
  return [
    dollars(0, 122),
    flow(0, ({former}) => deposit(former, "USD", whole(36_000))),
    dollars(losing - 12, 150),
    flow(losing - 8, ({pocket}) => deposit(pocket, "USD", whole(9_000))),
    flow(recovery - 27, raise),
    dollars(recovery - 25, -62),
    flow(losing + 70, (stage) => {
      deposit(stage.main, "EUR", whole(4_500));
      stage.tell(stage.main, "deposit in EUR");
    }),
    dollars(days.length - 75, 56),
    flow(days.length - 73, comeBack),
    dollars(days.length - 46, -6)
  ];
}

const FLED = ["total", "world", "bond", "software", "bank"] as const;

/** Frightened, the owner sells the big funds near the bottom to take money out. */
function raise(stage: Stage): void {
  const {main} = stage;
  let missing = 65_000 - float(main.cash("USD"));
  for (const instrument of FLED.map((name) => SHARES[name])) {
    const price = float(main.mark(instrument));
    const kept = instrument === SHARES.total || instrument === SHARES.software ? 200 : 0;
    const count = Math.floor(Math.min(float(main.quantity(instrument)) - kept, Math.max(0, missing) / price));
    if (count < 10) continue;
    stage.tradeInFills(main, instrument, [
      whole(-Math.floor(count / 2)),
      whole(Math.floor(count / 2) - count)
    ]);
    missing -= count * price;
  }
}

/** Months later, at higher prices, he buys them back. */
function comeBack(stage: Stage): void {
  for (const name of FLED) toward(stage, stage.main, SHARES[name], MAIN_PLAN[name]!, 0);
}
