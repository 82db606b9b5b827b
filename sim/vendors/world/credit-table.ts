/** What borrowers pay above the Treasury. */

/** Spreads: title, levels, own volatility, how much they fall when shares rise. */
export const SPREADS: [id: string, title: string, anchors: string, volatility: number, shares: number][] = [
  [
    "BAMLH0A0HYM2",
    "ICE BofA US High Yield Index Option-Adjusted Spread",
    "2014-01-01 3.96, 2014-06-23 3.35, 2014-12 5.04, 2015-12 6.95, 2016-02-11 8.87, 2016-12 4.22, 2018-10-03 3.16, " +
      "2018-12 5.33, 2019-12 3.6, 2020-02-19 3.61, 2020-03-23 10.87, 2020-12 3.86, 2021-12 3.1, 2022-07-05 5.99, 2022-12 4.81, " +
      "2023-12 3.39, 2024-11-12 2.56, 2025-04-07 4.61, 2025-06 2.96, 2025-12 2.85, 2026-12 3.2",
    0.14,
    -3.2
  ],
  [
    "BAMLC0A0CM",
    "ICE BofA US Corporate Index Option-Adjusted Spread",
    "2014-01-01 1.28, 2014-12 1.45, 2016-02-11 2.21, 2016-12 1.29, 2018-02-02 0.9, 2018-12 1.59, 2020-02-19 1.01, " +
      "2020-03-23 4.01, 2020-12 1.03, 2021-12 0.98, 2022-10-12 1.67, 2023-12 1.04, 2024-12 0.82, 2025-04-08 1.21, " +
      "2025-12 0.79, 2026-12 0.86",
    0.1,
    -2.2
  ]
];

/** Rates that follow the 10-year yield at a distance: title, shape, the distance over the years. */
export const AT_A_DISTANCE: [
  id: string,
  title: string,
  anchors: string,
  volatility: number,
  days: "weekdays" | "thursdays"
][] = [
  [
    "DAAA",
    "Moody's Seasoned Aaa Corporate Bond Yield",
    "2014-01-01 1.5, 2016-02 2.1, 2020-03-23 3, 2021-12 1.15, 2024-12 0.75, 2026-12 0.6",
    0.12,
    "weekdays"
  ],
  [
    "DBAA",
    "Moody's Seasoned Baa Corporate Bond Yield",
    "2014-01-01 2.3, 2016-02 3.55, 2018-01 1.7, 2020-03-23 4.2, 2021-12 1.9, 2024-12 1.5, 2026-12 1.4",
    0.15,
    "weekdays"
  ],
  [
    "MORTGAGE30US",
    "30-Year Fixed Rate Mortgage Average in the United States",
    "2014-01-02 1.5, 2018-01 1.6, 2020-04 2.7, 2021-12 1.6, 2022-10 2.8, 2023-12 2.7, 2025-12 2.05, 2026-12 1.9",
    0.3,
    "thursdays"
  ],
  [
    "MORTGAGE15US",
    "15-Year Fixed Rate Mortgage Average in the United States",
    "2014-01-02 0.6, 2018-01 1, 2020-04 2.2, 2021-12 0.85, 2022-10 2, 2023-12 2, 2025-12 1.3, 2026-12 1.15",
    0.3,
    "thursdays"
  ]
];
