/** What issuers do: a split, another name, a spin-off, a merger, a treasury bill that matures. */

import {forwardSplit, mature, merge, rename, spinOff} from "../booking/corporate-actions.js";
import {amount, float, rounded, whole} from "../booking/amounts.js";
import {SHARES, bill, type Instrument} from "../market/instruments.js";
import {SPIN_OFF_SHARES, SPLIT_RATIO} from "../market/market.js";
import {execute} from "../booking/trading.js";
import type {Happening, Plot, Stage} from "./stage.js";

const {chips, foods, foodsRenamed, health, diagnostics, paper, tools} = SHARES;

export function corporate({time, market}: Plot): Happening[] {
  const {split, spinOff: spin, merger, losing, days} = time;
  const bought = losing - 9;
  const matures = bought + 125;
  const tbill = bill(days[matures]);
  const ratio = amount("0.2");
  const offer = float(market.mark(paper, merger - 1)) - 0.2 * float(market.mark(tools, merger - 1)) + 0.35;
  return [
    morning(split, (stage) => {
      for (const book of stage.open) forwardSplit(book, chips, SPLIT_RATIO);
      stage.tell(stage.main, "forward split");
    }),
    morning(time.rename, (stage) => {
      for (const book of stage.open) rename(book, foods, foodsRenamed);
      stage.tell(stage.main, "symbol and ISIN change");
    }),
    {day: spin - 2, run: (stage) => leaveRest(stage, health, SPIN_OFF_SHARES, 2)},
    morning(spin, (stage) => {
      spinOff(stage.main, health, diagnostics, SPIN_OFF_SHARES);
      stage.tell(stage.main, "spin-off");
    }),
    {
      day: spin + 1,
      run({main}) {
        const price = main.mark(diagnostics);
        execute(main, {
          instrument: diagnostics,
          quantity: amount("-0.5"),
          price,
          type: "FracShare",
          time: "202500"
        });
      }
    },
    {day: merger - 3, run: (stage) => leaveRest(stage, paper, 5, 3)},
    morning(merger, (stage) => {
      merge(stage.main, paper, tools, {cash: rounded(offer, 2), ratio});
      stage.tell(stage.main, "merger for cash and stock");
    }),
    {
      day: bought,
      run(stage) {
        stage.trade(stage.main, tbill, whole(20_000), {price: market.mark(tbill, bought)});
        stage.tell(stage.main, "treasury bill bought");
      }
    },
    morning(matures, (stage) => {
      mature(stage.main, tbill);
      stage.tell(stage.main, "treasury bill matured");
    })
  ];
}

function morning(day: number, run: (stage: Stage) => void): Happening {
  return {day, morning: true, run};
}

/** Buys a few shares more, so that the main account's count leaves a rest when divided: a fraction will be paid out. */
function leaveRest(stage: Stage, instrument: Instrument, by: number, rest: number): void {
  const held = float(stage.main.quantity(instrument));
  const more = (((rest - held) % by) + by) % by || by;
  stage.trade(stage.main, instrument, whole(more));
}
