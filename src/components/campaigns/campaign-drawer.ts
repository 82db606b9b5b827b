import type {Campaign, CampaignLeg} from "../../lib/ledger/campaigns/campaign.js";
import type {TableName} from "../../lib/ledger/tables.js";
import type {Money} from "../../lib/ledger/views.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {figure, shownMoney, shownPercent} from "../figure.js";
import {formatDay, formatPrice} from "../format.js";
import {rawRows} from "../raw-row.js";
import {table, type Column} from "../table.js";
import {tagEditor} from "./tag-editor.js";

/** Opens a campaign: its parts, its legs, its tags and rows. */
export function openCampaign(campaign: Campaign): void {
  const {underlying, structure, account, currency, opened, closed, legs, rows} = campaign;
  const money = (value: Money, signed = true) => figure(shownMoney(value, currency, {signed}));
  const holdings = [...new Set(legs.map(({holding}) => holding))];
  openDrawer(
    h(
      "div",
      null,
      factList([
        ["Options", money(campaign.options)],
        ["Shares and the rest", money(campaign.stock)],
        ["Dividends, net", money(campaign.dividends)],
        ["Costs", money(campaign.fees)],
        ["Gain", money(campaign.gain)],
        ["Net premium", money(campaign.premium)],
        ["Break-even", figure(priceOf(campaign.breakEven))],
        ["Capital", money(campaign.capital, false)],
        ["On capital", figure(shownPercent(campaign.return, {signed: true}))],
        ["A year", figure(shownPercent(campaign.annualized, {signed: true}))],
        ["Days", campaign.days === null ? "began before the statements" : String(campaign.days)],
        ["Rolls, assignments", `${campaign.rolls}, ${campaign.assigned}`]
      ]),
      h("h3", null, "Legs"),
      table(legs, {label: `Legs of ${underlying}`, columns: legColumns(currency), bare: true, height: 280}),
      holdings
        .map((holding) =>
          tagEditor(
            {kind: "position", account, id: holding},
            `Tags of ${legs.find((leg) => leg.holding === holding)?.symbol ?? underlying}`
          )
        )
        .slice(0, MOST_EDITED),
      h("h3", null, `${rows.length} rows`),
      rawRows(rows.slice(0, MOST_ROWS).map((id) => ({label: id, table: tableOf(id), id})))
    ),
    {
      title: `${underlying}, ${structure}`,
      subtitle: `${opened === null ? "before" : formatDay(opened)} to ${closed === null ? "now" : formatDay(closed)} · ${account}`
    }
  );
}

const MOST_EDITED = 6;
const MOST_ROWS = 200;

/** Which table a row is of: its id begins with IBKR's name of the row. */
const TABLES: Readonly<Record<string, TableName>> = {
  Trade: "trades",
  CashTransaction: "cash",
  CorporateAction: "corporate_actions",
  Transfer: "transfers"
};

const tableOf = (id: string): TableName => TABLES[id.slice(0, id.indexOf(":"))] ?? "charges";

function priceOf({value, reason}: Money) {
  return {text: formatPrice(value === null ? null : Number(value).toFixed(4)), reason};
}

function legColumns(currency: string): Column<CampaignLeg>[] {
  return [
    {key: "symbol", label: "Contract", kind: "text", cell: (row) => row.symbol, most: 170},
    {key: "side", label: "Side", kind: "text", cell: (row) => row.side},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {key: "opened", label: "Opened", kind: "day", cell: (row) => row.opened ?? "before"},
    {key: "ended", label: "Ended", kind: "text", cell: (row) => row.ended},
    {key: "closed", label: "On", kind: "day", cell: (row) => row.closed},
    {
      key: "money",
      label: "Money",
      kind: "amount",
      currency: () => currency,
      signed: true,
      cell: (row) => row.money
    }
  ];
}
