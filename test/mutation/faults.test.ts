import {beforeAll, expect, it} from "vitest";
import {FlexXmlParser} from "../../lib/statements/flex-xml.js";
import {demoBooks, flexXml, type Books} from "../../sim/account/index.js";
import {long} from "../long.js";
import {Random} from "../oracle/random.js";
import {drawFault, namesOf, sentenceOf, sortOf, type Fault} from "./faults.js";
import {names, newReds, redsOf, type Red} from "./marks.js";
import {Span} from "./span.js";
import {UNSEEN} from "./unseen.js";

const NOW = "2026-04-15T12:00:00Z";

/** First days of spans of twenty days, as shares of the history, that have every kind of row between them. */
const STARTS = [0, 0.215, 0.295, 0.369, 0.438, 0.468, 0.502, 0.536, 0.564, 0.6, 0.632, 0.66, 0.682, 0.9735];
const DAYS = 20;

let books: Books;
let spans: {span: Span; before: Red[]}[];

beforeAll(() => {
  books = demoBooks({now: new Date(NOW)});
  spans = STARTS.map((start) => {
    const from = Math.min(Math.round(start * books.days.length), books.days.length - DAYS);
    const span = new Span(books, from, from + DAYS);
    return {span, before: redsOf(span.settled, NOW)};
  });
}, 120_000);

it("the spans have every kind of row that the demo's statements have", () => {
  const sorts = new Set(spans.flatMap(({span}) => span.rows.map(sortOf)));
  const missing = new Set<string>();
  const parser = new FlexXmlParser({
    statement: () => {},
    row: (row) => sorts.has(sortOf(row)) || missing.add(sortOf(row))
  });
  const range = {from: books.days[0], to: books.days.at(-1) as string}; // it has days
  for (const text of flexXml(books, {...range, query: "Activity"})) parser.write(text);
  parser.close();
  expect([...missing]).toEqual([]);
}, 120_000);

it("unmutated, each check of the demo agrees, but for what was planted", () => {
  const planted = books.planted.map(({day}) => day);
  const others = spans.flatMap(({before}) => before).filter(({day}) => !planted.includes(day ?? ""));
  expect(others).toEqual([]);
});

/** A fault on a day on which nothing is wrong as it is. */
function draw(span: Span, random: Random): Fault {
  const planted = new Set(books.planted.map(({day}) => day));
  for (;;) {
    const fault = drawFault(span, random);
    if (!planted.has(fault.row.day || fault.row.to)) return fault;
  }
}

it("a single fault of a statement turns a check red that names its day and instrument, or is of a kind on the list", () => {
  const counts = {seen: 0, healed: 0, listed: 0};
  const listed = new Map(UNSEEN.map(({what}) => [what, 0]));
  const unseen: string[] = [];
  for (let seed = 1; seed <= long(2000); ++seed) {
    const {span, before} = spans[seed % spans.length];
    const fault = draw(span, new Random(seed));
    const after = span.with(fault.row, fault.instead);
    const reds = newReds(before, redsOf(after, NOW));
    const kind = UNSEEN.find(({fits}) => fits(fault));
    if (reds.some((red) => names(red, fault))) ++counts.seen;
    else if (after.healed && (fault.kind === "dropped" || fault.kind === "doubled")) ++counts.healed;
    else if (kind) {
      listed.set(kind.what, (listed.get(kind.what) ?? 0) + 1);
      ++counts.listed;
    } else {
      unseen.push(
        `seed ${seed}: ${sentenceOf(fault)}; red: ${reds.map(({what}) => what).join(", ") || "nothing"}`
      );
    }
  }
  const list = UNSEEN.map(({what, reason}) => `- ${what} (${listed.get(what)}): ${reason}`);
  console.log(
    `${counts.seen} faults seen, ${counts.healed} healed by another row, ${counts.listed} of kinds that no check can see:\n${list.join("\n")}`
  );
  expect(unseen).toEqual([]);
  expect(counts.seen).toBeGreaterThan(counts.listed);
}, 1_200_000);

it("what a mark must name is the row's day and its instrument, or its currency where it has none", () => {
  const {span} = spans[1];
  const fault = drawFault(span, new Random(7));
  const {days, items} = namesOf(fault);
  expect(days.length).toBeGreaterThan(0);
  expect(names({what: "x", account: null, day: days[0], text: items.join(" ")}, fault)).toBe(true);
  expect(names({what: "x", account: null, day: "1999-01-01", text: items.join(" ")}, fault)).toBe(false);
});
