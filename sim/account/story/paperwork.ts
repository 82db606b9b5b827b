/** What the back office does: a migrated account number, transfers, corrections, reinvested dividends. */

import {float, rounded, whole} from "../booking/amounts.js";
import {payout} from "../booking/income.js";
import {cancelAndRebook} from "../booking/correction.js";
import type {Booked} from "../booking/trading.js";
import {migrate, transferCash, transferPosition} from "../booking/transfers.js";
import {SHARES} from "../market/instruments.js";
import {indexOn} from "../market/timetable.js";
import type {Happening, Plot} from "./stage.js";

const {income, bank} = SHARES;

export function paperwork(plot: Plot): Happening[] {
  const {time} = plot;
  const n = time.days.length;
  const corrected = Math.round(0.45 * n);
  let wrong: Booked;
  return [
    {
      day: time.migration,
      run(stage) {
        migrate(stage.former, stage.second);
        stage.tell(stage.former, "account number migrated");
      }
    },
    {
      day: Math.round(0.7 * n),
      run(stage) {
        transferCash(stage.main, stage.second, "USD", whole(2500));
        transferPosition(stage.main, stage.second, bank, whole(60));
        stage.tell(stage.main, "transfer between accounts");
      }
    },
    {
      day: corrected,
      run(stage) {
        wrong = stage.trade(stage.main, income, whole(60));
      }
    },
    {
      day: corrected + 1,
      run(stage) {
        cancelAndRebook(stage.main, wrong, wrong.price - rounded(0.06, 2));
        stage.tell(stage.main, "trade cancelled and booked again");
      }
    },
    reversal(plot),
    ...reinvestment(plot)
  ];
}

/** In January, IBKR takes back a dividend of December and pays it again with less tax. */
function reversal({time}: Plot): Happening {
  return {
    day: indexOn(time.days, `${time.losingYear + 1}-01-14`),
    run(stage) {
      const december = `${time.losingYear}-12`;
      const paid = stage.paid.findLast(
        ({book, day, tax, accrual}) =>
          book === stage.main && day.startsWith(december) && tax > 0n && accrual.instrument.currency === "USD"
      );
      if (!paid) throw new RangeError(`no dividend was paid in ${december}`);
      const {accrual, tax, day} = paid;
      payout(stage.main, accrual, {gross: -accrual.gross, tax: -tax, date: day, code: "Re"});
      payout(stage.main, accrual, {gross: accrual.gross, tax: rounded(float(tax) * 0.4, 2), date: day});
      stage.tell(stage.main, "dividend reversed and booked again");
    }
  };
}

/** Dividends of one fund buy fractions of it. */
function reinvestment({market, time}: Plot): Happening[] {
  return market.dividends
    .filter(({name, pay}) => name === "income" && pay < time.days.length)
    .map(({pay}) => ({
      day: pay,
      run(stage) {
        const paid = stage.paid.find(
          ({book, day, accrual}) =>
            book === stage.main && day === stage.main.day && accrual.instrument === income
        );
        if (!paid) return;
        const price = stage.price(income);
        const value = float(paid.accrual.gross - paid.tax);
        stage.trade(stage.main, income, rounded(value / float(price), 4), {
          price,
          commission: rounded(-Math.min(0.35, 0.01 * value), 4),
          notes: "R",
          orderType: "MKT"
        });
        stage.tell(stage.main, "dividend reinvested");
      }
    }));
}
