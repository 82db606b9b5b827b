import {EventName} from "@stoqey/ib";
import type {Wire} from "./wire.js";

/** A message of a session, with the milliseconds since it began. */
export interface RecordedMessage {
  at: number;
  from: "tws" | "client";
  fields: readonly string[];
}

/** Writes down what goes over a wire. */
export interface Recorder {
  /** How many messages there are. */
  readonly count: number;
  /** Returns the session as text, a JSON object a line, with every account masked. */
  text(): string;
  stop(): void;
}

const ACCOUNT = /\b(DU|DF|DI|U|F|I)\d{4,9}\b/g;

/**
 * Records a wire from now on. Accounts keep their kind (DU, U, …) and their length and lose their number; nothing else of
 * the protocol is a secret, as it carries no password. Amounts, positions and orders stay: they are what is recorded.
 * Messages are as the client library was given them (guard.ts): up to version 176 a completed order is without its
 * faProfile, and a rejection without details that are no JSON.
 *
 * @param clock milliseconds that only ever grow
 */
export function recordWire(wire: Wire, clock: () => number): Recorder {
  const start = clock();
  const messages: RecordedMessage[] = [];
  const take = (from: RecordedMessage["from"]) => (tokens: readonly (string | number | undefined)[]) =>
    void messages.push({
      at: Math.round(clock() - start),
      from,
      fields: tokens.map((token) => String(token ?? ""))
    });
  const offs = [wire.on(EventName.received, take("tws")), wire.on(EventName.sent, take("client"))];
  return {
    get count() {
      return messages.length;
    },
    text() {
      const mask = masker(wire.status().accounts);
      const lines = messages.map(({at, from, fields}) =>
        JSON.stringify({at, from, fields: fields.map(mask)})
      );
      return lines.map((line) => `${line}\n`).join("");
    },
    stop() {
      for (const off of offs) off();
    }
  };
}

/** Returns what puts a number in place of each account, the same for the same account. */
export function masker(accounts: readonly string[]): (text: string) => string {
  const masks = new Map<string, string>();
  const maskOf = (account: string): string => {
    const known = masks.get(account);
    if (known !== undefined) return known;
    const kind = /^[A-Z]*/.exec(account)![0]; // it may be empty, and is always found
    const mask = kind + String(masks.size + 1).padStart(account.length - kind.length, "0");
    masks.set(account, mask);
    return mask;
  };
  const named = [...accounts].sort((a, b) => b.length - a.length);
  for (const account of accounts) maskOf(account);
  return (text) => {
    const marks: string[] = [];
    let masked = text;
    for (const account of named)
      masked = masked.replaceAll(account, () => `\u0000${marks.push(maskOf(account)) - 1}\u0000`);
    masked = masked.replace(ACCOUNT, (account) => maskOf(account));
    return masked.replace(/\u0000(\d+)\u0000/g, (_, index: string) => marks[Number(index)]); // eslint-disable-line no-control-regex
  };
}
