/** What moves together: the paths that all others follow. */

import {standardNormals} from "./chance.js";
import {curve} from "./curve.js";
import {dayOf, gridsUpTo} from "./days.js";
import {once} from "./once.js";
import {policy} from "./policy.js";
import {changes, logChanges, walk} from "./walk.js";

const SP500 =
  "2014-01-01 1848, 2014-06 1960, 2014-10-15 1862, 2014-12 2059, 2015-07 2104, 2015-08-25 1868, 2015-12 2044, " +
  "2016-02-11 1829, 2016-06 2099, 2016-12 2239, 2017-06 2423, 2017-12 2674, 2018-01-26 2873, 2018-02-08 2581, " +
  "2018-09-20 2931, 2018-12-24 2351, 2018-12 2507, 2019-04 2946, 2019-12 3231, 2020-02-19 3386, 2020-03-23 2237, " +
  "2020-06 3100, 2020-08 3500, 2020-10 3270, 2020-12 3756, 2021-06 4298, 2021-12 4766, 2022-03-14 4173, 2022-03-29 4632, " +
  "2022-06-16 3667, 2022-08-16 4305, 2022-10-12 3577, 2022-12 3840, 2023-07 4589, 2023-10-27 4117, 2023-12 4770, " +
  "2024-06 5460, 2024-12 5882, 2025-02-19 6144, 2025-04-08 4983, 2025-06 6205, 2025-09 6688, 2025-12 6846, " +
  "2026-03 6560, 2026-06 6890, 2026-09 6780, 2026-12 6700";
const VIX =
  "2014-01-01 14, 2014-10-15 26.2, 2014-12 19.2, 2015-07 12.1, 2015-08-24 40.7, 2015-12 18.2, 2016-02-11 28.1, " +
  "2016-06-24 25.8, 2016-12 14, 2017-06 11.2, 2017-12 11, 2018-02-05 37.3, 2018-09 12.1, 2018-12-24 36.1, 2019-04 13.1, " +
  "2019-12 13.8, 2020-02-19 14.4, 2020-03-16 82.7, 2020-04 34.1, 2020-06-11 40.8, 2020-08 26.4, 2020-12 22.8, " +
  "2021-06 15.8, 2021-12 17.2, 2022-03-07 36.5, 2022-06 28.7, 2022-08-12 19.5, 2022-10-12 33.6, 2022-12 21.7, " +
  "2023-03-13 26.5, 2023-06 13.6, 2023-10-20 21.7, 2023-12 12.5, 2024-07-12 12.5, 2024-08-05 38.6, 2024-08 15, " +
  "2024-12-18 27.6, 2024-12 17.4, 2025-02-14 14.8, 2025-04-08 52.3, 2025-06 16.7, 2025-09 16.3, 2025-11-20 26.4, " +
  "2025-12 15, 2026-03 24, 2026-06 16.5, 2026-09 17, 2026-12 18.5";
const WTI =
  "2014-01-01 98.4, 2014-06-20 107.3, 2014-12 53.3, 2015-06 59.5, 2016-02-11 26.2, 2016-12 53.7, 2017-06 46, " +
  "2017-12 60.4, 2018-10-03 76.4, 2018-12-24 42.5, 2019-04-23 66.3, 2019-12 61.1, 2020-02-19 53.3, 2020-03-30 20.1, " +
  "2020-04-17 18.3, 2020-04-20 14, 2020-04-21 10, 2020-06 39.3, 2020-10 35.8, 2020-12 48.5, 2021-10-26 84.7, 2021-12 75.2, " +
  "2022-03-08 123.7, 2022-06-08 122.1, 2022-12 80.3, 2023-06 70.6, 2023-09-27 93.7, 2023-12 71.7, 2024-04-05 86.9, " +
  "2024-12 71.7, 2025-05-05 57.1, 2025-06-18 75.1, 2025-12 57.4, 2026-06 68, 2026-12 66";
