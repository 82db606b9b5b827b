/**
 * Sends messages one at a time. While one is on its way only the newest of each kind waits, so that a slow
 * reader costs no memory and, when it comes back, learns how things are and not how they became so.
 */
export class Outbox {
  readonly #send: (text: string, done: () => void) => void;
  readonly #waiting = new Map<string, string>();
  #busy = false;

  constructor(send: (text: string, done: () => void) => void) {
    this.#send = send;
  }

  /** @param kind what a newer message makes an older one of worthless */
  push(kind: string, text: string): void {
    this.#waiting.delete(kind);
    this.#waiting.set(kind, text);
    this.#next();
  }

  #next(): void {
    const next = this.#waiting.entries().next();
    if (this.#busy || next.done) return;
    const [kind, text] = next.value;
    this.#waiting.delete(kind);
    this.#busy = true;
    this.#send(text, () => {
      this.#busy = false;
      this.#next();
    });
  }
}
