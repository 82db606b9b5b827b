import {createHash, randomBytes} from "node:crypto";

const MOST = 1000;

/** Random ids that stand for the token in a browser's cookie. They live in memory, so a restart revokes them. */
export class Sessions {
  readonly #digests = new Set<string>();

  /** Opens a session and returns its id; the oldest goes when there are too many. */
  open(): string {
    const id = randomBytes(32).toString("base64url");
    this.#digests.add(digest(id));
    if (this.#digests.size > MOST) this.#digests.delete(this.#digests.values().next().value!);
    return id;
  }

  has(id: string): boolean {
    return this.#digests.has(digest(id));
  }
}

const digest = (id: string) => createHash("sha256").update(id).digest("base64");
