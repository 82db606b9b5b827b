import {liveSum, type LiveSum} from "../../lib/live/accounts.js";
import type {AccountFigures} from "../../lib/live/figures.js";
import {shortAge} from "../../lib/live/words.js";
import {h} from "../dom.js";
import {change, figure, shownMoney, shownPercent, type Shown} from "../figure.js";
import {formatAmount, formatDay} from "../format.js";
import {getView, subscribeView} from "../view-state.js";
import {hasLive, liveRows, watchLive} from "./channels.js";
import {SOURCE_WORDS} from "./live-badge.js";
import {liveNavChart} from "./live-nav-chart.js";
import {addPoint, joinPoints, type KeptNav, type NavPoint} from "./live-nav-points.js";
import {liveNode, type Place} from "./live-node.js";
import {marginCard} from "./margin-card.js";

/**
 * Returns what the accounts in view are worth at this moment by their broker, the last statement beside it, never added to
 * it; empty on a page without a bridge and while nothing is live.
 */
export function liveWorth(): HTMLElement {
  const place = h("div", {class: "live-worth"});
  if (!hasLive()) return place;
  let filled = "";
  const points: NavPoint[] = [];
  let redraw: () => void = () => undefined;
  const fill = () => {
    const sum = sumInView();
    const name = sum ? `${sum.accounts.join()} ${sum.currency}` : "";
    if (name === filled) return;
    filled = name;
    if (!sum) return place.replaceChildren();
    points.length = 0;
    const chart = liveNavChart(() => {
      const now = sumInView();
      return now && {points, seam: now.seam, currency: now.currency};
    });
    redraw = chart.redraw;
    place.replaceChildren(
      metrics(sum.accounts),
      h(
        "div",
        {class: "grid"},
        h("div", {class: "c7"}, chart.card),
        h("div", {class: "c5"}, marginCard(sum.accounts))
      )
    );
    void keptPoints(sum).then((kept) => {
      points.unshift(...kept.filter(({at}) => at < (points[0]?.at ?? Infinity)));
      redraw();
    });
  };
  subscribeView(fill);
  watchLive("account", fill);
  watchLive("nav", () => {
    fill();
    const sum = sumInView();
    if (sum && addPoint(points, sum)) redraw();
  });
  return place;
}

const sumInView = () => {
  const {accounts, currency} = getView();
  return liveSum(liveRows("nav").values(), liveRows("account"), {chosen: accounts, currency});
};

/** What the bridge kept, told in the currency of the accounts; nothing where another one is shown. */
async function keptPoints({accounts, currency}: LiveSum & {currency: string}): Promise<NavPoint[]> {
  const response = await fetch("/api/live/nav");
  if (!response.ok) return [];
  const {accounts: kept} = (await response.json()) as {accounts: KeptNav[]}; // bridge/api/live-nav.ts
  return kept.every((one) => one.currency === currency) ? joinPoints(kept, accounts) : [];
}

function metrics(accounts: readonly string[]): HTMLElement {
  const from: Place[] = accounts.flatMap((account): Place[] => [
    ["nav", account],
    ["account", account]
  ]);
  const live = (draw: (sum: LiveSum & {currency: string}) => Node | string, ages = false) =>
    liveNode(
      from,
      () => {
        const sum = sumInView();
        return sum ? draw(sum) : "";
      },
      {ages}
    );
  const money = (value: number | null, currency: string, reason: string | null, signed = false): Shown =>
    shownMoney({value: value?.toFixed(2) ?? null, ...(reason && {reason})}, currency, {signed});
  return h(
    "section",
    {class: "metrics live-metrics", "aria-label": "Live"},
    one(
      "Net asset value now",
      "Net liquidation as the broker tells it, moved on between its reports by the change of its own profit and loss. No statement is in it.",
      live(({value, currency, reason}) => figure(money(value, currency, reason))),
      live(({source, at}) => `${SOURCE_WORDS[source]} · ${shortAge(Date.now() - at)}`, true)
    ),
    one(
      "Since the statement",
      "Live value less the value of the last statement, deposits and withdrawals since included.",
      live(({value, seam, currency}) =>
        change(
          money(
            value === null || !seam ? null : value - seam.value,
            currency,
            "the statements are of another day or in another currency",
            true
          )
        )
      ),
      live(({seam, currency}) =>
        seam
          ? h(
              "span",
              null,
              `statement to ${formatDay(seam.day)}: `,
              h("span", {class: "secret"}, formatAmount(seam.value.toFixed(2), currency))
            )
          : "no statement in this currency"
      )
    ),
    one(
      "Today",
      "Profit and loss of this day as the broker counts it, from its own reset time.",
      live(({daily, currency}) =>
        change(money(daily, currency, "the broker does not tell a profit of the day", true))
      ),
      live(({source}) => SOURCE_WORDS[source])
    ),
    one(
      "Least cushion",
      "Excess liquidity as a share of net liquidation: how far the account is from having positions closed by the broker.",
      live(({accounts: shown}) => {
        const least = leastCushion(shown);
        return figure(
          shownPercent({value: least?.cushion ?? null, reason: "the broker tells no margin"}, {digits: 1})
        );
      }),
      live(({accounts: shown}) => {
        const least = leastCushion(shown);
        if (!least || least.excessLiquidity === null) return "no margin told";
        return h(
          "span",
          null,
          `${least.account}, excess `,
          h("span", {class: "secret"}, formatAmount(least.excessLiquidity.toFixed(0), "JPY")),
          ` ${least.currency}`
        );
      })
    )
  );
}

function leastCushion(accounts: readonly string[]): AccountFigures | null {
  const figures = accounts.flatMap((account) => liveRows("account").get(account) ?? []);
  const told = figures.filter(({cushion}) => cushion !== null);
  return told.toSorted((a, b) => a.cushion! - b.cushion!)[0] ?? null; // those that tell one
}

function one(label: string, definition: string, value: HTMLElement, note: HTMLElement): HTMLElement {
  return h(
    "div",
    {class: "metric"},
    h("div", {class: "metric-label"}, h("span", {"data-tip": definition, tabindex: 0}, label)),
    h("div", {class: "metric-figure"}, value),
    h("small", null, note)
  );
}
