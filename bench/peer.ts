import {spawn} from "node:child_process";
import {once} from "node:events";
import type {Socket} from "node:net";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";

/** What a library says to a request: what it found and how long it took, or why it cannot. */
export type PeerAnswer<Found> = ({version: string; seconds: number} & Found) | {missing: string};

/**
 * Starts a script of bench/peers in a process of its own, which keeps what it was given and does its work each time it is
 * asked: so that both sides of a comparison take turns.
 *
 * @param job told once, at the beginning
 * @returns asks for one round
 */
export function startPeer<Found>(
  script: string,
  name: string,
  job: unknown
): () => Promise<PeerAnswer<Found>> {
  const file = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  const python = spawn("python3", [file, name], {stdio: ["pipe", "pipe", "inherit"]});
  const handles = [python, python.stdin as Socket, python.stdout as Socket]; // pipes of a process are sockets
  python.stdin.on("error", () => undefined); // told by its end
  const lines = createInterface(python.stdout)[Symbol.asyncIterator](); // keeps what is said before it is asked
  const ended = once(python, "exit").then(([code, signal]) => ({
    missing: `its process ended with ${code ?? signal}`
  }));
  python.stdin.write(`${JSON.stringify(job)}\n`);
  return async () => {
    for (const handle of handles) handle.ref();
    python.stdin.write("run\n");
    const {done, value} = await lines.next();
    const answer = done ? await ended : (JSON.parse(value) as PeerAnswer<Found>); // the script prints it
    for (const handle of handles) handle.unref(); // an idle peer does not keep the measurement open
    return answer;
  };
}
