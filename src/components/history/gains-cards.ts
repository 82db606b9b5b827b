import type {GainsView, GainSum, HoldingGains} from "../../lib/ledger/gains/gains-view.js";
import {h} from "../dom.js";
import {plainTable} from "../plain-table.js";
import {change, figure, shownMoney} from "../figure.js";
import {formatDay, formatNumber} from "../format.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {wideFrame} from "../wide-frame.js";

/** Returns the year's gains by term, in parts of price and currency. */
export function gainTotals(watched: Watched<GainsView>): HTMLElement {
  return viewCard(watched, "Realized gains by term", ({totals, scope: {currency}, notes, year}) => {
    const lines: (readonly [string, GainSum])[] = [
      ["Short term", totals.short],
      ["Long term", totals.long],
      ...(totals.undated.count ? [["Term not known", totals.undated] as const] : []),
      ["All", totals.all]
    ];
    const known = totals.all.gainBase.value === null ? totals.known : null;
    return {
      currency,
      finding: `${totals.all.count} closings in ${year ?? "no year"}, gain ${totals.all.gainBase.value ?? "not known"}.`,
      definition:
        "What came in less what was paid, each at the rate of its day. Long term: held for more than a year. Not tax advice.",
      constants: notes,
      rows: {
        columns: ["term", "closings", "proceeds", "cost", "gain", "price part", "currency part"],
        rows: lines.map(([name, sum]) => [
          name,
          sum.count,
          ...[sum.proceedsBase, sum.costBase, sum.gainBase, sum.priceBase, sum.fxBase].map(({value}) => value)
        ])
      },
      content: () =>
        h(
          "div",
          null,
          wideFrame(
            "Realized gains by term",
            numbersTable(
              ["Term", "Closings", "Proceeds", "Cost", "Gain", "Price", "Currency"],
              lines.map(([name, sum]) => [
                name,
                formatNumber(sum.count, {digits: 0}),
                figure(shownMoney(sum.proceedsBase, currency)),
                figure(shownMoney(sum.costBase, currency)),
                change(shownMoney(sum.gainBase, currency, {signed: true})),
                change(shownMoney(sum.priceBase, currency, {signed: true})),
                change(shownMoney(sum.fxBase, currency, {signed: true}))
              ])
            )
          ),
          known !== null &&
            h(
              "p",
              {class: "muted"},
              "The gains that are known sum to ",
              figure(shownMoney({value: known}, currency, {signed: true})),
              "."
            )
        )
    };
  });
}

/** Returns each holding's gains, ours beside what IBKR booked on the same rows. */
export function gainsByHolding(watched: Watched<GainsView>): HTMLElement {
  return viewCard(watched, "Gains by holding, ours and IBKR's", ({holdings, scope: {currency}}) => ({
    finding: `${holdings.length} holdings were closed, whole or in part.`,
    definition:
      "Gain in the reporting currency, and in the instrument's own beside what IBKR booked as realized on the same rows. The two differ where your method is not IBKR's, and where IBKR disallowed a loss.",
    rows: {
      columns: ["symbol", "account", "gain", "currency", "gain, own", "booked by IBKR", "disallowed"],
      rows: holdings.map((one) => [
        one.symbol,
        one.account,
        one.gainBase.value,
        one.currency,
        one.own.gain.value,
        one.own.booked.value,
        one.own.washSale
      ])
    },
    content: () =>
      wideFrame(
        "Gains by holding",
        scrolled(
          ["Symbol", `Gain, ${currency ?? "base"}`, "Own currency", "IBKR", "Cur."],
          holdings.map((one) => [
            named(one, holdings),
            change(shownMoney(one.gainBase, currency, {signed: true})),
            figure(shownMoney(one.own.gain, one.currency, {signed: true})),
            figure(shownMoney(one.own.booked, one.currency, {signed: true})),
            one.currency
          ])
        )
      )
  }));
}

/** Many holdings scroll within their card. */
function scrolled(...given: Parameters<typeof numbersTable>): HTMLElement {
  return h(
    "div",
    {class: "gains-holdings", tabindex: 0, role: "group", "aria-label": "holdings"},
    numbersTable(...given)
  );
}

function named({symbol, account}: HoldingGains, all: readonly HoldingGains[]): Node {
  const several = new Set(all.map((one) => one.account)).size > 1;
  return h("span", null, symbol, several && h("small", {class: "muted"}, ` ${account}`));
}

/** Returns what the rows do not tell about the year's lots; null where they tell all. */
export function lotProblems(watched: Watched<GainsView>): HTMLElement | null {
  if (watched.kind !== "ready" || !watched.view.problems.length) return null;
  return viewCard(watched, "What the statements do not tell", ({problems}) => ({
    finding: `${problems.length} closings of which something is not known.`,
    definition:
      "Rows of the year whose cost, counterpart or purchase no imported statement has. Nothing is filled in.",
    content: () =>
      h(
        "ul",
        {class: "findings"},
        problems.map(({symbol, day, account, sentence}) =>
          h("li", null, h("strong", null, symbol), ` ${formatDay(day)}, ${account}: ${sentence}`)
        )
      )
  }));
}

function numbersTable(heads: readonly string[], rows: readonly (readonly (string | Node)[])[]): HTMLElement {
  return plainTable(
    heads,
    rows.map(([first, ...cells]) =>
      h(
        "tr",
        null,
        h("th", {scope: "row"}, first),
        cells.map((cell) => h("td", {class: "number"}, cell))
      )
    )
  );
}
