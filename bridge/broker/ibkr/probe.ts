import {connect} from "node:net";

/** What a port answers to the greeting of TWS's protocol. */
export type Probe =
  /** Nobody listens, or nobody lets us in. */
  | {kind: "closed"; reason: string}
  /** It took the connection and said nothing for as long as we waited. */
  | {kind: "silent"}
  /** It ended the connection without a word. */
  | {kind: "ended"}
  /** It speaks something else. */
  | {kind: "other"; said: string}
  | {kind: "tws"; version: number; time: string};

const GREETING = Buffer.concat([Buffer.from("API\0"), Buffer.from([0, 0, 0, 9]), Buffer.from("v100..193")]);
/** A version and a time are short: a longer frame is another protocol's. */
const MOST_BYTES = 256;
const SHOWN = 40;

/** Greets a port as a client of TWS does, and ends before a session begins. It is read-only and takes no client id. */
export function probe(host: string, port: number, timeoutMs = 3000): Promise<Probe> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    let isOpen = false;
    const socket = connect({host, port});
    const done = (found: Probe): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(
      () => done(isOpen ? {kind: "silent"} : {kind: "closed", reason: "no answer"}),
      timeoutMs
    );
    socket.on("connect", () => {
      isOpen = true;
      socket.write(GREETING);
    });
    socket.on("data", (piece: Buffer) => {
      read = Buffer.concat([read, piece]);
      const found = readWelcome(read);
      if (found) done(found);
    });
    socket.on("end", () => done(read.length ? other(read) : {kind: "ended"}));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      done(isOpen ? {kind: "ended"} : {kind: "closed", reason: error.code ?? "no connection"})
    );
  });
}

/** Null while more must come. */
function readWelcome(read: Buffer): Probe | null {
  if (read.length < 4) return null;
  const size = read.readUInt32BE();
  if (size > MOST_BYTES) return other(read);
  if (read.length < 4 + size) return null;
  const [version, time = ""] = read.toString("utf8", 4, 4 + size).split("\0");
  return /^\d{2,4}$/.test(version) ? {kind: "tws", version: Number(version), time} : other(read);
}

const other = (read: Buffer): Probe => ({
  kind: "other",
  said: read
    .toString("latin1", 0, SHOWN)
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
});
