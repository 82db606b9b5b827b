import {shorten} from "./refusal.js";
import {
  AMPERSAND,
  DOUBLE,
  EQUAL,
  GREATER,
  isName,
  isWhite,
  LESS,
  NEWLINE,
  resolveReferences,
  RETURN,
  SINGLE,
  SLASH,
  SPACE,
  TAB
} from "./xml-characters.js";

/** The attributes of one tag; the arrays are the scanner's own and hold until the handler returns. */
export interface XmlAttributes {
  /** Names in file order; the same array object as long as tags of this name have the same attributes. */
  names: readonly string[];
  /** Values with references resolved. */
  values: readonly string[];
  count: number;
}

const MAX_NAMES = 1 << 14;

/** Classes of the characters below `=`: 1 white but space, 2 reference, 3 not allowed in a value. */
const CLASS = new Uint8Array(EQUAL);
CLASS.fill(3, 0, SPACE);
CLASS[TAB] = CLASS[NEWLINE] = CLASS[RETURN] = 1;
CLASS[AMPERSAND] = 2;
CLASS[LESS] = 3;

/** A tag as last seen: its attribute names, and ` name="` of each, to be found again without reading it. */
interface Shape {
  names: string[];
  needles: string[];
}

const NO_SHAPE: Shape = {names: [], needles: []};

/**
 * Reads the attributes of tags. Tags of one name mostly have the same attributes in the same order, so the names of the
 * last one are looked for before any is read; that makes most of the speed.
 */
export class XmlAttributeReader implements XmlAttributes {
  names: readonly string[] = [];
  readonly values: string[] = [];
  count = 0;
  readonly #fail: (what: string) => never;
  readonly #names = new Map<string, string>();
  readonly #shapes = new Map<string, Shape>();
  /** What `#readName` found. */
  #found: string | undefined;
  /** Whether the value that `#valueEnd` passed needs resolving. */
  #special = false;

  /** @param fail called with what is not well-formed; does not return */
  constructor(fail: (what: string) => never) {
    this.#fail = fail;
  }

  /** Returns the name as the one string that stands for it, checked. */
  name(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (!isName(text)) this.#fail(`"${shorten(text)}" is no name`);
    const name = ownCopy(text);
    if (this.#names.size < MAX_NAMES) this.#names.set(name, name);
    return name;
  }

  /** Reads a tag's attributes from behind its name; returns where they end, -1 if that is not there yet. */
  read(text: string, tag: string, at: number): number {
    const {names, needles} = this.#shapes.get(tag) ?? NO_SHAPE;
    const {values} = this;
    let count = 0;
    /** The names of this tag, once it turns out to differ from the last one. */
    let other: Set<string> | undefined;
    for (;;) {
      let quote = DOUBLE;
      if (!other && count < names.length && text.startsWith(needles[count], at)) at += needles[count].length;
      else {
        at = this.#readName(text, tag, at);
        if (at < 0) return -1;
        if (this.#found === undefined) break;
        quote = text.charCodeAt(at - 1);
        if (!other && this.#found !== names[count]) other = new Set(names.slice(0, count));
        if (other?.has(this.#found)) this.#fail(`attribute ${this.#found} of <${tag}> stands twice`);
        other?.add(this.#found);
      }
      const end = this.#valueEnd(text, tag, at, quote);
      if (end < 0) return -1;
      values[count++] =
        end === at ? "" : this.#special ? this.#resolve(text.slice(at, end)) : text.slice(at, end);
      at = end + 1;
    }
    this.count = count;
    this.names =
      other || count < names.length ? this.#remember(tag, other ? [...other] : names.slice(0, count)) : names;
    return at;
  }

  /**
   * Reads white space, an attribute's name and its opening quote; returns where the value starts, -1 if that is not
   * there yet. `#found` is the name; undefined where the tag ends instead.
   */
  #readName(text: string, tag: string, at: number): number {
    const start = skipWhite(text, at);
    let code = text.charCodeAt(start);
    this.#found = undefined;
    if (code === GREATER || code === SLASH) return start;
    if (start === text.length) return -1;
    if (start === at) this.#fail(`there is no space before an attribute of <${tag}>`);
    let end = start;
    while (code > SPACE && code !== EQUAL && code !== GREATER && code !== SLASH && code !== LESS)
      code = text.charCodeAt(++end);
    at = skipWhite(text, end);
    if (at === text.length) return -1;
    if (text.charCodeAt(at) !== EQUAL) this.#fail(`an attribute of <${tag}> has no value`);
    at = skipWhite(text, at + 1);
    if (at === text.length) return -1;
    const quote = text.charCodeAt(at);
    if (quote !== DOUBLE && quote !== SINGLE)
      this.#fail(`the value of an attribute of <${tag}> is not quoted`);
    this.#found = this.name(text.slice(start, end));
    return at + 1;
  }

  /** Returns where the value ends, -1 if that is not there yet; `#special` is true where it needs resolving. */
  #valueEnd(text: string, tag: string, at: number, quote: number): number {
    let special = 0;
    for (let code; at < text.length && (code = text.charCodeAt(at)) !== quote; ++at) {
      if (code < EQUAL) {
        if (CLASS[code] === 3)
          this.#fail(
            `the value of an attribute of <${tag}> holds ${code === LESS ? '"<"' : "a control character"}`
          );
        special |= CLASS[code];
      } else if (code > 0xfffd)
        this.#fail(`the value of an attribute of <${tag}> holds a forbidden character`);
    }
    this.#special = special !== 0;
    return at === text.length ? -1 : at;
  }

  #remember(tag: string, names: string[]): string[] {
    const needles = names.map((name) => ` ${name}="`);
    if (this.#shapes.size < MAX_NAMES || this.#shapes.has(tag)) this.#shapes.set(tag, {names, needles});
    return names;
  }

  #resolve(raw: string): string {
    return resolveReferences(raw.replace(/\r\n|[\t\n\r]/g, " "), this.#fail);
  }
}

function skipWhite(text: string, at: number): number {
  while (isWhite(text.charCodeAt(at))) ++at;
  return at;
}

/** Returns the text in memory of its own, so that it does not keep alive the chunk it was cut from. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
