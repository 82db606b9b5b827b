import * as fc from "fast-check";
import {SaxesParser} from "saxes";
import {expect, it} from "vitest";
import {StatementError} from "../../../lib/statements/statement.js";
import {XmlScanner} from "../../../lib/statements/xml-scanner.js";

type Event = ["open", string, Record<string, string>] | ["close", string] | ["text", string];

/** Joins neighbouring text and drops what is white space only, since readers may cut text where they like. */
function tidy(events: Event[]): Event[] {
  const joined: Event[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event[0] === "text" && last?.[0] === "text") last[1] += event[1];
    else joined.push([...event]);
  }
  return joined
    .map((event): Event => (event[0] === "text" ? ["text", event[1].trim()] : event))
    .filter((event) => event[0] !== "text" || event[1] !== "");
}

function scan(chunks: readonly string[]): Event[] {
  const events: Event[] = [];
  const scanner = new XmlScanner({
    open: (name, {names, values, count}) =>
      events.push([
        "open",
        name,
        Object.fromEntries(names.slice(0, count).map((key, i) => [key, values[i]]))
      ]),
    close: (name) => events.push(["close", name]),
    text: (text) => events.push(["text", text])
  });
  for (const chunk of chunks) scanner.write(chunk);
  scanner.close();
  return tidy(events);
}

function saxes(xml: string): Event[] | "refused" {
  const events: Event[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({name, attributes}) => events.push(["open", name, {...attributes}]));
  parser.on("closetag", ({name}) => events.push(["close", name]));
  parser.on("text", (text) => events.push(["text", text]));
  try {
    parser.write(xml).close();
    return tidy(events);
  } catch {
    return "refused";
  }
}

function scanOrRefused(chunks: readonly string[]): Event[] | "refused" {
  try {
    return scan(chunks);
  } catch (error) {
    expect(error).toBeInstanceOf(StatementError);
    return "refused";
  }
}

const codeOf = (...chunks: string[]) => {
  try {
    scan(chunks);
    return "accepted";
  } catch (error) {
    return (error as StatementError).problem.code;
  }
};

const nameText = fc.constantFrom("a", "Trade", "é", "x-1", "_b.c", "ns:d");
const valueText = fc
  .array(
    fc.constantFrom(
      "1",
      "-",
      " ",
      "a",
      "&amp;",
      "&lt;",
      "&#65;",
      "&#x1F600;",
      "ü",
      "漢",
      "😀",
      ">",
      "'",
      "\t",
      "\r\n",
      ";"
    ),
    {maxLength: 6}
  )
  .map((parts) => parts.join(""));
const space = fc.constantFrom(" ", "  ", "\n", "\t", "\r\n ");
const attribute = fc
  .record({name: nameText, value: valueText, before: space, equals: fc.constantFrom("=", " = ", "=\n")})
  .map(({name, value, before, equals}) => ({name, text: `${before}${name}${equals}"${value}"`}));
const tag = fc
  .record({
    name: nameText,
    attributes: fc.uniqueArray(attribute, {selector: ({name}) => name, maxLength: 4}),
    end: fc.constantFrom("", " ", "\n")
  })
  .map(({name, attributes, end}) => ({
    name,
    text: `${name}${attributes.map(({text}) => text).join("")}${end}`
  }));
const {element} = fc.letrec<{element: string}>((tie) => ({
  element: fc.oneof(
    {depthSize: "small"},
    tag.map(({text}) => `<${text}/>`),
    fc
      .tuple(
        tag,
        fc.array(
          fc.oneof(
            tie("element"),
            fc.constantFrom("\n", " ", "text", "a &amp; b", "]]", "<!-- note -->", "<?pi x?>")
          ),
          {maxLength: 4}
        ),
        fc.constantFrom("", " ")
      )
      .map(([{name, text}, inside, end]) => `<${text}>${inside.join("")}</${name}${end}>`)
  )
}));
const document = fc
  .tuple(
    fc.constantFrom("", '<?xml version="1.0"?>', '\uFEFF<?xml version="1.0"?>\n', "\n", "<!--c-->"),
    element,
    fc.constantFrom("", "\n", "<!--c-->\n")
  )
  .map((parts) => parts.join(""));

