import type {OptionRow, OptionsView} from "../../lib/ledger/options/options.js";
import {h} from "../dom.js";
import {formatAmount} from "../format.js";
import {symbolName} from "../labels.js";
import {table, type Column} from "../table.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

/** Returns the open options by expiry: how near, how far in the money, what they would ask for. */
export function optionsCard(watched: Watched<OptionsView>): HTMLElement {
  return viewCard(watched, "Options by expiry", ({expiries, collateralBase, scope: {currency}, notes}) => {
    const rows = expiries.flatMap((expiry) => expiry.rows);
    const [next] = expiries;
    return {
      currency,
      finding: next
        ? `${rows.length} open options in ${expiries.length} expiries, ${next.daysLeft < 0 ? `the first expired ${next.expiry}` : `the next in ${next.daysLeft} days`}; short puts ask for ${formatAmount(collateralBase.value, currency ?? "")}.`
        : "No option is open.",
      definition:
        "Moneyness is the distance of the underlying's price from the strike, positive in the money.",
      constants: notes,
      content: () =>
        rows.length
          ? table(rows, {
              label: "Options by expiry",
              columns: optionColumns(currency),
              order: [{column: "expiry", descending: false}],
              group: "expiry",
              bare: true,
              height: 360
            })
          : h("p", {class: "muted"}, "No option is open.")
    };
  });
}

function optionColumns(currency: string | null): Column<OptionRow>[] {
  const own = {kind: "amount", currency: (row: OptionRow | null) => row?.currency ?? null} as const;
  return [
    {
      key: "symbol",
      label: "Option",
      kind: "text",
      cell: (row) => row.symbol,
      print: symbolName,
      most: 180
    },
    {key: "expiry", label: "Expiry", kind: "day", cell: (row) => row.expiry, groups: true},
    {
      key: "days",
      label: "Days left",
      kind: "number",
      digits: 0,
      cell: (row) => (row.daysLeft < 0 ? {value: null, reason: `expired ${row.expiry}`} : row.daysLeft)
    },
    {key: "quantity", label: "Quantity", kind: "quantity", cell: (row) => row.quantity},
    {
      key: "moneyness",
      label: "In the money",
      kind: "percent",
      digits: 1,
      signed: true,
      cell: (row) => row.moneyness
    },
    {key: "under", label: "Underlying", kind: "price", cell: (row) => row.underlyingPrice},
    {key: "asOf", label: "As of", kind: "day", cell: (row) => row.underlyingAsOf},
    {...own, key: "assignment", label: "At the strike", signed: true, cell: (row) => row.assignment},
    {
      key: "collateral",
      label: "Collateral",
      unit: currency,
      kind: "amount",
      cell: (row) => (row.collateral.value === null ? null : row.collateralBase),
      sum: (row) => row.collateralBase.value ?? "0"
    },
    {
      key: "uncovered",
      label: "Uncovered",
      kind: "quantity",
      cell: (row) => (row.uncovered === "0" ? null : row.uncovered)
    },
    {
      key: "value",
      label: "Value",
      unit: currency,
      kind: "amount",
      signed: true,
      sum: true,
      cell: (row) => row.valueBase
    }
  ];
}
