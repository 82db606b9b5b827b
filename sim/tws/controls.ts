/** What happens to the stand-in on command, once. */

import {NOTES, type TwsFaults} from "./faults.js";
import type {Exchange} from "./exchange.js";
import type {Session} from "./session.js";
import {readPlaceOrder} from "./wire/order.js";
import {FieldReader} from "./wire/reader.js";
import type {Fill} from "./working.js";

export interface TwsControls {
  /** 1100: TWS lost IBKR. Quotes stop, orders and cancels wait. */
  loseLink(): void;
  /** 1101 (the data streams are gone) or 1102 (they go on); what waited goes out. */
  restoreLink(how: "lost" | "kept"): void;
  /** 1100, then every session ends and nobody gets in until `faults.down` is taken away: the nightly restart. */
  nightlyReset(): void;
  /** Cuts every session, as when a cable is pulled. */
  drop(): void;
  /** A note to everyone: 2103, 2110, 1300 and the like. */
  note(code: number, message: string): void;
  /** Bytes to everyone as they are, whether they are a message or not. */
  say(bytes: Buffer): void;
  /** Another revision of an execution, told to its owner. */
  correct(execId: string, change: {price?: number; quantity?: number}): Fill;
  /** An order made by hand in TWS, in the first account, for a contract by number. */
  byHand(conId: number, action: "BUY" | "SELL", quantity: number, limit: number): void;
  /** Dies as `crashAfter` does. */
  crash(): void;
}

export interface ControlsOptions {
  sessions: ReadonlySet<Session>;
  exchange: Exchange;
  faults: TwsFaults;
  /** The account of orders made by hand. */
  account: string;
  clock: () => Date;
  crash: () => void;
  setLink: (linked: boolean) => void;
}

export function makeControls({
  sessions,
  exchange,
  faults,
  clock,
  crash,
  setLink,
  account
}: ControlsOptions): TwsControls {
  const all = (note: readonly [number, string]): void => {
    for (const one of sessions) if (one.started) one.note(note);
  };
  return {
    crash,
    loseLink() {
      setLink(false);
      all(NOTES.lost);
    },
    restoreLink(how) {
      if (how === "lost") for (const one of sessions) one.dropData();
      all(how === "lost" ? NOTES.restoredLost : NOTES.restoredKept);
      setLink(true);
    },
    nightlyReset() {
      all(NOTES.lost);
      faults.down = true;
      for (const one of sessions) one.close();
    },
    drop() {
      for (const one of sessions) one.close({reset: true});
    },
    note: (code, message) => all([code, message]),
    say(bytes) {
      for (const one of sessions) if (one.started) one.raw(bytes);
    },
    correct: (execId, change) => exchange.correct(execId, change, clock()),
    byHand(conId, action, quantity, limit) {
      exchange.place(0, {...plainOrder(account, conId, action, quantity, limit), orderId: 0}, clock());
    }
  };
}

/** A limit order as the plainest client would send it. */
function plainOrder(account: string, conId: number, action: string, quantity: number, limit: number) {
  const fields = Array.from({length: 117}, () => "");
  const put = (at: number, value: string | number): void => void (fields[at] = String(value));
  put(1, conId);
  put(8, "SMART");
  put(15, action);
  put(16, quantity);
  put(17, "LMT");
  put(18, limit);
  put(20, "GTC");
  put(22, account);
  put(26, 1);
  return readPlaceOrder(new FieldReader(fields), 193);
}
