import type {PositionRow} from "../../lib/ledger/views.js";
import type {LivePosition, LiveQuote} from "../../lib/live/figures.js";
import {convert} from "../../lib/live/nav.js";
import {h} from "../dom.js";
import {NOT_AVAILABLE, direction, formatAmount, formatNumber, formatPrice} from "../format.js";
import {liveRows} from "../live/channels.js";
import {quoteBadge} from "../live/live-badge.js";
import {liveNode, type Place} from "../live/live-node.js";
import type {Column} from "../table.js";

const NOT_LIVE = "the broker does not tell of this position";
const NO_RATE = "the broker told no rate of this currency";

/** Returns the live columns of positions: what the broker tells now, each in its own place beside the statement's figures. */
export function liveColumns(currency: string | null): Column<PositionRow>[] {
  const inPage = (pick: (position: LivePosition) => number | null) => (row: PositionRow) =>
    amountIn(row, currency, pick);
  return [
    moving({
      key: "livePrice",
      label: "Live price",
      width: 92,
      value: (row) => livePrice(row),
      print: (value) => formatPrice(value.toFixed(6)),
      aside: (row) => quoteOf(row)?.kind !== "live"
    }),
    {
      key: "liveKind",
      label: "Quote",
      kind: "text",
      hidden: true,
      moves: true,
      cell: (row) => quoteOf(row)?.kind ?? "",
      draw: (row) =>
        liveNode(placesOf(row), () => quoteBadge(quoteOf(row)), {className: "live-kind", ages: true}),
      drawn: 116
    },
    moving({
      key: "liveValue",
      label: "Live value",
      width: 100,
      secret: true,
      value: inPage(({value}) => value),
      print: (value) => formatAmount(value.toFixed(2), currency ?? ""),
      hidden: true
    }),
    moving({
      key: "liveDay",
      label: "Live day",
      width: 92,
      signed: true,
      secret: true,
      value: inPage(({daily}) => daily),
      print: (value) => formatAmount(value.toFixed(2), currency ?? "", {signed: true})
    }),
    moving({
      key: "liveUnrealized",
      label: "Live unrealized",
      width: 116,
      signed: true,
      secret: true,
      value: inPage(({unrealized}) => unrealized),
      print: (value) => formatAmount(value.toFixed(2), currency ?? "", {signed: true}),
      hidden: true
    }),
    ...(["bid", "ask"] as const).map((side) =>
      moving({
        key: `live-${side}`,
        label: side === "bid" ? "Bid" : "Ask",
        width: 84,
        value: (row) => quoteOf(row)?.[side] ?? null,
        print: (value) => formatPrice(value.toFixed(6)),
        hidden: true
      })
    ),
    ...GREEKS.map(([name, label, digits]) =>
      moving({
        key: `greek-${name}`,
        label,
        width: 76,
        value: (row) => quoteOf(row)?.greeks?.[name] ?? null,
        print: (value) => formatNumber(name === "impliedVolatility" ? 100 * value : value, {digits}),
        hidden: true,
        onlyOptions: true
      })
    )
  ];
}

/** Greeks as the broker's model tells them: name, head, decimals. */
export const GREEKS = [
  ["delta", "Delta", 3],
  ["gamma", "Gamma", 4],
  ["vega", "Vega", 3],
  ["theta", "Theta", 3],
  ["impliedVolatility", "Impl. vol. %", 1]
] as const;

interface Moving {
  key: string;
  label: string;
  width: number;
  value: (row: PositionRow) => number | null;
  print: (value: number) => string;
  signed?: boolean;
  secret?: boolean;
  hidden?: boolean;
  onlyOptions?: boolean;
  /** Whether the row's value is of another time: its badge stands before it. */
  aside?: (row: PositionRow) => boolean;
}

function moving({key, label, width, value, print, signed, secret, hidden, onlyOptions, aside}: Moving) {
  const lacks = (row: PositionRow) => !onlyOptions || row.putCall !== null;
  return {
    key,
    label,
    kind: "number",
    moves: true,
    drawn: width,
    ...(hidden && {hidden}),
    cell: (row) => value(row),
    draw: (row) =>
      liveNode(
        placesOf(row),
        () => {
          const now = value(row);
          if (now === null) return lacks(row) ? missing(row) : "";
          const text = print(now);
          const badge = aside?.(row) ? quoteBadge(quoteOf(row)) : null;
          const tone = signed ? ["loss", "even", "gain"][direction(text) + 1] : null;
          return badge || tone ? h("span", {class: tone}, badge, badge && " ", text) : text;
        },
        {className: secret ? "live-cell secret" : "live-cell"}
      )
  } satisfies Column<PositionRow>;
}

const missing = (row: PositionRow): HTMLElement =>
  h(
    "span",
    {class: "missing", "data-tip": positionOf(row) ? (quoteOf(row)?.problem ?? NO_RATE) : NOT_LIVE},
    NOT_AVAILABLE
  );

const placesOf = ({account, conid}: PositionRow): Place[] => [
  ["quotes", conid ?? ""],
  ["positions", `${account} ${conid ?? ""}`]
];

/** Returns the quote of a position's contract; undefined while there is none. */
export const quoteOf = ({conid}: PositionRow): LiveQuote | undefined => liveRows("quotes").get(conid ?? "");
const positionOf = ({account, conid}: PositionRow): LivePosition | undefined =>
  liveRows("positions").get(`${account} ${conid ?? ""}`);

/** The last trade, else between bid and ask, else what the broker values the position at. */
function livePrice(row: PositionRow): number | null {
  const quote = quoteOf(row);
  if (quote && quote.last !== null) return quote.last;
  if (quote && quote.bid !== null && quote.ask !== null) return (quote.bid + quote.ask) / 2;
  return positionOf(row)?.price ?? null;
}

function amountIn(
  row: PositionRow,
  currency: string | null,
  pick: (position: LivePosition) => number | null
): number | null {
  const position = positionOf(row);
  const amount = position ? pick(position) : null;
  const account = liveRows("account").get(row.account);
  if (amount === null || !position || !account) return null;
  return convert(amount, position.contract.currency, currency ?? account.currency, account);
}
