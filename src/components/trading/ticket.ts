import type {OrderAsk, OrderPreview} from "../../lib/orders/desk.js";
import {h, uniqueId} from "../dom.js";
import {previewOrder, sendOrder, type ContractFound, type Risk} from "./calls.js";
import {contractSearch} from "./contract-search.js";
import {previewPanel} from "./preview-panel.js";
import {quoteLine} from "./quote-line.js";
import {
  BLANK,
  orderInWords,
  pricesOf,
  readTicket,
  takesBracket,
  TIF_NAMES,
  TYPE_NAMES,
  type TicketFields
} from "./ticket-model.js";

interface Ticket {
  node: HTMLElement;
  /** Shows where orders go, and the accounts there are. */
  stand(risk: Risk): void;
  /** Looks for a symbol, as a link from another page names it. */
  look(symbol: string): void;
}

/**
 * Returns the order ticket: it shows the account after the trade first, and then sends exactly what it showed. Its order
 * has one id until it is sent or changed, so that a second click is the same order.
 *
 * @param base currency of the account
 * @param onSent called when an order went to the bridge
 */
export function orderTicket({base, onSent}: {base: (account: string) => string; onSent: () => void}): Ticket {
  let contract: ContractFound | null = null;
  let id = crypto.randomUUID();
  let shown: {ask: OrderAsk; preview: OrderPreview} | null = null;
  let isLive = false;
  let busy = false;

  const quote = quoteLine();
  const search = contractSearch((chosen) => {
    contract = chosen;
    quote.show(chosen);
    changed();
  });
  const account = choice("Account", []);
  const action = sides(changed);
  const quantity = text("Quantity");
  const type = choice("Type", Object.entries(TYPE_NAMES), arrange);
  const limit = text("Limit");
  const stop = text("Stop");
  const trail = text("Trails by");
  const trailUnit = choice("Of", [
    ["percent", "percent"],
    ["amount", "an amount"]
  ]);
  const tif = choice("Good", Object.entries(TIF_NAMES), arrange);
  const until = text("Until", "datetime-local");
  const takeProfit = text("Take profit at");
  const stopLoss = text("Stop loss at");
  const outsideHours = box("Outside regular hours too");
  const reduceOnly = box("Only reduce what is held");
  const fields = {account, quantity, type, limit, stop, trail, tif, until, takeProfit, stopLoss};
  const bracket = h("details", null, h("summary", null, "Bracket"), pair(takeProfit.node, stopLoss.node));
  const target = h("p", {class: "ticket-target small"});
  const error = h("p", {class: "form-error", role: "alert"});
  const panel = h("div", {class: "ticket-panel"});
  const preview = h("button", {type: "submit", class: "button quiet"}, "Show the account after it");
  const send = h("button", {
    type: "button",
    class: "button ticket-send",
    hidden: true,
    onclick: () => void go()
  });
  const form = h(
    "form",
    {
      id: "ticket",
      class: "ticket",
      novalidate: true,
      oninput: changed,
      onsubmit: (event: Event) => void look(event),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === "Escape" && shown) changed();
      }
    },
    target,
    search.node,
    quote.node,
    account.node,
    action.node,
    pair(quantity.node, type.node),
    pair(stop.node, limit.node),
    pair(trail.node, trailUnit.node),
    pair(tif.node, until.node),
    h("div", {class: "ticket-boxes"}, outsideHours.node, reduceOnly.node),
    bracket,
    h("div", {class: "data-buttons"}, preview),
    error,
    panel,
    send
  );
  arrange();

  function read(): TicketFields {
    return {
      ...BLANK,
      account: account.input.value,
      action: action.value(),
      quantity: quantity.input.value,
      type: type.input.value as TicketFields["type"], // of TYPE_NAMES
      limit: limit.input.value,
      stop: stop.input.value,
      trail: trail.input.value,
      trailUnit: trailUnit.input.value === "amount" ? "amount" : "percent",
      tif: tif.input.value as TicketFields["tif"], // of TIF_NAMES
      until: until.input.value,
      outsideHours: outsideHours.input.checked,
      reduceOnly: reduceOnly.input.checked,
      takeProfit: takeProfit.input.value,
      stopLoss: stopLoss.input.value
    };
  }

  /** Shows the fields that an order of this type and time has. */
  function arrange(): void {
    const {type: of, tif: time} = read();
    const needs = pricesOf(of);
    limit.node.hidden = !needs.includes("limit");
    stop.node.hidden = !needs.includes("stop");
    trail.node.hidden = trailUnit.node.hidden = !needs.includes("trail");
    until.node.hidden = time !== "GTD";
    bracket.hidden = !takesBracket(of);
  }

  /** What was shown is of another order now: it is not sent. */
  function changed(): void {
    if (busy) return;
    if (shown) id = crypto.randomUUID();
    shown = null;
    panel.replaceChildren();
    send.hidden = true;
    error.textContent = "";
  }

  async function look(event: Event): Promise<void> {
    event.preventDefault();
    const {ask, problems} = readTicket(read(), contract, id, Date.now());
    search.tell(problems?.contract ?? "");
    for (const [name, field] of Object.entries(fields))
      field.tell(problems?.[name as keyof typeof problems] ?? "");
    if (!ask) {
      form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
      return;
    }
    await attempt(async () => {
      const found = await previewOrder(ask);
      shown = {ask, preview: found};
      panel.replaceChildren(previewPanel(found, base(ask.account)));
      send.textContent = `${isLive ? "LIVE: " : ""}${orderInWords(ask, found.label)}`;
      send.hidden = !found.decision.allowed;
      if (!send.hidden) send.focus();
    });
  }

  async function go(): Promise<void> {
    if (!shown || busy) return;
    const {ask} = shown;
    await attempt(async () => {
      const {order, decision} = await sendOrder(ask);
      id = crypto.randomUUID();
      shown = null;
      send.hidden = true;
      panel.replaceChildren(
        h(
          "p",
          {class: decision.allowed ? "good" : "bad", role: "status"},
          decision.allowed
            ? `${orderInWords(ask, order.label)}: ${order.status.replace("-", " ")}.`
            : `It was not sent: ${decision.reason ?? ""}`
        )
      );
      search.node.querySelector("input")?.focus();
      onSent();
    });
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy = true;
    error.textContent = "";
    form.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
    busy = false;
    form.removeAttribute("aria-busy");
  }

  return {
    node: form,
    look: (symbol) => void search.look(symbol),
    stand({status, accounts}) {
      isLive = status.mode === "live";
      form.classList.toggle("live", isLive);
      target.textContent = targetInWords(status);
      const ids = accounts.map(({account: each}) => each);
      if ([...account.input.options].map(({value}) => value).join() !== ids.join())
        account.input.replaceChildren(...ids.map((value) => h("option", {value}, value)));
    }
  };
}