const GOLD =
  "2014-01-01 1205, 2014-03-14 1379, 2014-12 1184, 2015-12 1060, 2016-07-06 1367, 2016-12 1152, 2017-12 1309, 2018-08-16 1176, " +
  "2018-12 1281, 2019-12 1523, 2020-08-06 2051, 2020-12 1895, 2021-12 1829, 2022-03-08 2040, 2022-11-03 1628, " +
  "2022-12 1826, 2023-12 2072, 2024-12 2641, 2025-04-21 3406, 2025-08 3474, 2025-10-20 4336, 2025-12 4341, 2026-05 4620, " +
  "2026-12 4280";
const BITCOIN =
  "2014-01-01 771, 2014-12 320, 2015-12 430, 2016-12 963, 2017-12-17 19140, 2018-12 3742, 2019-06-26 13016, 2019-12 7193, " +
  "2020-03-12 4970, 2020-12 29001, 2021-04-13 63503, 2021-07-20 29807, 2021-11-08 67566, 2021-12 46306, 2022-06-18 19017, " +
  "2022-11-21 15787, 2022-12 16547, 2023-12 42265, 2024-03-13 73083, 2024-09-06 53948, 2024-12 93429, 2025-01-21 106146, " +
  "2025-04-08 76271, 2025-10-06 124752, 2025-11-21 85000, 2025-12 87500, 2026-02 79000, 2026-04 88000, 2026-06 91000, 2026-08 97000, 2026-10 89000, 2026-11-13 86500, 2026-12 84000";

/** Below this level VIX hardly goes. */
const CALM = 11;

/** The paths that others follow, made when they are first asked for; they reach beyond the end of a year. */
export function ground(year: number) {
  const last = dayOf(`${Math.max(2027, year + 1)}-12-31`);
  const grids = gridsUpTo(last);
  const {weekdays, everyDay} = grids;

  const risk = once(() => standardNormals("risk", weekdays.days.length));
  const vix = once(() =>
    walk(weekdays, {
      name: "VIX",
      anchors: VIX,
      volatility: 0.38,
      stays: 0.96,
      follows: [[risk(), -0.055]]
    }).map((value) => (value < CALM ? CALM * (value / CALM) ** 0.35 : value))
  );
  const sp500 = once(() =>
    walk(weekdays, {
      name: "S&P 500",
      anchors: SP500,
      volatility: 0.02,
      drift: 0.06,
      follows: [[risk().map((z, i) => (z * 0.8 * vix()[Math.max(0, i - 1)]) / 100 / Math.sqrt(261)), 1]]
    })
  );
  const shares = once(() => logChanges(sp500()));
  const dollar = once(() =>
    standardNormals("dollar", weekdays.days.length).map((z) => (z * 0.06) / Math.sqrt(261))
  );
  const oil = once(() =>
    walk(weekdays, {name: "CL=F", anchors: WTI, volatility: 0.3, follows: [[shares(), 0.45]]})
  );
  const gold = once(() =>
    walk(weekdays, {name: "GC=F", anchors: GOLD, volatility: 0.13, drift: 0.03, follows: [[dollar(), -0.8]]})
  );
  const bitcoin = once(() =>
    walk(everyDay, {
      name: "bitcoin",
      anchors: BITCOIN,
      volatility: 0.58,
      drift: 0.1,
      follows: [[onEveryDay(everyDay.days, weekdays.days, shares()), 0.9]]
    })
  );
  const rates = once(() => policy(everyDay));
  const yields = once(() => curve(weekdays, rates()));
  return {
    grids,
    vix,
    sp500,
    shares,
    dollar,
    oil,
    oilChanges: once(() => logChanges(oil())),
    gold,
    goldChanges: once(() => logChanges(gold())),
    bitcoin,
    bitcoinChanges: once(() => logChanges(bitcoin())),
    policy: rates,
    curve: yields,
    tenYearChanges: once(() => changes(yields().par(10))),
    thirtyYearChanges: once(() => changes(yields().par(30)))
  };
}
export type Ground = ReturnType<typeof ground>;

/** Changes of weekdays on a grid of every day: none at the weekend. */
function onEveryDay(all: Int32Array, weekdays: Int32Array, values: Float64Array): Float64Array {
  const spread = new Float64Array(all.length);
  weekdays.forEach((day, i) => (spread[day - all[0]] = values[i]));
  return spread;
}
