import type {ActivityRow, ActivityView} from "../../lib/ledger/views.js";
import {tagEditor} from "../campaigns/tag-editor.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {symbolColumn} from "../common-columns.js";
import {bookingName, symbolName} from "../labels.js";
import {rawRows} from "../raw-row.js";
import {rowFacts, table, type Column} from "../table.js";
import {waitingTable} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const ABOVE = 204;
const LEAST = 320;
/** Up to this width the types are folded away at first. */
const NARROW = 640;

/** Types that are out of sight, kept while the page is open. */
const off = new Set<string>();

/** Returns all that was booked in the range, by type where wanted; a row opens its fields. */
export function activityTable(
  watched: Watched<ActivityView>,
  {symbol = ""}: {symbol?: string} = {}
): HTMLElement {
  if (watched.kind !== "ready") return waitingTable(watched, "history");
  const {rows, types, scope} = watched.view;
  const columns = activityColumns(scope.currency);
  const node = h("div");
  const draw = () =>
    node.replaceChildren(
      table(
        rows.filter(({type}) => !off.has(type)),
        {
          id: "activity",
          label: "History",
          columns,
          filter: symbol,
          height: Math.max(LEAST, innerHeight - ABOVE),
          onOpen: (row) =>
            openDrawer(
              h(
                "div",
                null,
                factList(
                  rowFacts(
                    row,
                    columns.filter(({key}) => key !== "what")
                  )
                ),
                h("h3", null, "The row it comes from"),
                rawRows([{label: "As IBKR printed it", table: row.table, id: row.id}]),
                row.table === "trades" && tagEditor({kind: "trade", account: row.account, id: row.id})
              ),
              {
                title: bookingName(row.type),
                subtitle: `${row.day} · ${symbolName(row.symbol) || row.account}`
              }
            )
        }
      )
    );
  draw();
  return h("div", null, chips(types, draw), node);
}

/** A button for each type; a double click, or Enter with shift, leaves only that one. */
function chips(types: ActivityView["types"], draw: () => void): HTMLElement {
  const update = () => {
    for (const [i, {type}] of types.entries())
      buttons[i].setAttribute("aria-pressed", String(!off.has(type)));
    draw();
  };
  const only = (type: string) => {
    for (const other of types) off.add(other.type);
    off.delete(type);
    update();
  };
  const buttons = types.map(({type, count}) =>
    h(
      "button",
      {
        type: "button",
        "data-tip": "click: in or out of sight; double click: only this",
        onclick: (event: MouseEvent) => {
          if (event.shiftKey) return only(type);
          if (!off.delete(type)) off.add(type);
          update();
        },
        ondblclick: () => only(type)
      },
      bookingName(type),
      h("small", null, String(count))
    )
  );
  for (const [i, {type}] of types.entries()) buttons[i].setAttribute("aria-pressed", String(!off.has(type)));
  const all = h(
    "button",
    {type: "button", class: "link-button", onclick: () => (off.clear(), update())},
    "All"
  );
  return h(
    "details",
    {class: "type-chips", open: innerWidth > NARROW},
    h("summary", null, "Types"),
    h("div", {role: "group", "aria-label": "Types"}, buttons, all)
  );
}

function activityColumns(currency: string | null): Column<ActivityRow>[] {
  return [
    {key: "day", label: "Day", kind: "day", cell: (row) => row.day, narrow: true},
    {key: "type", label: "Type", kind: "text", cell: (row) => bookingName(row.type), groups: true},
    {...symbolColumn(), groups: true},
    {
      key: "what",
      label: "What",
      kind: "text",
      most: 140,
      cell: ({symbol, type}) => `${symbolName(symbol)} ${bookingName(type)}`.trim(),
      hidden: true,
      narrow: true
    },
    {key: "description", label: "Description", kind: "text", most: 180, cell: (row) => row.description},
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {key: "price", label: "Price", kind: "price", cell: (row) => row.price},
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true},
    {
      key: "amount",
      label: "Amount",
      narrow: true,
      kind: "amount",
      currency: (row) => row?.currency ?? null,
      signed: true,
      cell: (row) => row.amount
    },
    {
      key: "base",
      label: "Amount",
      unit: currency,
      kind: "amount",
      signed: true,
      cell: (row) => (row.amount === null ? null : row.amountBase),
      sum: (row) => (row.amount === null ? "0" : row.amountBase.value)
    },
    {
      key: "balance",
      label: "Cash after",
      kind: "amount",
      currency: (row) => row?.currency ?? null,
      cell: (row) => row.balance
    },
    {
      key: "realized",
      label: "Realized",
      kind: "amount",
      currency: (row) => row?.currency ?? null,
      signed: true,
      cell: (row) => row.realized
    },
    {key: "notes", label: "Codes", kind: "text", cell: (row) => row.notes},
    {key: "account", label: "Account", kind: "text", cell: (row) => row.account, groups: true}
  ];
}
