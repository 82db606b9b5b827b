import {pino, type DestinationStream, type Logger} from "pino";

export type Log = Logger;

interface LogOptions {
  format: "text" | "json";
  level: string;
  /** Values that never leave: start token, Flex token. */
  secrets?: readonly (string | undefined)[];
  write?: (text: string) => void;
}

/** Returns the bridge's log: one line an event on stderr, for people or for programs, with no secret in it. */
export function createLog({
  format,
  level,
  secrets = [],
  write = (text) => void process.stderr.write(text)
}: LogOptions): Log {
  const hide = redactor(secrets.filter((secret) => secret !== undefined && secret !== ""));
  const destination: DestinationStream = {
    write: (line) => write(hide(format === "json" ? line : readable(line)))
  };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {level: (label) => ({level: label})}
    },
    destination
  );
}

/** Hides the given values wherever they stand, and whatever is called like a secret. */
function redactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const values = secrets.flatMap((secret) => [secret!, encodeURIComponent(secret!)]);
  return (text) => {
    for (const value of values) text = text.replaceAll(value, HIDDEN);
    return text
      .replace(/([?&](?:t|token|key|apikey|password)=)[^&\s"'<>\\]+/gi, `$1${HIDDEN}`)
      .replace(/\b(Bearer|Basic) +[^\s"'\\]+/gi, `$1 ${HIDDEN}`)
      .replace(
        /("(?:t|token|authorization|cookie|set-cookie|password|secret)":)(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi,
        `$1"${HIDDEN}"`
      )
      .replace(/(\b(?:authorization|cookie|set-cookie|token|password|secret)=)[^\s;]+/gi, `$1${HIDDEN}`);
  };
}

const HIDDEN = "[hidden]";
const HEAD = new Set(["level", "time", "msg", "err"]);

/** `12:03:04 info  import: statement.xml rows=120 ms=31`; control characters of outside text are escaped. */
function readable(line: string): string {
  const event = JSON.parse(line) as {
    level: string;
    time: string;
    msg?: string;
    err?: {message: string; stack?: string};
  };
  const fields = Object.entries(event)
    .filter(([name]) => !HEAD.has(name))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const {level, time, msg = "", err} = event;
  const text = [time.slice(11, 19), level.padEnd(5), msg, ...fields, err && `error=${err.message}`]
    .filter(Boolean)
    .join(" ");
  const stack =
    level === "error" || level === "fatal" ? (err?.stack?.split("\n").slice(1).join("\n") ?? "") : "";
  // eslint-disable-next-line no-control-regex
  return `${text.replace(/[\u0000-\u001f\u007f-\u009f]/g, escaped)}\n${stack && `${stack}\n`}`;
}

const escaped = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
