/** A server that answers with what was recorded, and says nothing of its own. */

import {createServer, type Socket} from "node:net";
import {afterEach} from "vitest";
import {fieldsOf, frame, type Message, Unframer} from "../../../../sim/tws/wire/frames.js";

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
