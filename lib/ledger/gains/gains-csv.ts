import type {GainRow, GainsView} from "./gains-view.js";

type Cell = (row: GainRow) => string | null;

const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ["account", (row) => row.account],
  ["symbol", (row) => row.symbol],
  ["description", (row) => row.description],
  ["conid", (row) => row.conid],
  ["class", (row) => row.assetCategory],
  ["quantity", (row) => row.quantity],
  ["opened", (row) => row.opened],
  ["held_since", (row) => row.heldSince],
  ["closed", (row) => row.taxDay],
  ["term", (row) => row.term],
  ["currency", (row) => row.currency],
  ["proceeds", (row) => row.proceeds.value],
  ["cost", (row) => row.cost.value],
  ["gain", (row) => row.gain.value],
  ["proceeds_base", (row) => row.proceedsBase.value],
  ["cost_base", (row) => row.costBase.value],
  ["gain_base", (row) => row.gainBase.value],
  ["price_part_base", (row) => row.priceBase.value],
  ["currency_part_base", (row) => row.fxBase.value],
  ["option_premium", (row) => row.premium],
  ["wash_sale_disallowed", (row) => row.washSale],
  ["basis", (row) => row.basis],
  ["chosen_by", (row) => row.by],
  ["opened_by_row", (row) => row.open?.id ?? null],
  ["closed_by_row", (row) => row.close.id],
  ["note", (row) => row.gainBase.reason ?? null]
];

/**
 * Returns the gains as CSV by RFC 4180: comment lines that say how they were made, then a line for each closed part of
 * a lot. An empty cell is not known; the last column says why.
 */
export function gainsCsv({notes, rows, scope, totals}: GainsView): string {
  const sum = ({value, reason}: GainsView["totals"]["all"]["gainBase"]) => value ?? `n/a (${reason ?? ""})`;
  const comments = [
    "realized gains",
    ...notes,
    `short term ${sum(totals.short.gainBase)}, long term ${sum(totals.long.gainBase)}, all ${sum(totals.all.gainBase)} ${scope.currency ?? ""}`.trimEnd()
  ];
  return [
    ...comments.map((line) => `# ${line.replace(/\s+/g, " ")}`),
    COLUMNS.map(([name]) => name).join(","),
    ...rows.map((row) => COLUMNS.map(([, cell]) => quote(cell(row) ?? "")).join(",")),
    ""
  ].join("\r\n");
}

/** A text that a spreadsheet would compute is quoted and kept a text; numbers stay bare. */
function quote(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+@\-\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe.startsWith("#") ? `"${safe.replaceAll('"', '""')}"` : safe;
}
