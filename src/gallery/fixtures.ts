import type {Measure} from "../lib/ledger/views.js";
import {shortfallOf} from "../lib/orders/shortfall.js";
import type {Figure} from "../lib/returns/figure.js";

/** Fixed data for the gallery: the same on every machine and every day. */

/** A generator of numbers in [0, 1) by Park and Miller (1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function weekdays(from: string, count: number): string[] {
  const days: string[] = [];
  for (let time = Date.parse(from); days.length < count; time += 86_400_000) {
    const date = new Date(time);
    if (date.getUTCDay() % 6) days.push(date.toISOString().slice(0, 10));
  }
  return days;
}

function walk(seed: number, count: number, drift: number, spread: number): number[] {
  const random = numbers(seed);
  const values = [100];
  while (values.length < count)
    values.push(values[values.length - 1] * (1 + drift + spread * (random() + random() - 1)));
  return values;
}

export const days = weekdays("2023-11-20", 784);
export const portfolio = walk(12, days.length, 0.0005, 0.02);
export const benchmark = walk(40, days.length, 0.0004, 0.024);

export const nav = portfolio.map((value, i) => 3050 * value + 90 * i);
export const contributions = days.map((_, i) => 300_000 + 25_000 * Math.floor(i / 196));

export const depth = portfolio.map((value, i) => value / Math.max(...portfolio.slice(0, i + 1)) - 1);

const figure = (value: number | null, reason?: string): Figure => (reason ? {value, reason} : {value});

const random = numbers(7);
const month = () => figure((random() + random() - 0.9) / 12);

export const months = [2023, 2024, 2025, 2026].flatMap((year) =>
  Array.from({length: 12}, (_, i) => ({year, month: i + 1, return: month()})).filter(
    (item) => (year > 2023 || item.month > 10) && (year < 2026 || item.month < 12)
  )
);

export const years = [2023, 2024, 2025, 2026].map((year) => ({
  year,
  partial: year === 2023 || year === 2026,
  return: figure(
    months
      .filter((item) => item.year === year)
      .reduce((growth, item) => growth * (1 + (item.return.value ?? 0)), 1) - 1
  )
}));

export const bridge = {
  start: {name: "19 Nov 2026", amount: "409120.5512"},
  end: {name: "20 Nov 2026", amount: "412875.13"},
  parts: [
    {name: "Price", amount: "3120.4418"},
    {name: "Currency", amount: "-412.07"},
    {name: "Income", amount: "318.22"},
    {name: "Cost", amount: "-21.9"},
    {name: "Deposits and withdrawals", amount: "750"},
    {name: "Other", amount: null, reason: "no rate for JPY on 20 Nov 2026"},
    {name: "Residual", amount: "-0.113"}
  ]
};

export const classes = [
  {name: "Stocks", value: "231400.12", weight: 0.5605},
  {name: "ETFs", value: "158220.9", weight: 0.3832},
  {name: "Bills", value: "39650", weight: 0.096},
  {name: "Cash", value: "-8211.42", weight: -0.0199},
  {name: "Options", value: "-8184.47", weight: -0.0198}
];

export const measures: Measure[] = [
  measure("return", "Return, annualized", "fraction", 0.0934, 0.0871, "time-weighted, a year of 365.25 days"),
  measure(
    "volatility",
    "Volatility",
    "fraction",
    0.1392,
    0.1518,
    "standard deviation of daily returns times the root of 252"
  ),
  measure("sharpe", "Sharpe ratio", "ratio", 0.67, 0.57, "mean excess return over its standard deviation"),
  measure(
    "drawdown",
    "Deepest drawdown",
    "fraction",
    -0.1172,
    -0.1811,
    "lowest value over the peak before it, less one"
  ),
  measure("underwater", "Longest time under water", "days", 141, 203, "days from a peak to the next"),
  {
    ...measure("calmar", "Calmar ratio", "ratio", 0.8, null, "annualized return over the deepest drawdown"),
    benchmark: figure(null, "the benchmark covers less than a year of these days"),
    difference: figure(null, "the benchmark has none")
  }
];

function measure(
  id: string,
  label: string,
  unit: Measure["unit"],
  ours: number,
  theirs: number | null,
  definition: string
): Measure {
  return {
    id,
    label,
    unit,
    definition,
    portfolio: figure(ours),
    benchmark: figure(theirs),
    difference: figure(theirs === null ? null : ours - theirs)
  };
}

export const constants = [
  "risk-free rate 0%",
  "252 days a year",
  "standard deviation with n − 1",
  "target of downside 0%"
];

export interface Holding {
  symbol: string;
  name: string;
  group: string;
  currency: string;
  quantity: string;
  price: string | null;
  value: string | null;
  gain: string | null;
  weight: number | null;
  since: string;
  spark: number[];
}

const CLASSES = ["Stocks", "ETFs", "Options", "Futures"];
const CURRENCIES = ["USD", "EUR", "GBP", "JPY"];

/** Returns invented holdings; every 37th lacks a rate. */
export function holdings(count: number): Holding[] {
  const draw = numbers(99);
  return Array.from({length: count}, (_, i) => {
    const quantity = (draw() < 0.15 ? -1 : 1) * Math.ceil(draw() * 800);
    const price = Math.round(draw() * 40_000) / 100;
    const value = i % 37 === 36 ? null : (quantity * price).toFixed(2);
    return {
      symbol: `${"ABCDEFGHKLMNPRSTVWXZ"[i % 20]}${"AEIOU"[i % 5]}${"LMNRSTX"[i % 7]}${i > 139 ? i : ""}`,
      name: `Invented ${["Metals", "Foods", "Power", "Rail", "Paper", "Optics"][i % 6]} ${["plc", "AG", "Inc", "NV"][i % 4]}`,
      group: CLASSES[i % 11 === 0 ? 2 : i % 17 === 0 ? 3 : i % 2],
      currency: CURRENCIES[i % 9 === 0 ? 1 : i % 7 === 0 ? 2 : i % 13 === 0 ? 3 : 0],
      quantity: i % 10 === 3 ? String(quantity / 8) : String(quantity),
      price: String(price),
      value,
      gain: value && ((draw() - 0.42) * quantity * price * 0.3).toFixed(4),
      weight: value === null ? null : Number(value) / 412_875,
      since: days[Math.floor(draw() * days.length)],
      spark: walk(i + 1, 30, 0.001, 0.03)
    };
  });
}

/** Invented fills of a run against those of its backtest. */
export const shortfall = shortfallOf(
  Array.from({length: 18}, (_, i) => {
    const units = (i % 2 ? -1 : 1) * (80 + 7 * i);
    const price = 50 + Math.sin(i) + Math.sign(units) * 0.015;
    const [decidedAt, mid] = [Date.UTC(2026, 8, 1 + 3 * i), 50 + Math.sin(i) + 0.02 * Math.cos(5 * i)];
    return {
      symbol: "KILO",
      decidedAt,
      time: decidedAt + 86_400_000,
      units,
      price: price + mid - 50 - Math.sin(i),
      commission: 1,
      rate: 1,
      mid
    };
  }),
  Array.from({length: 18}, (_, i) => {
    const [units, decidedAt] = [(i % 2 ? -1 : 1) * (80 + 7 * i), Date.UTC(2026, 8, 1 + 3 * i)];
    return {
      symbol: "KILO",
      decidedAt,
      time: decidedAt + 86_400_000,
      units,
      price: 50 + Math.sin(i),
      commission: 0,
      rate: 1
    };
  })
);
