/**
 * Sends messages one at a time. While one is on its way only the newest of each kind waits, so that a slow
 * reader costs no memory and, when it comes back, learns how things are and not how they became so.
 */
export class Outbox {
  readonly #send: (text: string, done: () => void) => void;
  readonly #waiting = new Map<string, () => string | undefined>();
  #busy = false;

  constructor(send: (text: string, done: () => void) => void) {
    this.#send = send;
  }

  /**
   * @param kind what a newer message makes an older one of worthless
   * @param make gives the text when its turn has come; undefined when there is nothing to say any more
   */
  push(kind: string, make: () => string | undefined): void {
    this.#waiting.set(kind, make);
    this.#next();
  }

  #next(): void {
    while (!this.#busy) {
      const next = this.#waiting.entries().next();
      if (next.done) return;
      const [kind, make] = next.value;
      this.#waiting.delete(kind);
      const text = make();
      if (text === undefined) continue;
      this.#busy = true;
      this.#send(text, () => {
        this.#busy = false;
        this.#next();
      });
    }
  }
}
