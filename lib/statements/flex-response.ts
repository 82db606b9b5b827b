import {refusal} from "./refusal.js";

const MAX_TEXT = 500;

/** IBKR's short answer that stands where a statement should: an error, or the receipt of a request. */
export class FlexResponse {
  #element = "";
  readonly #texts = new Map<string, string>();

  open(name: string): void {
    this.#element = name.toLowerCase();
  }

  close(_name: string): void {
    this.#element = "";
  }

  text(text: string): void {
    const known = this.#texts.get(this.#element) ?? "";
    if (this.#texts.size < 20) this.#texts.set(this.#element, (known + text).slice(0, MAX_TEXT));
  }

  /** @throws StatementError `flex-error` with IBKR's code and message */
  refuse(): never {
    const get = (name: string) => (this.#texts.get(name) ?? "").replace(/\s+/g, " ").trim();
    const code = get("errorcode");
    const said = get("errormessage").replace(/\.$/, "");
    const message =
      code || said
        ? `the file is IBKR's error ${code || "without a code"}, not a statement: ${said || "no message"}: fetch the statement again`
        : "the file is IBKR's receipt for a statement, not the statement: fetch the statement that it announces";
    throw refusal("flex-error", message, code && `ErrorCode ${code}`);
  }
}
