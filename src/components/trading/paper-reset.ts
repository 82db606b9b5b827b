import {h} from "../dom.js";
import {resetPaper, type Risk} from "./calls.js";

interface PaperReset {
  node: HTMLElement;
  show(risk: Pick<Risk, "status" | "accounts">, mayChange: boolean): void;
}

/** Returns what begins the paper account anew, once its id was typed; hidden where orders do not go to paper. */
export function paperReset(onChange: () => void): PaperReset {
  const typed = h("input", {
    type: "text",
    autocomplete: "off",
    "aria-label": "The paper account's id, typed"
  });
  const button = h("button", {class: "button danger"}, "Begin anew");
  const what = h("p", {class: "muted small"});
  const said = h("p", {class: "small", role: "status"});
  const error = h("p", {class: "form-error", role: "alert"});
  const form = h(
    "form",
    {
      class: "state-form",
      onsubmit: (event: Event) => {
        event.preventDefault();
        void reset();
      }
    },
    typed,
    button
  );
  const node = h(
    "details",
    null,
    h("summary", null, "Begin the paper account anew"),
    what,
    form,
    said,
    error
  );

  async function reset(): Promise<void> {
    button.disabled = true;
    said.textContent = error.textContent = "";
    try {
      await resetPaper(typed.value);
      typed.value = "";
      said.textContent = "It has begun anew, with cash alone.";
      onChange();
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
    button.disabled = false;
  }

  return {
    node,
    show({status, accounts}, mayChange) {
      node.hidden = status.mode !== "paper" || !mayChange;
      const sentence = `What is held goes, and cash is as at first; orders, fills and the journal stay. Type ${accounts[0]?.account ?? "the account's id"} to do it.`;
      if (what.textContent !== sentence) what.textContent = sentence;
    }
  };
}