const pieces = (xml: string, cuts: readonly number[]) => {
  const at = [...new Set(cuts.map((cut) => Math.round(cut * xml.length)))].sort((a, b) => a - b);
  return [...at.map((end, i) => xml.slice(at[i - 1] ?? 0, end)), xml.slice(at.at(-1) ?? 0)];
};
const cuts = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 8});

it("XmlScanner reads a well-formed document as saxes does, wherever it is cut", () => {
  fc.assert(
    fc.property(document, cuts, (xml, at) => {
      const expected = saxes(xml);
      expect(expected).not.toBe("refused");
      expect(scan(pieces(xml, at))).toEqual(expected);
      expect(scan(xml.split(""))).toEqual(expected);
    }),
    {numRuns: 500}
  );
});

it("XmlScanner refuses what saxes refuses, and nothing else", () => {
  const change = fc.record({
    at: fc.double({min: 0, max: 1, noNaN: true}),
    length: fc.nat(3),
    text: fc.constantFrom(
      "",
      "<",
      ">",
      "/",
      "&",
      '"',
      "'",
      "=",
      " ",
      "a",
      "\u0001",
      "--",
      "]]>",
      "</a>",
      "<a>",
      ' a="1"',
      "é",
      "\uFFFE",
      "&lt",
      "&#0;",
      "&x;"
    )
  });
  fc.assert(
    fc.property(document, fc.array(change, {minLength: 1, maxLength: 3}), cuts, (xml, changes, at) => {
      for (const {at: place, length, text} of changes) {
        const start = Math.round(place * xml.length);
        xml = xml.slice(0, start) + text + xml.slice(start + length);
      }
      fc.pre(xml.isWellFormed() && !/<!(?!--)/.test(xml)); // saxes reads no half characters, we no DOCTYPE
      expect(scanOrRefused(pieces(xml, at))).toEqual(saxes(xml));
    }),
    {numRuns: 3000}
  );
});

it("XmlScanner refuses a document that is cut off anywhere", () => {
  const xml = '<?xml version="1.0"?>\n<a b="1"><c d="&amp;"/> <!-- e --> <f>g</f></a>';
  for (let end = 0; end < xml.length; ++end)
    expect(codeOf(xml.slice(0, end))).toMatch(/^(?:truncated|malformed)$/);
  expect(codeOf(xml.slice(0, -3))).toBe("truncated");
  expect(codeOf(xml.slice(0, 30))).toBe("truncated");
  expect(codeOf(xml)).toBe("accepted");
});

it("XmlScanner refuses document types and entities of any kind, and expands none", () => {
  expect(codeOf('<!DOCTYPE lolz [<!ENTITY lol "lol">]><a>&lol;</a>')).toBe("doctype");
  expect(codeOf("<!DOC", 'TYPE a SYSTEM "file:///etc/passwd"><a/>')).toBe("doctype");
  expect(codeOf("<a>&lol;</a>")).toBe("malformed");
  expect(codeOf("<a><![CDATA[x]]></a>")).toBe("malformed");
});

it("XmlScanner names the line of what is wrong", () => {
  expect(() => scan(["<a>\n<b>\n", '<c x="1" x="2"/></b></a>'])).toThrow(
    "the file is not well-formed XML: attribute x of <c> stands twice (line 3): download the statement again"
  );
});

it("XmlScanner refuses a tag that does not end rather than keep it all", () => {
  const scanner = new XmlScanner({open() {}, close() {}, text() {}});
  const flood = "x".repeat(1 << 16);
  expect(() => {
    scanner.write('<a b="');
    for (let i = 0; i < 1000; ++i) scanner.write(flood);
  }).toThrow("longer than a million characters");
});

it("XmlScanner refuses elements that stand deeper than any statement's", () => {
  expect(codeOf("<a>".repeat(300))).toBe("malformed");
});
