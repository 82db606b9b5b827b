import type {FillRow, OrderRow} from "../../lib/orders/desk.js";
import {h} from "../dom.js";
import {liveRows, watchLive} from "../live/channels.js";
import {agreementCard} from "./agreement-card.js";
import {cancelOrder, readFills, readOrders} from "./calls.js";
import {journalCard} from "./journal-card.js";
import {limitsCard} from "./limits-card.js";
import {merged, modeName} from "./order-words.js";
import {fillsCard, ordersCard} from "./orders-card.js";
import {positionsCard} from "./positions-card.js";
import {poll} from "./poll.js";
import {runShortfallCard} from "./run-shortfall-card.js";
import {standing, type Standing} from "./standing.js";
import {standingCard} from "./standing-card.js";
import {orderTicket} from "./ticket.js";
import {signInCard, ticketCard} from "./ticket-card.js";
import {standAgain, watchStanding} from "./watch-standing.js";

/** How often rows are read again where nothing has told of a change. */
const SELDOM_MS = 5000;

/** Returns the whole desk; it keeps itself up to date, so that what is typed into it stays. */
export function tradingDesk(): HTMLElement {
  const node = h("div", {class: "trading-desk"});
  let parts: ReturnType<typeof open> | null = null;
  const update = () => {
    const now = standing.get();
    if (now.kind === "ready") {
      parts ??= open(node);
      parts.show(now);
    } else if (!parts) node.replaceChildren(waiting(now));
  };
  standing.subscribe(update);
  watchStanding();
  update();
  return node;
}

/** What stands on the page while it cannot trade. */
function waiting(now: Exclude<Standing, {kind: "ready"}>): HTMLElement {
  if (now.kind === "loading")
    return h("div", {class: "skeleton", role: "status", "aria-label": "loading"}, h("i"), h("i"), h("i"));
  if (now.kind === "error") return h("div", {class: "empty error", role: "alert"}, h("p", null, now.why));
  return h(
    "div",
    {class: "empty"},
    h(
      "p",
      null,
      "Orders need the desk on your own machine: this page is served by a web host and can send none."
    ),
    h("p", null, "Start it with ", h("code", null, "npm start"), " and open the link that it prints.")
  );
}

function open(node: HTMLElement) {
  let orders: readonly OrderRow[] = [];
  let fills: readonly FillRow[] = [];
  let mayChange = false;
  const base = (account: string) => liveRows("account").get(account)?.currency ?? "base currency";
  const changed = () => {
    void standAgain();
    void rows.again();
  };
  const badge = h("p", {class: "trading-badge"});
  const ticket = orderTicket({base, onSent: changed});
  const list = ordersCard(async (id) => {
    await cancelOrder(id);
    changed();
  });
  const filled = fillsCard();
  const held = positionsCard();
  const state = standingCard(changed);
  const agreement = agreementCard(changed);
  const limits = limitsCard(changed);
  const journal = journalCard();
  const shortfall = runShortfallCard();
  const trades = ticketCard(ticket.node);
  const looks = signInCard();

  const show = () => {
    list.show(orders, mayChange);
    filled.show(fills);
  };
  const rows = poll(async () => Promise.all([readOrders(), readFills()]), SELDOM_MS, {
    tell([told, done]) {
      orders = merged(told, liveRows("orders").values());
      fills = done;
      show();
    }
  });
  const showHeld = () => {
    const now = standing.get();
    const accounts = now.kind === "ready" ? now.risk.accounts : [];
    const ours = new Set(accounts.map(({account}) => account));
    held.show(
      [...liveRows("positions").values()].filter(({account, units}) => ours.has(account) && units !== 0)
    );
    limits.show(accounts, mayChange, base);
  };
  watchLive("positions", showHeld);
  watchLive("account", showHeld);
  watchLive("orders", (keys) => {
    const live = liveRows("orders");
    orders = merged(
      orders,
      [...keys].flatMap((key) => live.get(key) ?? [])
    );
    show();
    void rows.again();
  });

  node.replaceChildren(
    badge,
    h(
      "div",
      {class: "grid"},
      h("div", {class: "c4 stack"}, trades, looks),
      h("div", {class: "c8 stack"}, list.node, filled.node, held.node),
      h("div", {class: "c6"}, state.node),
      h("div", {class: "c6"}, agreement.node),
      h("div", {class: "c6"}, limits.node),
      h("div", {class: "c6"}, journal.node),
      shortfall.node
    )
  );
  const symbol = new URLSearchParams(location.search).get("symbol");
  if (symbol) ticket.look(symbol);
  if (location.hash === "#ticket") node.querySelector<HTMLElement>("[data-ticket]")?.focus();

  return {
    show({known, risk}: Extract<Standing, {kind: "ready"}>): void {
      mayChange = known;
      const {status} = risk;
      const name = modeName(status);
      badge.className = `trading-badge mode mode-${status.mode === "live" ? "live" : "paper"}`;
      badge.textContent =
        name === "LIVE" ? "LIVE: real money" : `${name}: no real money${known ? "" : ", to read only"}`;
      trades.hidden = !known;
      looks.hidden = known;
      ticket.stand(risk);
      state.show(risk, known);
      agreement.show(risk, known);
      showHeld();
      journal.show(risk);
      shortfall.show(known);
      show();
    }
  };
}
