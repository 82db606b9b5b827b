/** Characters that XML gives a meaning. */
export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const BANG = 33;
export const DOUBLE = 34;
export const AMPERSAND = 38;
export const SINGLE = 39;
export const SLASH = 47;
export const LESS = 60;
export const EQUAL = 61;
export const GREATER = 62;
export const QUESTION = 63;

const START = String.raw`:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`;
const NAME = new RegExp(String.raw`^[${START}][${START}\-.0-9\u00B7\u0300-\u036F\u203F\u2040]*$`, "u");
/** A character that XML 1.0 allows nowhere. */
// oxlint-disable-next-line no-control-regex -- these are the characters that XML forbids
export const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const DECLARATION =
  /^xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.\d+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*$/;
const ENTITIES = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"]
]);

/** Tells whether a character is XML's white space. */
export function isWhite(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === RETURN || code === TAB;
}

/** Tells whether a text is a name of XML 1.0. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Tells whether the inside of a processing instruction is an XML declaration. */
export function isDeclaration(body: string): boolean {
  return DECLARATION.test(body);
}

/**
 * Returns the text with its references resolved: the five entities, and characters by number.
 * @param fail called with what is wrong; does not return
 */
export function resolveReferences(text: string, fail: (what: string) => never): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:([^;&]{0,12});)?/g, (_, body?: string) => reference(body, fail));
}

function reference(body: string | undefined, fail: (what: string) => never): string {
  if (body === undefined) return fail('there is "&" that begins no reference');
  const entity = ENTITIES.get(body);
  if (entity !== undefined) return entity;
  const match = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(body);
  if (!match) return fail(`"&${body};" is not one of XML's own entities`);
  const code = match[1] ? parseInt(match[1], 16) : Number(match[2]);
  const high = code > 0xffff && code <= 0x10ffff;
  const low =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd);
  return low || high ? String.fromCodePoint(code) : fail(`"&${body};" is no character`);
}
