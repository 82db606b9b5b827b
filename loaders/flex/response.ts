import {SaxesParser} from "saxes";

/** What an answer turns out to be by its first bytes; `undecided` while there are too few. */
export type FlexContent = "report" | "response" | "html" | "csv" | "empty" | "not-flex" | "undecided";

/** IBKR's short answer: a reference code, or an error. Its `Url` is deliberately not read. */
export interface FlexResponse {
  status: string;
  reference?: string;
  code?: number;
  message?: string;
}

const PROLOG = /^(?:\s|<\?[^]*?\?>|<!--[^]*?-->)*/;
const MOST_PROLOG = 8192;

/**
 * Tells what an answer is, whatever its content type says.
 * @param head the first bytes, decoded
 * @param whole whether that is all there is
 */
export function sniff(head: string, whole: boolean): FlexContent {
  const text = head.replace(/^\uFEFF/, "").replace(PROLOG, "");
  const wait = whole || head.length > MOST_PROLOG ? undefined : "undecided";
  if (text === "") return wait ?? (head.trim() === "" ? "empty" : "not-flex");
  if (text[0] !== "<") return wait && !text.includes("\n") ? wait : looksLikeCsv(text) ? "csv" : "not-flex";
  const root = /^<(!doctype|[a-z_][\w:.-]*)[\s/>]/i.exec(text)?.[1].toLowerCase();
  if (!root) return wait ?? "not-flex";
  if (root === "flexqueryresponse") return text.includes(">") ? "report" : (wait ?? "report");
  if (root === "flexstatementresponse") return "response";
  return root === "html" || root === "!doctype" ? "html" : "not-flex";
}

function looksLikeCsv(text: string): boolean {
  const line = text.split(/\r?\n/, 1)[0];
  return /^["A-Za-z][\P{Cc}\t]*$/u.test(line) && /[,|\t]/.test(line);
}

/** Returns the name its maker gave the query, from the first bytes of a report; empty when they do not tell. */
export function queryNameOf(head: string): string {
  const name = /<FlexQueryResponse\b[^>]*?\bqueryName="([^"]*)"/i.exec(head)?.[1] ?? "";
  const entities: Record<string, string> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};
  return name.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => entities[entity]);
}

/** Parses IBKR's short answer; element names count in any case. Undefined when it is cut off or malformed. */
export function parseResponse(xml: string): FlexResponse | undefined {
  const texts = new Map<string, string>();
  let name = "";
  let closed = false;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => (name = tag.name.toLowerCase()));
  parser.on("text", (text) => texts.set(name, (texts.get(name) ?? "") + text));
  parser.on("closetag", (tag) => {
    name = "";
    closed = tag.name.toLowerCase() === "flexstatementresponse";
  });
  parser.on("doctype", () => parser.fail("a document type is not allowed"));
  try {
    parser.write(xml.replace(/^\uFEFF/, "")).close();
  } catch {
    return undefined;
  }
  if (!closed) return undefined;
  const text = (element: string) => texts.get(element)?.trim() || undefined;
  const [reference, code, message] = [text("referencecode"), text("errorcode"), text("errormessage")];
  return {
    status: text("status") ?? "",
    ...(reference && {reference}),
    ...(code && {code: Number(code)}),
    ...(message && {message})
  };
}
