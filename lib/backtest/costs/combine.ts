import type {Costs} from "./costs.js";

/** Some of what trading and holding cost; what it does not name costs nothing. */
export type CostPart = Partial<Costs>;

/**
 * Returns the costs that some parts make together: each part moves the market's price by itself, and the moves add up, so
 * their order does not count; a price never falls below zero. Commissions, costs of holding and of cash add up.
 */
export function combineCosts(...parts: readonly CostPart[]): Costs {
  const [first, ...others] = parts.flatMap(({slipped}) => (slipped ? [slipped] : []));
  const fees = parts.flatMap(({commission}) => (commission ? [commission] : []));
  const holds = parts.flatMap(({holding}) => (holding ? [holding] : []));
  const cashes = parts.flatMap(({financing}) => (financing ? [financing] : []));
  return {
    slipped: (units, price, bars, bar, type) => {
      let moved = first ? first(units, price, bars, bar, type) : price;
      for (const slip of others) moved += slip(units, price, bars, bar, type) - price;
      return Math.max(moved, 0);
    },
    commission: (...fill) => fees.reduce((sum, fee) => sum + fee(...fill), 0),
    ...(holds.length && {
      holding: (...held: Parameters<NonNullable<Costs["holding"]>>) =>
        holds.reduce((sum, hold) => sum + hold(...held), 0)
    }),
    ...(cashes.length && {
      financing: (cash: number, days: number) => cashes.reduce((sum, cost) => sum + cost(cash, days), 0)
    })
  };
}
