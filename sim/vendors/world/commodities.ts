/** Futures on goods: the front month, and the months behind it; and the Fed's rate, month by month. */

import {dayOf, FIRST, weekdayOf} from "./days.js";
import {EXCHANGES, type ExchangeName} from "./exchanges.js";
import type {Ground} from "./ground.js";
import {type Levels, type Listing, onWeekdays} from "./listing.js";
import {walk, yearEnds} from "./walk.js";

interface Good {
  name: string;
  exchange: ExchangeName;
  currency: "USD" | "USX";
  decimals: number;
  /** Its own volatility in a year, and how much of the change of oil or gold it shares. */
  own: number;
  oil?: number;
  gold?: number;
  shares?: number;
  volume: number;
  levels: string;
}

const GOODS: Record<string, Good> = {
  "BZ=F": {
    ...good(
      "Brent Crude Oil Last Day Financ",
      "nymex",
      0.06,
      32e3,
      [110.8, 57.3, 37.3, 56.8, 66.9, 53.8, 66, 51.8, 77.8, 85.9, 77, 74.6, 60.9, 70]
    ),
    oil: 0.92
  },
  "RB=F": {
    ...good(
      "RBOB Gasoline",
      "nymex",
      0.14,
      40e3,
      [2.79, 1.44, 1.27, 1.67, 1.8, 1.31, 1.7, 1.41, 2.22, 2.46, 2.1, 2.01, 1.72, 1.95]
    ),
    oil: 0.85,
    decimals: 4
  },
  "HO=F": {
    ...good(
      "Heating Oil",
      "nymex",
      0.13,
      35e3,
      [3.08, 1.83, 1.12, 1.73, 2.07, 1.68, 2.03, 1.48, 2.33, 3.36, 2.56, 2.31, 2.12, 2.4]
    ),
    oil: 0.85,
    decimals: 4
  },
  "NG=F": {
    ...good("Natural Gas", "nymex", 0.55, 140e3, []),
    decimals: 3,
    levels:
      "2014-01-01 4.23, 2014-12 2.89, 2015-12 2.34, 2016-12 3.72, 2017-12 2.95, 2018-11-14 4.84, 2018-12 2.94, 2019-12 2.19, " +
      "2020-06 1.75, 2020-12 2.54, 2021-10-05 6.31, 2021-12 3.73, 2022-08-22 9.68, 2022-12 4.48, 2023-12 2.51, 2024-12 3.63, " +
      "2025-12 3.69, 2026-12 3.9"
  },
  "SI=F": {
    ...good(
      "Silver",
      "comex",
      0.2,
      60e3,
      [19.4, 15.6, 13.8, 15.9, 17.1, 15.5, 17.8, 26.4, 23.3, 23.9, 23.9, 28.9, 70.1, 58]
    ),
    gold: 1.3,
    decimals: 3
  },
  "PL=F": {
    ...good(
      "Platinum",
      "nymex",
      0.18,
      20e3,
      [1372, 1208, 891, 903, 934, 796, 971, 1079, 966, 1073, 1000, 905, 2050, 1900]
    ),
    gold: 0.8,
    decimals: 1
  },
  "PA=F": {
    ...good(
      "Palladium",
      "nymex",
      0.3,
      4e3,
      [718, 798, 562, 683, 1061, 1195, 1909, 2453, 1908, 1788, 1100, 910, 1650, 1500]
    ),
    gold: 0.5,
    decimals: 1
  },
  "HG=F": {
    ...good(
      "Copper",
      "comex",
      0.18,
      75e3,
      [3.39, 2.82, 2.14, 2.5, 3.29, 2.63, 2.8, 3.51, 4.46, 3.81, 3.88, 4, 5.64, 5.5]
    ),
    shares: 0.4,
    decimals: 4
  },
  "ZC=F": grain(
    "Corn Futures",
    0.26,
    [422, 397, 359, 352, 351, 375, 388, 484, 593, 678.5, 471, 458.5, 440, 455]
  ),
  "ZW=F": grain(
    "Chicago SRW Wheat Futures",
    0.3,
    [605, 590, 470, 408, 427, 503, 559, 640.5, 771, 792, 628, 551, 507, 540]
  ),
  "ZS=F": grain(
    "Soybean Futures",
    0.2,
    [1312, 1019, 864, 996, 952, 882, 943, 1311, 1329, 1519, 1293, 998, 1035, 1060]
  ),
  "KC=F": soft(
    "Coffee",
    0.34,
    [110.7, 166.6, 126.7, 137.1, 126.2, 101.9, 129.7, 128.3, 226.1, 167.3, 188.3, 319.8, 348, 290]
  ),
  "SB=F": soft(
    "Sugar #11",
    0.28,
    [16.4, 14.5, 15.2, 19.5, 15.2, 12, 13.4, 15.5, 18.9, 20, 20.6, 19.3, 15, 15.8]
  ),
  "CT=F": soft(
    "Cotton",
    0.25,
    [84.6, 60.3, 63.3, 70.7, 78.6, 72.2, 69, 78.1, 112.6, 83.4, 81, 68.4, 64.3, 67]
  )
};

function good(
  name: string,
  exchange: ExchangeName,
  own: number,
  volume: number,
  ends: readonly number[]
): Good {
  return {name, exchange, currency: "USD", decimals: 2, own, volume, levels: yearEnds(...ends)};
}
function grain(name: string, own: number, ends: readonly number[]): Good {
  return {...good(name, "cbot", own, 120e3, ends), currency: "USX"};
}

