/** How each share and each currency of the demo behaves. */

import type {ShareName} from "./instruments.js";

/** How a share behaves: its first price, its beta, its own volatility and drift (a year), its decimals. */
export interface Nature {
  name: ShareName;
  price: number;
  beta: number;
  own: number;
  drift?: number;
  decimals?: number;
  dividend?: DividendHabit;
}

export interface DividendHabit {
  /** Business days from one ex-date to the next, and from the last one to the day after the history. */
  every: number;
  phase: number;
  /** Business days from ex-date to payment. */
  lag: number;
  yieldPerYear: number;
  taxRate: string;
  decimals?: number;
}

const quarterly = {every: 63, lag: 12, taxRate: "0.15"};
const halfYearly = {every: 126, lag: 20, decimals: 4};

export const NATURES: Nature[] = [
  {
    name: "total",
    price: 78,
    beta: 1,
    own: 0.02,
    dividend: {...quarterly, phase: 0, yieldPerYear: 0.014, decimals: 4}
  },
  {
    name: "world",
    price: 52,
    beta: 0.95,
    own: 0.06,
    dividend: {...halfYearly, taxRate: "0.15", phase: 60, yieldPerYear: 0.024}
  },
  {
    name: "bond",
    price: 74,
    beta: 0.06,
    own: 0.045,
    dividend: {...quarterly, every: 21, lag: 4, phase: 10, yieldPerYear: 0.038, decimals: 4}
  },
  {
    name: "income",
    price: 61,
    beta: 0.8,
    own: 0.05,
    dividend: {...quarterly, lag: 10, phase: 8, yieldPerYear: 0.033, decimals: 4}
  },
  {
    name: "chips",
    price: 148,
    beta: 1.5,
    own: 0.27,
    drift: 0.12,
    dividend: {...quarterly, phase: 45, yieldPerYear: 0.006, decimals: 4}
  },
  {name: "software", price: 46, beta: 1.25, own: 0.24, drift: 0.05},
  {name: "foods", price: 64, beta: 0.55, own: 0.15, dividend: {...quarterly, phase: 20, yieldPerYear: 0.031}},
  {
    name: "energy",
    price: 47,
    beta: 0.9,
    own: 0.24,
    dividend: {...quarterly, lag: 13, phase: 12, yieldPerYear: 0.042}
  },
  {name: "bank", price: 38, beta: 1.1, own: 0.2, dividend: {...quarterly, phase: 0, yieldPerYear: 0.035}},
  {name: "health", price: 118, beta: 0.7, own: 0.18, dividend: {...quarterly, phase: 5, yieldPerYear: 0.018}},
  {name: "diagnostics", price: 42, beta: 1, own: 0.3},
  {
    name: "logistics",
    price: 83,
    beta: 1.05,
    own: 0.21,
    dividend: {...quarterly, phase: 30, yieldPerYear: 0.022}
  },
  {name: "retail", price: 57, beta: 1.15, own: 0.28, drift: -0.16},
  {name: "paper", price: 33, beta: 0.9, own: 0.2, drift: 0.06},
  {name: "tools", price: 71, beta: 1, own: 0.19, dividend: {...quarterly, phase: 40, yieldPerYear: 0.012}},
  {
    name: "motors",
    price: 66,
    beta: 1.35,
    own: 0.3,
    drift: -0.22,
    dividend: {...quarterly, phase: 25, yieldPerYear: 0.01}
  },
  {
    name: "water",
    price: 6.2,
    beta: 0.45,
    own: 0.16,
    decimals: 4,
    dividend: {...halfYearly, taxRate: "0", phase: 33, yieldPerYear: 0.05}
  },
  {
    name: "mining",
    price: 21.5,
    beta: 1.2,
    own: 0.26,
    decimals: 4,
    dividend: {...halfYearly, taxRate: "0", phase: 75, yieldPerYear: 0.04}
  },
  {
    name: "chemie",
    price: 46,
    beta: 1,
    own: 0.2,
    dividend: {
      ...halfYearly,
      every: 252,
      taxRate: "0.26375",
      phase: 140,
      lag: 3,
      yieldPerYear: 0.034,
      decimals: 2
    }
  },
  {
    name: "luxe",
    price: 310,
    beta: 1.1,
    own: 0.22,
    dividend: {...halfYearly, every: 252, taxRate: "0.25", phase: 95, lag: 3, yieldPerYear: 0.02, decimals: 2}
  },
  {
    name: "robotics",
    price: 3650,
    beta: 1,
    own: 0.24,
    decimals: 0,
    dividend: {...halfYearly, taxRate: "0.15315", phase: 50, lag: 55, yieldPerYear: 0.018, decimals: 0}
  },
  {
    name: "noodles",
    price: 1840,
    beta: 0.5,
    own: 0.15,
    decimals: 0,
    dividend: {...halfYearly, taxRate: "0.15315", phase: 36, lag: 55, yieldPerYear: 0.026, decimals: 0}
  }
];

export const CURRENCIES = [
  {currency: "EUR", first: 1.0862, volatility: 0.07, drift: 0.03, decimals: 5},
  {currency: "GBP", first: 1.2614, volatility: 0.075, drift: 0.02, decimals: 5},
  {currency: "JPY", first: 0.0067112, volatility: 0.09, drift: -0.05, decimals: 7}
];
