import {commonKind, isPersonal, words, type AttributeKind} from "./flex-attributes.js";
import {ELEMENTS} from "./flex-elements.js";
import {SECTIONS} from "./flex-sections.js";

/** What is known of a row element. */
export interface ElementSchema {
  kinds: ReadonlyMap<string, AttributeKind>;
  /** Attributes that may say its report day, the first that is there counts; none for rows of a period. */
  day: readonly string[];
  /** Whether a day outside the statement's own days is worth a warning. */
  dated: boolean;
  /** Kind of an attribute that is not listed. */
  others: AttributeKind;
}

const SCHEMAS = new Map<string, ElementSchema>(
  Object.entries(ELEMENTS).map(
    ([element, {attributes, day = "reportDate", loose, kinds = {}, others = "text"}]) => [
      element,
      {
        kinds: new Map(words(attributes).map((name) => [name, kinds[name] ?? commonKind(name)])),
        day: day ? words(day) : [],
        dated: !loose,
        others
      }
    ]
  )
);

const UNKNOWN: ElementSchema = {kinds: new Map(), day: ["reportDate"], dated: false, others: "text"};

/** What stands inside the person's own element without being listed. */
const PERSONAL: ElementSchema = {kinds: new Map(), day: [], dated: false, others: "private"};

/** What places a row in time is read as a day in every element. */
const PLACING = new Set(["reportDate", "fromDate", "toDate"]);

/** Tells whether a container, or a single row that stands by itself, is one that Flex statements are known to have. */
export function isKnownSection(name: string): boolean {
  return SECTIONS.has(name);
}

/** Tells whether a row element is one whose attributes are listed. */
export function isKnownElement(name: string): boolean {
  return SCHEMAS.has(name);
}

/** Returns what is known of a row element; of one that is not listed, next to nothing. */
export function schemaOf(element: string, section = element): ElementSchema {
  return SCHEMAS.get(element) ?? (section === "AccountInformation" ? PERSONAL : UNKNOWN);
}

/** Returns the kind of an attribute of a row element, be it listed or not. */
export function attributeKind(schema: ElementSchema, name: string): AttributeKind {
  const known = schema.kinds.get(name);
  if (known) return known;
  if (schema.others === "private") return "private";
  if (PLACING.has(name)) return "date";
  return isPersonal(name) ? "private" : schema.others;
}
