import type {Context} from "./context.js";

/** Books what holding and cash cost since the last moment, at its prices and rates (rule 20). */
export function carry(x: Context, days: number): void {
  const {account, bars, bar, costs} = x;
  const {cash} = account;
  if (costs.holding) {
    for (let k = 0; k < bars.length; ++k) {
      const units = account.units[k];
      if (units === 0) continue;
      const cost = costs.holding(units, account.mark[k], bars[k], bar[k], days) * account.rate[k];
      pay(x, bars[k].symbol, cost);
    }
  }
  if (costs.financing) pay(x, null, costs.financing(cash, days));
}

function pay(x: Context, symbol: string | null, cost: number): void {
  if (cost === 0) return;
  if (!Number.isFinite(cost))
    throw new RangeError(`invalid cost of holding ${symbol ?? "cash"}: ${cost}: by the costs`);
  x.account.cash -= cost;
  x.journal.push({kind: "carry", time: x.time, symbol, cash: -cost});
}
