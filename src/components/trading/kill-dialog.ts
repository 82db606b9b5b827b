import type {CancelResult, KillAsk, OrderRow} from "../../lib/orders/desk.js";
import {h} from "../dom.js";
import {cancelEverything, readOrders, throwKillSwitch} from "./calls.js";
import {cancelInWords, killInWords} from "./kill-words.js";
import {poll} from "./poll.js";
import {standing} from "./standing.js";
import {standAgain} from "./watch-standing.js";

const CANCELS = [
  ["opening", "Cancel working orders that could open or increase a position; stops and targets stay"],
  ["all-ours", "Cancel all working orders of this desk, stops and targets too"],
  ["none", "Cancel nothing"]
] as const satisfies readonly [KillAsk["cancel"], string][];

const FOLLOW_MS = 400;

/** Opens what throws the kill switch, or lets go of it; Enter does, Escape leaves. */
export function openKillDialog(): void {
  const now = standing.get();
  if (now.kind !== "ready" || !now.known || document.querySelector("dialog[open]")) return;
  const {status, accounts} = now.risk;
  const ends: (() => void)[] = [];
  const report = h("div", {class: "kill-report", role: "status"});
  const error = h("p", {class: "form-error", role: "alert"});
  const dialog = h("dialog", {
    class: "kill-dialog",
    "aria-label": "Kill switch",
    onclose: () => {
      for (const end of ends) end();
      dialog.remove();
    }
  });
  const body = status.kill ? letGo() : throwIt();
  dialog.append(h("h2", null, "Kill switch"), body, error, report, closing());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLInputElement>("input[type=text]")?.select();

  function throwIt(): HTMLElement {
    const reason = reasonField("stopped by hand");
    const choices = CANCELS.map(([value, label], i) =>
      h(
        "label",
        {class: "check"},
        h("input", {type: "radio", name: "cancel", value, checked: i === 0}),
        h("span", null, label)
      )
    );
    const form = h(
      "form",
      {
        class: "form",
        onsubmit: (event: Event) => {
          event.preventDefault();
          const chosen = form.querySelector<HTMLInputElement>("input[name=cancel]:checked");
          const cancel = (chosen?.value ?? "opening") as KillAsk["cancel"]; // of CANCELS
          void act(form, {on: true, reason: reason.input.value, cancel});
        }
      },
      h("p", null, "From that moment no order goes out, over restarts too. Nothing is sold."),
      h("fieldset", null, h("legend", null, "Working orders"), choices),
      reason.node,
      h("button", {class: "button danger"}, "Throw the kill switch")
    );
    return h("div", null, form, everything());
  }

  function letGo(): HTMLElement {
    const reason = reasonField("checked by hand");
    const form = h(
      "form",
      {
        class: "form",
        onsubmit: (event: Event) => {
          event.preventDefault();
          void act(form, {on: false, reason: reason.input.value, cancel: "none"});
        }
      },
      h("p", null, killInWords(status)),
      reason.node,
      h("button", {class: "button"}, "Let orders out again")
    );
    return h("div", null, form, everything());
  }

  /** Every order of the account, by whoever: a button of its own, and the account's id typed. */
  function everything(): HTMLElement {
    const account = h(
      "select",
      {"aria-label": "Account"},
      accounts.map(({account: id}) => h("option", {value: id}, id))
    );
    const typed = h("input", {type: "text", "aria-label": "The account's id, typed", autocomplete: "off"});
    const form = h(
      "form",
      {
        class: "form",
        onsubmit: (event: Event) => {
          event.preventDefault();
          void attempt(form, async () => {
            await cancelEverything(account.value, typed.value);
            report.replaceChildren(h("p", null, `${account.value}: all orders were told to be cancelled.`));
          });
        }
      },
      h(
        "p",
        {class: "muted small"},
        "Also those of other programs and those typed into TWS, stops and targets too. Type the account's id to do it."
      ),
      account,
      typed,
      h("button", {class: "button danger"}, "Cancel everything")
    );
    return h("details", null, h("summary", null, "Cancel every order in the account"), form);
  }

  async function act(form: HTMLFormElement, what: KillAsk): Promise<void> {
    await attempt(form, async () => {
      const {results} = await throwKillSwitch(what);
      form.replaceWith(
        h(
          "p",
          {class: what.on ? "bad" : null},
          what.on ? "Thrown: no order goes out." : "Orders may go out again."
        )
      );
      if (what.on) follow(results);
      void standAgain();
    });
  }

  async function attempt(form: HTMLFormElement, work: () => Promise<void>): Promise<void> {
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    error.textContent = "";
    try {
      await work();
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
    for (const button of buttons) button.disabled = false;
  }

  /** Shows each cancel, and its end as it comes. */
  function follow(results: readonly CancelResult[]): void {
    if (!results.length) {
      report.replaceChildren(h("p", null, "No order was working."));
      return;
    }
    const {end} = poll<OrderRow[]>(readOrders, FOLLOW_MS, {
      tell(rows) {
        const told = results.map((result) => ({
          label: result.label,
          ...cancelInWords(
            result,
            rows.find(({id}) => id === result.order)
          )
        }));
        report.replaceChildren(
          h(
            "ul",
            {class: "oddities"},
            told.map(({label, text, done}) =>
              h("li", {"data-done": done}, h("b", null, label), ` ${text}${done ? "" : " …"}`)
            )
          )
        );
        if (told.every(({done}) => done)) end();
      }
    });
    ends.push(end);
  }
}

function reasonField(usual: string): {node: HTMLElement; input: HTMLInputElement} {
  const input = h("input", {type: "text", required: true, maxlength: 200, value: usual});
  return {node: h("label", null, "Why, for the journal", input), input};
}

const closing = () => h("form", {method: "dialog"}, h("button", {class: "button quiet"}, "Close"));