/** Where an order of this ticket goes to. */
function targetInWords({mode}: Pick<Risk["status"], "mode">): string {
  if (mode === "live") return "LIVE: orders go to the real account, with real money.";
  return mode === "ibkr-paper"
    ? "Orders go to IBKR's paper account."
    : "Orders go to the built-in paper broker.";
}

const pair = (...nodes: Node[]) => h("div", {class: "field-pair"}, nodes);

function field<E extends HTMLElement>(label: string, input: E) {
  const id = uniqueId("ticket");
  const error = h("small", {class: "bad", id: `${id}-error`});
  input.id = id;
  input.setAttribute("aria-describedby", error.id);
  return {
    input,
    node: h("div", {class: "field"}, h("label", {for: id}, label), input, error),
    tell(problem: string) {
      error.textContent = problem;
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
}

const text = (label: string, type = "text") =>
  field(label, h("input", {type, autocomplete: "off", inputmode: type === "text" ? "decimal" : null}));

const choice = (label: string, options: readonly (readonly [string, string])[], onchange?: () => void) =>
  field(
    label,
    h(
      "select",
      {onchange},
      options.map(([value, name]) => h("option", {value}, name))
    )
  );

function box(label: string): {node: HTMLElement; input: HTMLInputElement} {
  const input = h("input", {type: "checkbox"});
  return {input, node: h("label", {class: "check"}, input, h("span", null, label))};
}

/** Buy or sell: a group of two of which arrows choose. */
function sides(onchange: () => void): {node: HTMLElement; value: () => OrderAsk["action"]} {
  const name = uniqueId("side");
  const [buy, sell] = (["BUY", "SELL"] as const).map((value) =>
    h("input", {type: "radio", name, value, checked: value === "BUY", onchange})
  );
  return {
    value: () => (sell.checked ? "SELL" : "BUY"),
    node: h(
      "fieldset",
      {class: "ticket-sides"},
      h("legend", {class: "spoken"}, "Side"),
      h("label", {class: "side-buy"}, buy, h("span", null, "Buy")),
      h("label", {class: "side-sell"}, sell, h("span", null, "Sell"))
    )
  };
}
