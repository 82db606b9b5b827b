import {isIP, isIPv4} from "node:net";

/** Where the bridge listens, and the names under which a browser on this machine reaches it there. */
export interface Address {
  port: number;
  /** `http://127.0.0.1:8765`: the address that people are told. */
  url: string;
  isHost(host: string | undefined): boolean;
  isOrigin(origin: string): boolean;
}

/** Returns the address of a bridge that listens on `bind`, which must be loopback. */
export function address(bind: string, port: number): Address {
  const main = bind === "localhost" ? bind : bind.includes(":") ? "[::1]" : bind;
  const names = ["127.0.0.1", "localhost", "[::1]", main];
  const hosts = new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
  return {
    port,
    url: `http://${main}:${port}`,
    isHost: (host) => host !== undefined && hosts.has(host.toLowerCase()),
    isOrigin: (origin) => origin.startsWith("http://") && hosts.has(origin.slice("http://".length))
  };
}

/** Whether only this machine can reach what listens there. */
export function isLoopback(bind: string): boolean {
  if (isIPv4(bind)) return bind.startsWith("127.");
  return bind === "localhost" || bind === "[::1]" || (isIP(bind) === 6 && bind === "::1");
}
