import {SaxesParser} from "saxes";

/** One element of a Flex file: where it stands, and its attributes. */
export interface Element {
  /** Account and day of its statement. */
  account: string;
  day: string;
  section: string;
  name: string;
  get: (attribute: string) => string;
}

/** Every row element of a Flex text; throws where the text is not well-formed. */
export function elementsOf(chunks: Iterable<string>): {
  declared: number;
  statements: number;
  elements: Element[];
} {
  const result = {declared: 0, statements: 0, elements: [] as Element[]};
  const path: string[] = [];
  let account = "";
  let day = "";
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({name, attributes}) => {
    path.push(name);
    const fields = attributes as Record<string, string>; // no namespaces: every value is a text
    if (name === "FlexStatements") result.declared = Number(fields["count"]);
    if (name === "FlexStatement") {
      ++result.statements;
      account = fields["accountId"];
      day = fields["toDate"];
    }
    const section = path[3];
    if (section && Object.keys(fields).length) {
      const get = (attribute: string): string => fields[attribute] ?? "";
      result.elements.push({account, day, section, name, get});
    }
  });
  parser.on("closetag", () => path.pop());
  for (const chunk of chunks) parser.write(chunk);
  parser.close();
  return result;
}
