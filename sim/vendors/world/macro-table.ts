/** Figures of statistical offices and others, with their levels in known periods. */

import type {Shape} from "./published.js";

export interface Figure {
  title: string;
  shape: Shape;
  grid: "months" | "quarters" | "saturdays" | "fridays";
  volatility: number;
  scale?: "level";
  drift?: number;
  stays?: number;
  anchors: string;
  missing?: readonly string[];
}

const monthly = (units: string, unitsShort: string, decimals: number, lagDays: number): Shape => ({
  units,
  unitsShort,
  often: "M",
  decimals,
  lagDays,
  adjusted: true
});
const PRICES_LAG = 43;
const PERCENT_A_MONTH = monthly("Percent", "%", 1, 35);
const claims: Shape = {...monthly("Number", "Number", 0, 5), often: "WS"};
/** The month that was not counted, since the government was shut. */
const NOT_COUNTED = ["2025-10-01"];

export const FIGURES: Record<string, Figure> = {
  CPIAUCSL: prices(
    "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average",
    "Index 1982-1984=100",
    "2014-01-01 235.288, 2015-01-01 234.747, 2016-01-01 237.652, 2017-01-01 243.618, 2018-01-01 248.859, 2019-01-01 252.561, " +
      "2020-02-01 259.246, 2020-05-01 255.848, 2021-01-01 262.639, 2022-01-01 282.39, 2022-06-01 294.977, 2023-01-01 300.456, " +
      "2024-01-01 309.794, 2025-01-01 319.086, 2025-09-01 324.368, 2026-01-01 326.6, 2026-12-01 336.4",
    NOT_COUNTED
  ),
  CPILFESL: prices(
    "Consumer Price Index for All Urban Consumers: All Items Less Food and Energy in U.S. City Average",
    "Index 1982-1984=100",
    "2014-01-01 235.961, 2015-01-01 239.811, 2016-01-01 245.036, 2017-01-01 250.519, 2018-01-01 255.102, 2019-01-01 260.65, " +
      "2020-02-01 267.17, 2020-05-01 265.8, 2021-01-01 269.2, 2022-01-01 285.37, 2023-01-01 301.2, 2024-01-01 312.9, " +
      "2025-01-01 323.02, 2025-09-01 329.4, 2026-01-01 331.8, 2026-12-01 341.2",
    NOT_COUNTED
  ),
  PCEPI: prices(
    "Personal Consumption Expenditures: Chain-type Price Index",
    "Index 2017=100",
    "2014-01-01 96.9, 2015-01-01 97.05, 2016-01-01 97.9, 2017-01-01 99.4, 2018-01-01 101.3, 2019-01-01 102.8, " +
      "2020-02-01 104.9, 2020-04-01 103.8, 2021-01-01 106.7, 2022-01-01 113.5, 2023-01-01 119.6, 2024-01-01 122.6, " +
      "2025-01-01 125.7, 2026-01-01 129.2, 2026-12-01 132.6",
    [],
    59
  ),
  PCEPILFE: prices(
    "Personal Consumption Expenditures Excluding Food and Energy (Chain-Type Price Index)",
    "Index 2017=100",
    "2014-01-01 95.6, 2015-01-01 96.8, 2016-01-01 98.1, 2017-01-01 99.5, 2018-01-01 101.2, 2019-01-01 103, 2020-02-01 105, " +
      "2020-04-01 104.4, 2021-01-01 106.9, 2022-01-01 112.6, 2023-01-01 118.1, 2024-01-01 121.7, 2025-01-01 125.1, " +
      "2026-01-01 128.8, 2026-12-01 132.2",
    [],
    59
  ),
  PPIACO: {
    ...prices(
      "Producer Price Index by Commodity: All Commodities",
      "Index 1982=100",
      "2014-01-01 203.8, 2015-01-01 192, 2016-02-01 181.3, 2017-01-01 190.7, 2018-10-01 204.6, 2019-01-01 199.1, 2020-04-01 185.5, " +
        "2021-01-01 204.6, 2022-06-01 280.3, 2023-01-01 260.2, 2024-01-01 251.3, 2025-01-01 257.6, 2026-01-01 262, 2026-12-01 269"
    ),
    volatility: 0.015
  },
  UNRATE: {
    title: "Unemployment Rate",
    shape: PERCENT_A_MONTH,
    grid: "months",
    volatility: 0.2,
    scale: "level",
    stays: 0.6,
    anchors:
      "2014-01-01 6.6, 2015-01-01 5.7, 2016-01-01 4.8, 2017-01-01 4.7, 2018-01-01 4, 2019-01-01 4, 2020-02-01 3.5, " +
      "2020-03-01 4.4, 2020-04-01 14.8, 2020-06-01 11, 2020-12-01 6.7, 2021-12-01 3.9, 2022-12-01 3.5, 2023-04-01 3.4, " +
      "2023-12-01 3.8, 2024-07-01 4.2, 2024-12-01 4.1, 2025-09-01 4.4, 2025-11-01 4.5, 2026-04-01 4.3, 2026-12-01 4.4",
    missing: NOT_COUNTED
  },
  PAYEMS: {
    title: "All Employees, Total Nonfarm",
    shape: monthly("Thousands of Persons", "Thous. of Persons", 0, 35),
    grid: "months",
    volatility: 0.0013,
    stays: 0.7,
    anchors:
      "2014-01-01 137539, 2015-01-01 140562, 2016-01-01 143204, 2017-01-01 145616, 2018-01-01 147767, 2019-01-01 150014, " +
      "2020-02-01 152309, 2020-03-01 150895, 2020-04-01 130430, 2020-06-01 137840, 2020-12-01 142500, 2021-12-01 149240, " +
      "2022-12-01 153900, 2023-12-01 157000, 2024-12-01 158500, 2025-12-01 159520, 2026-12-01 160300"
  },
  CES0500000003: {
    title: "Average Hourly Earnings of All Employees, Total Private",
    shape: monthly("Dollars per Hour", "$ per Hour", 2, 35),
    grid: "months",
    volatility: 0.002,
    stays: 0.5,
    anchors:
      "2014-01-01 24.23, 2016-01-01 25.38, 2018-01-01 26.71, 2020-02-01 28.52, 2020-04-01 30.07, 2021-01-01 29.93, " +
      "2022-01-01 31.58, 2023-01-01 33.02, 2024-01-01 34.52, 2025-01-01 35.87, 2026-01-01 37.2, 2026-12-01 38.5"
  },
  JTSJOL: {
    title: "Job Openings: Total Nonfarm",
    shape: monthly("Level in Thousands", "Level in Thous.", 0, 63),
    grid: "months",
    volatility: 0.1,
    stays: 0.4,
    anchors:
      "2014-01-01 3989, 2016-01-01 5800, 2018-11-01 7600, 2020-02-01 7010, 2020-04-01 4700, 2021-01-01 7100, 2022-03-01 12134, " +
      "2023-01-01 10500, 2024-01-01 8700, 2025-01-01 7700, 2026-01-01 7200, 2026-12-01 7000"
  },
  ICSA: {
    title: "Initial Claims",
    shape: claims,
    grid: "saturdays",
    volatility: 0.2,
    stays: 0.5,
    anchors:
      "2014-01-04 332000, 2015-12-26 272000, 2017-12-30 245000, 2019-12-28 222000, 2020-03-07 212000, 2020-03-14 282000, " +
      "2020-03-21 2914000, 2020-03-28 5946000, 2020-04-04 6137000, 2020-05-02 2784000, 2020-06-27 1436000, 2020-12-26 803000, " +
      "2021-06-26 392000, 2021-12-25 205000, 2022-09-24 192000, 2023-06-17 250000, 2023-12-30 206000, 2024-12-28 218000, " +
      "2025-12-27 215000, 2026-12-26 224000"
  },
  CCSA: {
    title: "Continued Claims (Insured Unemployment)",
    shape: {...claims, lagDays: 12},
    grid: "saturdays",
    volatility: 0.04,
    stays: 0.7,
    anchors:
      "2014-01-04 3000000, 2016-01-02 2200000, 2018-01-06 1900000, 2020-02-29 1700000, 2020-03-28 7446000, 2020-05-09 23128000, " +
      "2020-12-26 5400000, 2021-12-25 1700000, 2022-05-28 1310000, 2023-12-30 1850000, 2025-01-04 1870000, 2025-12-27 1920000, " +
      "2026-12-26 1890000"
  },
  INDPRO: {
    title: "Industrial Production: Total Index",
    shape: monthly("Index 2017=100", "Index 2017=100", 4, 46),
    grid: "months",
    volatility: 0.012,
    stays: 0.7,
    anchors:
      "2014-01-01 99.6, 2014-11-01 103.4, 2016-01-01 99.3, 2018-09-01 104, 2020-02-01 101.5, 2020-04-01 84.7, 2020-12-01 98.4, " +
      "2021-12-01 101.8, 2022-09-01 103.6, 2023-12-01 102.2, 2025-01-01 103.2, 2025-12-01 101.6, 2026-12-01 103"
  },
  TCU: {
    title: "Capacity Utilization: Total Index",
    shape: monthly("Percent of Capacity", "% of Capacity", 4, 46),
    grid: "months",
    volatility: 0.8,
    scale: "level",
    stays: 0.7,
    anchors:
      "2014-01-01 78, 2014-11-01 79.8, 2016-01-01 75.7, 2018-09-01 79.9, 2020-02-01 76.4, 2020-04-01 63.7, 2021-12-01 78.9, " +
      "2022-09-01 80.6, 2023-12-01 78.6, 2025-01-01 77.7, 2025-12-01 75.9, 2026-12-01 76.2"
  },
  RSAFS: {
    title: "Advance Retail Sales: Retail Trade and Food Services",
    shape: monthly("Millions of Dollars", "Mil. of $", 0, 45),
    grid: "months",
    volatility: 0.02,
    stays: 0.4,
    anchors:
      "2014-01-01 427000, 2016-01-01 446000, 2018-01-01 490000, 2020-02-01 527000, 2020-04-01 411000, 2020-06-01 528000, " +
      "2021-01-01 565000, 2021-03-01 620000, 2022-01-01 652000, 2023-01-01 690000, 2024-01-01 700000, 2025-01-01 723000, " +
      "2026-01-01 737000, 2026-12-01 762000"
  },
  HOUST: {
    title: "New Privately-Owned Housing Units Started: Total Units",
    shape: monthly("Thousands of Units", "Thous. of Units", 0, 48),
    grid: "months",
    volatility: 0.16,
    stays: 0.4,
    anchors:
      "2014-01-01 900, 2016-01-01 1110, 2018-01-01 1310, 2019-12-01 1550, 2020-04-01 938, 2020-12-01 1650, 2022-04-01 1790, " +
      "2023-01-01 1350, 2024-02-01 1500, 2025-01-01 1370, 2025-12-01 1320, 2026-12-01 1340"
  },
  PERMIT: {
    title: "New Privately-Owned Housing Units Authorized in Permit-Issuing Places: Total Units",
    shape: monthly("Thousands of Units", "Thous. of Units", 0, 48),
    grid: "months",
    volatility: 0.08,
    stays: 0.5,
    anchors:
      "2014-01-01 1000, 2016-01-01 1190, 2018-01-01 1360, 2019-12-01 1460, 2020-04-01 1060, 2021-01-01 1880, 2022-01-01 1860, " +
      "2023-01-01 1350, 2024-01-01 1490, 2025-01-01 1460, 2026-01-01 1400, 2026-12-01 1390"
  },
  UMCSENT: {
    title: "University of Michigan: Consumer Sentiment",
    shape: {...monthly("Index 1966:Q1=100", "Index 1966:Q1=100", 1, 56), adjusted: false},
    grid: "months",
    volatility: 0.12,
    stays: 0.5,
    anchors:
      "2014-01-01 81.2, 2015-01-01 98.1, 2016-06-01 93.5, 2018-03-01 101.4, 2020-02-01 101, 2020-04-01 71.8, 2021-04-01 88.3, " +
      "2022-06-01 50, 2023-07-01 71.5, 2024-03-01 79.4, 2025-04-01 52.2, 2025-07-01 61.7, 2025-11-01 51, 2026-12-01 56"
  },
  MICH: {
    title: "University of Michigan: Inflation Expectation",
    shape: {...PERCENT_A_MONTH, lagDays: 56, adjusted: false},
    grid: "months",
    volatility: 0.7,
    scale: "level",
    stays: 0.5,
    anchors:
      "2014-01-01 3.1, 2015-12-01 2.6, 2018-12-01 2.7, 2020-03-01 2.2, 2021-11-01 4.9, 2022-03-01 5.4, 2023-06-01 3.3, " +
      "2024-12-01 2.8, 2025-05-01 6.6, 2025-12-01 4.2, 2026-12-01 4"
  },
  M2SL: {
    title: "M2",
    shape: monthly("Billions of Dollars", "Bil. of $", 1, 55),
    grid: "months",
    volatility: 0.004,
    stays: 0.7,
    anchors:
      "2014-01-01 11059, 2015-01-01 11745, 2016-01-01 12470, 2017-01-01 13280, 2018-01-01 13865, 2019-01-01 14433, " +
      "2020-02-01 15447, 2020-06-01 18160, 2021-01-01 19394, 2022-03-01 21749, 2023-04-01 20700, 2024-01-01 20780, " +
      "2025-01-01 21560, 2026-01-01 22440, 2026-12-01 23300"
  },
  GDP: {
    title: "Gross Domestic Product",
    shape: {...monthly("Billions of Dollars", "Bil. of $", 3, 120), often: "Q"},
    grid: "quarters",
    volatility: 0.004,
    stays: 0.5,
    anchors:
      "2014-01-01 17197, 2015-01-01 18064, 2016-01-01 18526, 2017-01-01 19282, 2018-01-01 20304, 2019-01-01 21115, 2020-01-01 21727, " +
      "2020-04-01 19935, 2020-07-01 21684, 2021-01-01 22657, 2022-01-01 25029, 2023-01-01 27164, 2024-01-01 28624, " +
      "2025-01-01 30042, 2025-07-01 31095, 2026-10-01 33100"
  },
  GDPC1: {
    title: "Real Gross Domestic Product",
    shape: {...monthly("Billions of Chained 2017 Dollars", "Bil. of Chn. 2017 $", 3, 120), often: "Q"},
    grid: "quarters",
    volatility: 0.003,
    stays: 0.5,
    anchors:
      "2014-01-01 17954, 2015-01-01 18666, 2016-01-01 19002, 2017-01-01 19398, 2018-01-01 20044, 2019-01-01 20431, 2019-10-01 20951, " +
      "2020-01-01 20665, 2020-04-01 19034, 2020-07-01 20511, 2021-01-01 21082, 2022-01-01 21903, 2023-01-01 22403, " +
      "2024-01-01 23053, 2025-01-01 23548, 2025-07-01 24024, 2026-10-01 24620"
  },
  NFCI: {
    title: "Chicago Fed National Financial Conditions Index",
    shape: {units: "Index", unitsShort: "Index", often: "WF", decimals: 5, lagDays: 5},
    grid: "fridays",
    volatility: 0.15,
    scale: "level",
    stays: 0.9,
    anchors:
      "2014-01-03 -0.75, 2016-02-12 -0.35, 2018-01-05 -0.85, 2018-12-28 -0.45, 2020-02-21 -0.7, 2020-04-03 0.25, 2020-08-28 -0.5, " +
      "2021-06-25 -0.72, 2022-10-14 -0.2, 2023-03-24 -0.18, 2023-12-29 -0.45, 2024-12-27 -0.58, 2025-04-11 -0.35, " +
      "2025-12-26 -0.54, 2026-12-25 -0.5"
  }
};

function prices(
  title: string,
  units: string,
  anchors: string,
  missing: readonly string[] = [],
  lagDays = PRICES_LAG
): Figure {
  return {
    title,
    shape: monthly(units, units, 3, lagDays),
    grid: "months",
    volatility: 0.003,
    stays: 0.6,
    drift: 0.025,
    anchors,
    missing
  };
}
