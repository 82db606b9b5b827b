import type {IncomingMessage} from "node:http";
import {Problem} from "../problem.js";
import type {Address} from "./address.js";
import {sameSecret} from "./token.js";
import type {Sessions} from "./sessions.js";

/** How a request shows who sent it. */
export type Caller = "bearer" | "session" | "nobody";

export interface Gate {
  /** Throws unless the request names this bridge as its host (a page elsewhere may have pointed its own name here). */
  checkHost(request: IncomingMessage): void;
  /** Throws unless the request comes from one of our pages; a bearer needs to say no origin. */
  checkOrigin(request: IncomingMessage): void;
  /** Throws when somebody shows a token or a session that is wrong; `nobody` shows none. */
  caller(request: IncomingMessage): Caller;
  isToken(token: string): boolean;
  /** Opens a session and returns the cookies that stand for it. */
  cookie(): string;
  /** The readable cookie by which a page knows that it has a bridge, and what that shows. */
  mark(mode: string): string;
  /** What to tell somebody without a token. */
  howToEnter: string;
}

interface GateOptions {
  token: string;
  sessions: Sessions;
  tokenFile: string;
  /** Known once the bridge listens. */
  address: () => Address;
}

export function createGate({token, sessions, tokenFile, address}: GateOptions): Gate {
  const howToEnter =
    `open the link that \`npm start\` printed; its token is in ${tokenFile}, ` +
    "and scripts send it as `Authorization: Bearer`";
  const sessionCookie = () => `tearsheet_session_${address().port}`;

  function caller(request: IncomingMessage): Caller {
    const {authorization} = request.headers;
    if (authorization !== undefined) {
      const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
      if (given !== undefined && sameSecret(given, token)) return "bearer";
      throw unauthorized("wrong-token", `the token sent is not this desk's: ${howToEnter}`);
    }
    // a page on another port of this machine can plant a cookie of the same name: one that is right is enough
    return cookies(request, sessionCookie()).some((id) => sessions.has(id)) ? "session" : "nobody";
  }

  return {
    howToEnter,
    caller,
    checkHost({headers: {host}}) {
      if (address().isHost(host)) return;
      throw new Problem(
        421,
        "wrong-host",
        `this bridge answers at ${address().url} only, not at ${host ?? "no host"}`
      );
    },
    checkOrigin(request) {
      const {origin} = request.headers;
      if (origin === undefined) {
        if (caller(request) === "bearer") return;
        throw new Problem(
          403,
          "no-origin",
          "a request that changes something needs an Origin, or the token as bearer"
        );
      }
      if (address().isOrigin(origin)) return;
      throw new Problem(
        403,
        "wrong-origin",
        `only pages of ${address().url} may do this, not ${origin.slice(0, 200)}`
      );
    },
    isToken: (given) => sameSecret(given, token),
    cookie: () => `${sessionCookie()}=${sessions.open()}; Path=/; HttpOnly; SameSite=Strict`,
    mark: (mode) => `tearsheet_bridge_${address().port}=${mode}; Path=/; SameSite=Strict`
  };
}

/** The 401 of whoever needs the token. */
export function unauthorized(code: string, detail: string): Problem {
  return new Problem(401, code, detail, {headers: {"WWW-Authenticate": 'Bearer realm="tearsheet"'}});
}

function cookies({headers: {cookie = ""}}: IncomingMessage, name: string): string[] {
  return cookie
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
