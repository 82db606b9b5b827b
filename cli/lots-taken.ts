import type {LotsTaken} from "../bridge/execution/preview.js";
import type {Trading} from "../bridge/execution/trading.js";
import type {Figures} from "../bridge/services.js";
import type {LotsView} from "../lib/ledger/lots/lots-view.js";
import {closingLots, lotsOfFills, type OpenLot} from "../lib/orders/closing-lots.js";
import {dayAt} from "../lib/time/calendar.js";

interface LotsTakenOptions {
  figures: Figures;
  trading: () => Pick<Trading, "fills" | "broker" | "begun">;
  /** Units of what is delivered for one contract. */
  multiplierOf: (conId: number) => number;
  now: () => number;
}

/**
 * Returns what tells the lots that a closing order takes: of an account at IBKR those of its statements, by the method of
 * the page Gains; of the paper account those of its fills, first in, first out.
 */
export function lotsTakenBy({figures, trading, multiplierOf, now}: LotsTakenOptions): LotsTaken {
  return async ({account, conId, units, price}) => {
    const multiplier = multiplierOf(conId);
    const lots =
      trading().broker.kind === "paper"
        ? paperLots(trading(), {account, conId, multiplier})
        : await statementLots(figures, {account, conId});
    return closingLots(lots, {units, price, multiplier, day: dayAt(new Date(now()))});
  };
}

function paperLots(
  {fills, begun}: Pick<Trading, "fills" | "begun">,
  {account, conId, multiplier}: {account: string; conId: number; multiplier: number}
): OpenLot[] {
  const since = begun(account) ?? -Infinity;
  const own = fills({limit: Infinity}).filter(
    (fill) => fill.account === account && fill.conId === conId && fill.time > since
  );
  return lotsOfFills(own.reverse(), {multiplier, dayOf: (time) => dayAt(new Date(time))});
}

async function statementLots(
  figures: Figures,
  {account, conId}: {account: string; conId: number}
): Promise<OpenLot[]> {
  const text = await figures.view("lots", {accounts: [account], conid: String(conId)});
  const {rows} = JSON.parse(text) as LotsView; // what the view is
  return rows.map(({opened, quantity, cost}) => ({
    opened,
    units: Number(quantity),
    cost: cost.value === null ? null : Number(cost.value)
  }));
}
