/** The Fed's balance sheet: what it holds and what it owes, every Wednesday, in millions of dollars. */

import {standardNormals} from "./chance.js";
import {indexAt} from "./days.js";
import type {Ground} from "./ground.js";
import {walk} from "./walk.js";

const ASSETS =
  "2014-01-01 4028000, 2014-10 4481000, 2015-12 4491000, 2017-09 4456000, 2018-12 4076000, 2019-08-28 3760000, " +
  "2020-02-26 4159000, 2020-06-10 7169000, 2020-12 7363000, 2022-04-13 8965000, 2022-12 8551000, 2023-03-08 8342000, " +
  "2023-03-22 8734000, 2023-12 7713000, 2024-06 7231000, 2024-12 6886000, 2025-06 6662000, 2025-12-03 6536000, " +
  "2026-06 6660000, 2026-12 6740000";
const GENERAL_ACCOUNT =
  "2014-01-01 110000, 2014-12 205000, 2015-12 320000, 2016-12 395000, 2017-09 160000, 2018-12 370000, 2019-08 135000, " +
  "2020-02 390000, 2020-07-22 1815000, 2020-12 1600000, 2021-10-13 60000, 2021-12 290000, 2022-05 895000, 2022-12 390000, " +
  "2023-06-07 78000, 2023-12 725000, 2024-12 690000, 2025-07-16 320000, 2025-10-29 985000, 2025-12 860000, 2026-06 820000, " +
  "2026-12 890000";
/** The overnight facility, in billions. */
const OVERNIGHT_REVERSE =
  "2014-01-01 120, 2014-09-30 300, 2015-12 220, 2016-12 320, 2017-12 180, 2018-06 8, 2019-12 6, 2020-06 2, 2021-03 20, " +
  "2021-06 840, 2021-12 1700, 2022-06 2250, 2022-12 2350, 2023-05 2250, 2023-12 800, 2024-06 460, 2024-12 190, 2025-06 210, " +
  "2025-09 22, 2025-12 9, 2026-06 5, 2026-12 4";
const FOREIGN_POOL =
  "2014-01-01 115000, 2016-06 240000, 2018-12 250000, 2020-12 205000, 2021-12 290000, 2022-12 340000, 2024-12 400000, " +
  "2025-12 360000, 2026-12 355000";
const CURRENCY =
  "2014-01-01 1238000, 2016-12 1509000, 2019-12 1807000, 2020-12 2087000, 2022-12 2309000, 2024-12 2366000, 2026-12 2495000";

/** Kinds of securities, in billions; bonds are what is left of the whole. */
const HOLDINGS = {
  mbs:
    "2014-01-01 1500, 2014-12 1737, 2017-09 1768, 2019-12 1410, 2020-03-11 1372, 2020-12 2040, 2022-04-13 2740, 2022-12 2641, " +
    "2023-12 2430, 2024-12 2235, 2025-12 2050, 2026-12 1895",
  bills:
    "2014-01-01 0.001, 2019-10-09 0.001, 2019-12 169, 2020-03-25 326, 2022-06 326, 2022-12 289, 2023-12 217, 2024-12 195, 2025-12-10 200, 2026-06 410, 2026-12 500",
  tips: "2014-01-01 92, 2017-12 107, 2020-02 130, 2021-12 370, 2022-06 384, 2023-12 340, 2024-12 300, 2026-12 285",
  compensation: "2014-01-01 13, 2017-12 18, 2020-02 28, 2021-12 66, 2023-12 105, 2026-12 112",
  frn: "2014-01-01 0.001, 2014-12 5, 2017-12 12, 2020-12 20, 2022-12 27, 2024-12 14, 2026-12 9",
  agencies: "2014-01-01 57, 2014-12 39, 2016-12 16, 2018-12 2.4, 2026-12 2.3",
  cmbs: "2014-01-01 0.001, 2020-03-18 0.001, 2020-06 9, 2022-12 8.4, 2026-12 7.6"
};

export function balanceSheet({grids}: Ground) {
  const {wednesdays, weekdays} = grids;
  const weekly = (name: string, anchors: string, volatility: number, stays = 0.9) =>
    walk(wednesdays, {name, anchors, volatility, stays});
  const assets = weekly("WALCL", ASSETS, 0.012);
  const generalAccount = weekly("WDTGAL", GENERAL_ACCOUNT, 0.45, 0.8);
  const foreignPool = weekly("foreign pool", FOREIGN_POOL, 0.12);
  const currency = weekly("currency", CURRENCY, 0.006);
  const overnight = quarterEnds(
    walk(weekdays, {name: "RRPONTSYD", anchors: OVERNIGHT_REVERSE, volatility: 1.2, stays: 0.8})
  );

  /** At quarters' ends money looks for a place. */
  function quarterEnds(values: Float64Array): Float64Array {
    const month = (at: number) => new Date(weekdays.days[at] * 86_400_000).getUTCMonth();
    return values.map((value, i) => {
      const ends = i + 1 < values.length && month(i) !== month(i + 1) && month(i) % 3 === 2;
      return Math.max(0, ends ? 1.25 * value + 25 : value);
    });
  }
  const overnightOn = (day: number) => overnight[Math.max(0, indexAt(weekdays.days, day))];
  const reverse = foreignPool.map(
    (pool, i) => pool + 1000 * Number(overnightOn(wednesdays.days[i]).toFixed(3))
  );
  const reserves = assets.map((all, i) => all - currency[i] - generalAccount[i] - reverse[i] - 175_000);

  const average = (name: string, values: Float64Array) => {
    const noise = standardNormals(name, values.length);
    return values.map((value, k) => 0.5 * (value + values[Math.max(0, k - 1)]) * (1 + 0.002 * noise[k]));
  };

  const kinds = Object.entries(HOLDINGS).map(
    ([kind, anchors]) =>
      [
        kind,
        weekly(`SOMA ${kind}`, anchors, 0.004).map((billions) =>
          billions < 0.01 ? 0 : Math.round(billions * 1e6) * 1000
        )
      ] as const
  );
  const of = (kind: keyof typeof HOLDINGS) => kinds.find(([name]) => name === kind)![1];
  const securities = assets.map((millions) => Math.round(millions * 0.945) * 1e6);
  const notesbonds = securities.map((all, i) =>
    kinds.reduce((left, [kind, values]) => (kind === "compensation" ? left : left - values[i]), all)
  );
  return {
    assets,
    generalAccount,
    generalAccountAverage: average("WTREGEN", generalAccount),
    reverse,
    overnight,
    reserves,
    reservesAverage: average("WRESBAL", reserves),
    /** Dollars by kind, on Wednesdays. */
    soma: {
      bills: of("bills"),
      notesbonds,
      tips: of("tips"),
      tipsInflationCompensation: of("compensation"),
      frn: of("frn"),
      mbs: of("mbs"),
      cmbs: of("cmbs"),
      agencies: of("agencies"),
      /** Without the inflation compensation. */
      total: securities
    }
  };
}
export type BalanceSheet = ReturnType<typeof balanceSheet>;
