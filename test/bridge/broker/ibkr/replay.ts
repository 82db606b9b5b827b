/** A server that answers with what was recorded, and says nothing of its own. */

import {createServer, type Socket} from "node:net";
import {afterEach} from "vitest";
import type {BrokerEvent} from "../../../../bridge/broker/broker.js";
import {createIbkrBroker} from "../../../../bridge/broker/ibkr/ibkr.js";
import {fieldsOf, frame, type Message, Unframer} from "../../../../sim/tws/wire/frames.js";
import {
  ACCOUNT_MESSAGES,
  CONTRACTS,
  FILLED_ORDER,
  known,
  MARKET_MESSAGES,
  ORDERS,
  type Recorded,
  WELCOME
} from "../../../sim/tws/recorded.js";
import {phase, wireTo} from "./stand.js";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

export interface Replay {
  port: number;
  /** Says messages, as they stand. */
  say: (...messages: readonly (readonly string[])[]) => void;
}

/** Answers by the number of the message that asks, given its fields. */
export type Answers = Readonly<Record<number, (asked: string[]) => readonly (readonly string[])[]>>;

/** @param begin what is said once the client has said who it is; the first of it is the version */
export async function replay(
  [welcome, ...begin]: readonly (readonly string[])[],
  answers: Answers
): Promise<Replay> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const unframer = new Unframer();
    const say = (fields: Message) => void socket.write(frame(fields));
    let greeted = 0;
    sockets.add(socket.on("error", () => undefined));
    socket.on("data", (piece: Buffer) => {
      const contents = unframer.push(greeted ? piece : piece.subarray("API\0".length));
      for (const content of contents) {
        ++greeted;
        const asked = fieldsOf(content);
        if (greeted === 1) say(welcome);
        else if (greeted === 2) begin.forEach(say);
        else answers[Number(asked[0])]?.(asked).forEach(say);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as {port: number}).port,
    say(...messages) {
      for (const socket of sockets) for (const fields of messages) socket.write(frame(fields));
    }
  };
}

/** Numbers of the messages that ask. */
export const ASK = {
  marketData: 1,
  executions: 7,
  contracts: 9,
  bars: 20,
  positions: 61,
  openOrders: 16,
  rule: 91,
  completed: 99
};

/** A recorded message under another request's number. */
export const under = (one: Recorded, id: string, at = 1): string[] => known(one).with(at, id);

/** Steps of a rule; that of shares was recorded. */
export const rule = ([, id]: string[]) => [
  id === "26" ? known(CONTRACTS.rule) : ["93", id, "1", "0", "0.25"]
];

export const contractsOf =
  (shares: Recorded, others: Readonly<Record<string, Recorded>>) => (asked: string[]) => {
    const [, , id, , symbol] = asked;
    return [under(others[symbol] ?? shares, id), under(CONTRACTS.end, id, 2)];
  };

/** The whole link before such a server, ready. @param at its time, which stands still */
export async function session(begin: readonly (readonly string[])[], answers: Answers, at: string) {
  const {port, say} = await replay(begin, answers);
  const now = () => Date.parse(at);
  const one = wireTo(port, {now});
  const broker = createIbkrBroker({
    wire: one.wire,
    log: {error: (...words: unknown[]) => one.faults.push(String(words))},
    now
  });
  const events: BrokerEvent[] = [];
  broker.subscribe((event) => void events.push(event));
  await phase(one.wire, "ready");
  const told = () => events.filter(({kind}) => kind !== "link" && kind !== "position");
  return {...one, broker, say, told};
}

const ALL: readonly Recorded[] = [
  WELCOME,
  FILLED_ORDER,
  CONTRACTS,
  ORDERS,
  ACCOUNT_MESSAGES,
  MARKET_MESSAGES
].flatMap((group) => Object.values<Recorded>(group));

/** All recorded messages of servers up to a version; one of 200 has another layout than a client of 193 reads. */
export const recordedUpTo = (version: number): Recorded[] => ALL.filter((one) => one.version <= version);
