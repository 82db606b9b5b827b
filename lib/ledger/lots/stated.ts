import {worth} from "../exposure.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {holdingKey} from "../movements/holding.js";
import {sumAmounts, UNIT, type Amount} from "../../money/amount.js";
import type {Stated} from "./action-booking.js";

/** Returns what the ledger's open positions say of a holding at the end of a day on which something was done to it. */
export const statedOf = oncePerLedger(({positions, corporate_actions}): Stated => {
  const days = new Set(corporate_actions.map(({account, day}) => `${account}/${day}`));
  const rows = Map.groupBy(
    days.size ? positions.filter(({account, day}) => days.has(`${account}/${day}`)) : [],
    (row) => `${row.account}/${row.day}/${holdingKey(row)}`
  );
  const of = (account: string, holding: string, day: string) =>
    rows.get(`${account}/${day}/${holding}`) ?? [];
  return {
    worth(account, holding, day): Amount | null {
      const [row] = of(account, holding, day);
      return row ? worth(row, UNIT, row.markPrice) : null;
    },
    cost(account, holding, day): Amount | null {
      const costs = of(account, holding, day).map(({costBasisMoney}) => costBasisMoney);
      return costs.length && !costs.includes(null) ? sumAmounts(costs as Amount[]) : null; // none is null
    }
  };
});
