import {unzipFirst} from "./zip.js";

/** What a reply must be: its first byte and its content type are looked at, not its status alone. */
export type Content = "json" | "csv" | "xml" | "zip";

/** Why a body is not what was asked for. */
export interface Wrong {
  code: "challenge" | "not-what-was-asked" | "truncated";
  /** What came instead: `a web page`. */
  what: string;
}

const CHALLENGE =
  /captcha|proof[- ]of[- ]work|__verify|challenge|enable javascript|javascript is (?:required|disabled)|are you (?:a )?human/i;
const FIRST: Readonly<Record<Content, RegExp>> = {json: /^[[{]/, csv: /^[^<{]/, xml: /^</, zip: /^PK/};

/**
 * Reads a reply's bytes as the text that was asked for; an archive is its first file's text.
 * @param trimmed whether a whole CSV has no line break at its end
 */
export function readBody(
  content: Content,
  bytes: Uint8Array,
  type: string,
  {trimmed = false} = {}
): string | Wrong {
  const text = new TextDecoder().decode(content === "zip" ? bytes.subarray(0, 4096) : bytes);
  const start = text.trimStart();
  if (start === "") return {code: "truncated", what: "nothing"};
  if (isPage(start, type))
    return CHALLENGE.test(start)
      ? {code: "challenge", what: "a web page that checks who is asking"}
      : {code: "not-what-was-asked", what: "a web page"};
  if (!FIRST[content].test(start)) return {code: "not-what-was-asked", what: `“${beginningOf(start)}”`};
  return READ[content](text, bytes, trimmed);
}

/** Returns the first words of a text on one line, for a sentence. */
export function beginningOf(text: string, most = 120): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

function isPage(start: string, type: string): boolean {
  if (!start.startsWith("<")) return false;
  return (
    /\bhtml\b/i.test(type) || /^(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b/i.test(start)
  );
}

const READ: Readonly<Record<Content, (text: string, bytes: Uint8Array, trimmed: boolean) => string | Wrong>> =
  {
    json(text) {
      try {
        JSON.parse(text);
        return text;
      } catch {
        return {code: "truncated", what: `${text.length} characters of JSON that break off`};
      }
    },
    csv(text, _, trimmed) {
      const lines = text.trimEnd().split(/\r?\n/);
      const last = lines.at(-1) ?? "";
      if (fieldsOf(last) === fieldsOf(lines[0]) && (trimmed || fieldsOf(last) === 1 || text.endsWith("\n")))
        return text;
      return {code: "truncated", what: `a last line that breaks off: “${beginningOf(last)}”`};
    },
    xml(text) {
      const root = /<([A-Za-z_][\w:.-]*)(?=[\s/>])/.exec(text)?.[1];
      const end = text.trimEnd().replace(/(?:<!--[^]*?-->\s*)+$/, "");
      const tag = end.slice(end.lastIndexOf("<"));
      if (root && (tag === `</${root}>` || (tag.startsWith(`<${root}`) && tag.endsWith("/>")))) return text;
      return {code: "truncated", what: "XML that breaks off"};
    },
    zip(_, bytes) {
      try {
        return new TextDecoder().decode(unzipFirst(bytes));
      } catch (error) {
        return {code: "truncated", what: error instanceof Error ? error.message : String(error)};
      }
    }
  };

/** Fields of a line of CSV; a comma between quotes parts nothing. */
function fieldsOf(line: string): number {
  return line.replace(/"[^"]*"?/g, "").split(",").length;
}
