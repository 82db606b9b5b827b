import type {GainRow} from "../../lib/ledger/gains/gains-view.js";
import type {LotRow} from "../../lib/ledger/lots/lots-view.js";
import type {PositionRow} from "../../lib/ledger/views.js";
import {openDesk} from "../desk.js";
import {h} from "../dom.js";
import {factList} from "../drawer.js";
import {openGain} from "../history/gain-drawer.js";
import {methodQuery, methodSelect, subscribeMethods} from "../history/lot-method.js";
import {rawRows} from "../raw-row.js";
import {table, type Column} from "../table.js";

/** Returns a position's open lots and what was closed of it, by the account's method, which is chosen here. */
export function positionLots(row: PositionRow, currency: string | null): HTMLElement {
  const body = h("div", {role: "status"}, "…");
  const choice = h("div", {class: "gains-bar"});
  const show = () => {
    choice.replaceChildren(h("label", null, h("span", null, "Lots"), methodSelect([row.account])));
    void fill(body, row, currency);
  };
  show();
  const end = subscribeMethods(() => (body.isConnected ? show() : end()));
  return h("div", null, choice, body);
}

async function fill(body: HTMLElement, row: PositionRow, currency: string | null): Promise<void> {
  const {conid, account, symbol} = row;
  const query = {
    ...methodQuery(),
    accounts: [account],
    ...(conid && {conid}),
    ...(currency && {currency})
  };
  try {
    const desk = await openDesk();
    const {rows: open, problems} = await desk.view("lots", query);
    const own = open.filter((lot) => conid !== null || lot.symbol === symbol);
    const years = (await desk.view("gains", query)).years;
    const views = await Promise.all(years.map((year) => desk.view("gains", {...query, year})));
    const closed = views.flatMap(({rows}) => rows.filter((gain) => conid !== null || gain.symbol === symbol));
    const source = h("div");
    body.replaceChildren(
      h("h3", null, "Open lots"),
      own.length
        ? table(own, {
            label: `Open lots of ${symbol}`,
            columns: lotColumns(),
            bare: true,
            height: 240,
            onOpen: (lot) =>
              source.replaceChildren(h("h4", null, `Lot of ${lot.opened ?? "no known day"}`), lotFacts(lot))
          })
        : h("p", {class: "muted"}, "No statement tells of a lot of it."),
      source,
      ...problems.map(({day, sentence}) => h("p", {class: "muted"}, `${day}: ${sentence}`)),
      h("h3", null, "Closed"),
      closed.length
        ? table(closed, {
            label: `Closed lots of ${symbol}`,
            columns: gainColumns(currency),
            order: [{column: "closed", descending: true}],
            bare: true,
            height: 240,
            onOpen: (gain) => openGain(gain, currency)
          })
        : h("p", {class: "muted"}, "Nothing of it was closed.")
    );
  } catch (error) {
    body.replaceChildren(`the lots did not come: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lotFacts({heldSince, basis, source, path}: LotRow): HTMLElement {
  return h(
    "div",
    null,
    factList([
      ["Held since", heldSince ?? "not known"],
      ["Cost from", basis]
    ]),
    rawRows([{label: "Opened by", ...source}, ...path.map((ref) => ({label: "Came through", ...ref}))])
  );
}

function lotColumns(): Column<LotRow>[] {
  const own = {kind: "amount", currency: (row: LotRow | null) => row?.currency ?? null} as const;
  return [
    {key: "opened", label: "Opened", kind: "day", cell: (row) => row.opened},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity, sum: true},
    {...own, key: "cost", label: "Cost", cell: (row) => row.cost},
    {...own, key: "unrealized", label: "Gain", cell: (row) => row.unrealized, signed: true},
    {key: "term", label: "Term", kind: "text", cell: (row) => row.term ?? ""}
  ];
}

function gainColumns(currency: string | null): Column<GainRow>[] {
  return [
    {key: "closed", label: "Closed", kind: "day", cell: (row) => row.taxDay},
    {key: "opened", label: "Opened", kind: "day", cell: (row) => row.opened},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {
      key: "gain",
      label: "Gain",
      unit: currency,
      kind: "amount",
      signed: true,
      cell: (row) => row.gainBase
    },
    {key: "term", label: "Term", kind: "text", cell: (row) => row.term ?? ""}
  ];
}
