/**
 * The stand-in's order ledger as a process of its own: takes lines on a loopback port, appends them to a file, and
 * reads them back. It imports nothing, so that Node runs it as it is, and it outlives the server that started it:
 * it ends when told to, or when nobody has been connected for a while.
 *
 * `node ledger-process.ts FILE IDLE_MS` writes its port to `FILE.port`.
 */

import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync
} from "node:fs";
import {createServer, type AddressInfo, type Socket} from "node:net";
import {createInterface} from "node:readline";

const [file, idle = "30000"] = process.argv.slice(2);
const out = openSync(file, "a");
let connected = 0;
let timer = setTimeout(end, Number(idle));

function end(): void {
  closeSync(out);
  rmSync(`${file}.port`, {force: true});
  process.exit(0);
}

function answer(line: string, socket: Socket): void {
  const {append, read, end: last} = JSON.parse(line) as {append?: unknown; read?: number; end?: boolean};
  if (append !== undefined) writeSync(out, `${JSON.stringify(append)}\n`);
  if (read !== undefined) {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    socket.write(`{"read":${read},"entries":[${lines.join(",")}]}\n`);
  }
  if (last) end();
}

const server = createServer((socket) => {
  ++connected;
  clearTimeout(timer);
  createInterface({input: socket}).on("line", (line) => answer(line, socket));
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    if (--connected === 0) timer = setTimeout(end, Number(idle));
  });
});
server.listen(0, "127.0.0.1", () => {
  const {port} = server.address() as AddressInfo; // listening on TCP, so an AddressInfo
  writeFileSync(`${file}.port.new`, String(port));
  renameSync(`${file}.port.new`, `${file}.port`);
});