function soft(name: string, own: number, ends: readonly number[]): Good {
  return {...good(name, "ice", own, 30e3, ends), currency: "USX"};
}

/** The day on which a barrel was worth less than nothing. */
const NEGATIVE = new Map([[dayOf("2020-04-20"), {open: 17.73, high: 17.85, low: -40.32, close: -37.63}]]);

export function commodities(ground: Ground): Listing[] {
  const {grids, oil, oilChanges, gold, goldChanges, shares} = ground;
  const future = {type: "FUTURE", currency: "USD", decimals: 2} as const;
  return [
    {
      ...future,
      symbol: "CL=F",
      name: "Crude Oil",
      exchange: EXCHANGES.nymex,
      volume: 330e3,
      dailyRange: 0.022,
      levels: onWeekdays(ground, oil),
      exceptions: NEGATIVE
    },
    {
      ...future,
      symbol: "GC=F",
      name: "Gold",
      exchange: EXCHANGES.comex,
      decimals: 1,
      volume: 180e3,
      dailyRange: 0.009,
      levels: onWeekdays(ground, gold)
    },
    ...Object.entries(GOODS).map(([symbol, spec]) => ({
      ...future,
      symbol,
      name: spec.name,
      exchange: EXCHANGES[spec.exchange],
      currency: spec.currency,
      decimals: spec.decimals,
      volume: spec.volume,
      dailyRange: Math.hypot(spec.own, 0.35 * (spec.oil ?? 0), 0.16 * (spec.gold ?? 0)) / 16,
      levels: onWeekdays(ground, () =>
        walk(grids.weekdays, {
          name: symbol,
          anchors: spec.levels,
          volatility: spec.own,
          follows: [
            [oilChanges(), spec.oil ?? 0],
            [goldChanges(), spec.gold ?? 0],
            [shares(), spec.shares ?? 0]
          ]
        })
      )
    }))
  ];
}

const MONTH_CODES = "FGHJKMNQUVXZ";
const HISTORY_DAYS = 730;

/** Contracts of a curve: how the price of a later month differs, as a fraction, by years away and month of delivery. */
const CURVES: Record<
  string,
  {name: string; front: string; exchange: string; slope: (years: number, month: number) => number}
> = {
  CL: {name: "Crude Oil", front: "CL=F", exchange: "NYM", slope: (years) => -0.035 * years},
  NG: {
    name: "Natural Gas",
    front: "NG=F",
    exchange: "NYM",
    slope: (years, month) =>
      Math.min(1, 4 * years) * [0.14, 0.1, -0.02, -0.09, -0.09, -0.05, 0, 0.02, 0, 0.03, 0.08, 0.13][month]
  },
  GC: {name: "Gold", front: "GC=F", exchange: "CMX", slope: (years) => 0.04 * years}
};

/**
 * A future's contract of one month by Yahoo's symbol (`ZQZ26.CBT`, `CLF27.NYM`); undefined when there is no such
 * future, when it expired before a day, or is not listed yet.
 */
export function contract(
  symbol: string,
  ground: Ground,
  fronts: ReadonlyMap<string, Listing>,
  today: number
): Listing | undefined {
  const [, root = "", code = "", year = "", exchange] =
    /^([A-Z]{2})([FGHJKMNQUVXZ])(\d\d)\.([A-Z]{3})$/.exec(symbol) ?? [];
  const month = MONTH_CODES.indexOf(code);
  const [from, to] = [monthStart(2000 + Number(year), month), monthStart(2000 + Number(year), month + 1)];
  const fed = root === "ZQ" && exchange === "CBT";
  const spec = CURVES[root];
  if (!fed && (!spec || spec.exchange !== exchange)) return undefined;
  const last = lastWeekday((fed || root === "GC" ? to : from) - 1);
  if (to <= today || from - today > 1900) return undefined;
  const first = Math.max(FIRST, from - (fed ? HISTORY_DAYS : 2 * HISTORY_DAYS));
  const days = [...ground.grids.weekdays.days].filter((day) => day >= first && day <= last);
  const label = `${spec?.name ?? "30 Day Federal Funds Futures"},${"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[month]}-20${year}`;
  const base = {symbol, name: label, type: "FUTURE", currency: "USD", first, last} as const;
  if (fed) {
    const {expected} = ground.policy();
    const values = () =>
      days.map((day) => 100 - expected(day, from, to)).map((price) => Math.round(price * 400) / 400);
    return {
      ...base,
      exchange: EXCHANGES.cbot,
      decimals: 4,
      volume: 60e3,
      dailyRange: 0.0001,
      levels: () => ({days, values: values()})
    };
  }
  const front = fronts.get(spec.front)!;
  const levels = (): Levels => {
    const near = front.levels();
    const at = new Map(Array.from(near.days, (day, i) => [day, near.values[i]]));
    const values = days.map(
      (day) => at.get(day)! * Math.exp(spec.slope(Math.max(0, from - day - 25) / 365, month))
    );
    return {days, values};
  };
  return {...front, ...base, volume: front.volume / 4, levels, exceptions: new Map()};
}

const monthStart = (year: number, month: number): number => Math.round(Date.UTC(year, month, 1) / 86_400_000);

function lastWeekday(day: number): number {
  while (weekdayOf(day) % 6 === 0) --day;
  return day;
}
