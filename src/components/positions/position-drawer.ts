import type {PositionRow, TradeRow} from "../../lib/ledger/views.js";
import {tagEditor} from "../campaigns/tag-editor.js";
import {openDesk} from "../desk.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {formatNumber, formatPrice} from "../format.js";
import {className, symbolName} from "../labels.js";
import {lineChart} from "../line-chart.js";
import {rowFacts, table, type Column} from "../table.js";
import {tabs} from "../tabs.js";
import {getView} from "../view-state.js";
import {CLOSES_NEEDED} from "./columns.js";
import {liveFacts} from "./live-facts.js";
import {positionLots} from "./position-lots.js";

const CHART_WIDTH = 476;
const MOST_TRADES = 500;
/** The same figures once more where the position is in the currency of the page. */
const OWN = new Set(["valueOwn", "costOwn", "unrealizedOwn"]);
const IN_TITLE = new Set(["symbol", "description", "spark", "class", "account"]);

/** Opens a position: its figures, its last prices, its trades, its lots. */
export function openPosition(
  row: PositionRow,
  columns: readonly Column<PositionRow>[],
  currency: string | null
): void {
  const part = h("div");
  const show = (which: "trades" | "lots") => {
    if (which === "lots") return part.replaceChildren(positionLots(row, currency));
    const trades = h("div", {role: "status"}, "…");
    part.replaceChildren(trades);
    void fillTrades(trades, row);
  };
  show("trades");
  const {spark, description, assetCategory, account} = row;
  openDrawer(
    h(
      "div",
      null,
      factList(
        rowFacts(
          row,
          columns.filter(
            ({key, moves}) => !moves && !IN_TITLE.has(key) && (row.currency !== currency || !OWN.has(key))
          )
        )
      ),
      liveFacts(row),
      spark.length >= CLOSES_NEEDED && h("h3", null, "Last prices"),
      spark.length >= CLOSES_NEEDED && prices(row),
      h(
        "div",
        {class: "gains-bar"},
        tabs(
          [
            ["trades", "Trades"],
            ["lots", "Lots and gains"]
          ],
          {label: `More of ${row.symbol}`, chosen: "trades", onChoose: show}
        )
      ),
      part,
      row.conid !== null && tagEditor({kind: "position", account, id: row.conid})
    ),
    {title: symbolName(row.symbol), subtitle: [description, className(assetCategory), account].join(" · ")}
  );
}

function prices({spark, currency}: PositionRow): HTMLElement {
  const print = (value: number) => formatPrice(String(value));
  return lineChart(
    {
      days: spark.map(([day]) => day),
      series: [{name: "Price", values: spark.map(([, close]) => close), color: "var(--portfolio)"}]
    },
    {
      width: Math.min(CHART_WIDTH, innerWidth - 40),
      height: 160,
      label: "Price",
      unit: currency,
      print,
      tick: (value) => formatNumber(value)
    }
  );
}

async function fillTrades(node: HTMLElement, {symbol, conid, account}: PositionRow): Promise<void> {
  try {
    const desk = await openDesk();
    const {accounts} = getView();
    const {rows} = await desk.view("trades", {
      accounts: accounts.length ? accounts : [account],
      range: "ALL",
      size: MOST_TRADES,
      ...(conid ? {conid} : {symbol})
    });
    node.replaceChildren(
      rows.length
        ? table(rows, {label: `Trades of ${symbol}`, columns: TRADE_COLUMNS, bare: true, height: 300})
        : h(
            "p",
            {class: "muted"},
            "No statement has a trade of it: it was held or transferred in before the first one."
          )
    );
  } catch (error) {
    node.replaceChildren(
      `the trades did not come: ${error instanceof Error ? error.message : String(error)}`
    );
  }
}

const TRADE_COLUMNS: Column<TradeRow>[] = [
  {key: "day", label: "Day", kind: "day", cell: (row) => row.day},
  {key: "side", label: "Side", kind: "text", cell: (row) => row.buySell},
  {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
  {key: "price", label: "Price", kind: "price", cell: (row) => row.price},
  {
    key: "realized",
    label: "Realized",
    kind: "amount",
    signed: true,
    currency: (row) => row?.currency ?? null,
    cell: (row) => row.realized
  },
  {
    key: "commission",
    label: "Commission",
    kind: "amount",
    currency: (row) => row?.commissionCurrency ?? null,
    cell: (row) => row.commission
  },
  {key: "notes", label: "Codes", kind: "text", cell: (row) => row.notes}
];
