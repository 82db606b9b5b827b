import {readFileSync} from "node:fs";
import * as fc from "fast-check";
import {expect, it} from "vitest";
import {readStatements} from "../../../lib/statements/read.js";
import {StatementError, type StatementRow} from "../../../lib/statements/statement.js";
import {flex, HEADER} from "./flex.js";

/** Reads bytes in chunks of a size; counts how often they are opened. */
async function read(
  bytes: Uint8Array,
  {size = 7, dateFormat}: {size?: number; dateFormat?: "mdy" | "dmy"} = {}
) {
  const rows: StatementRow[] = [];
  let opened = 0;
  async function* open(): AsyncGenerator<Uint8Array> {
    ++opened;
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const result = await readStatements(open, {statement() {}, row: (row) => rows.push(row)}, {dateFormat});
  return {...result, rows, opened};
}

const problem = async (bytes: Uint8Array, size?: number) => {
  const error: unknown = await read(bytes, size === undefined ? {} : {size}).catch(
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(StatementError);
  return (error as StatementError).problem;
};

const utf8 = (text: string) => Buffer.from(text, "utf8");
const NAMED = flex('<Trades><Trade description="Société Générale 漢字 😀"/></Trades>');

it("readStatements(open) reads UTF-8, with or without a mark, in chunks of any size", async () => {
  for (const size of [1, 2, 3, 5, 1000])
    for (const text of [
      NAMED,
      `\uFEFF${NAMED}`,
      `<?xml version="1.0" encoding="UTF-8"?>\n${NAMED}`,
      `\uFEFF<?xml version="1.0" encoding="utf-8"?>${NAMED}`
    ]) {
      const {rows, format} = await read(utf8(text), {size});
      expect(format).toBe("flex-xml");
      expect(rows[0].fields.description).toBe("Société Générale 漢字 😀");
    }
});

it("readStatements(open) reads Latin-1 where the file says so", async () => {
  const xml = `<?xml version='1.0' encoding='ISO-8859-1'?>${flex('<Trades><Trade description="Société"/></Trades>')}`;
  expect((await read(Buffer.from(xml, "latin1"))).rows[0].fields.description).toBe("Société");
});

it("readStatements(open) refuses bytes that are not what they say", async () => {
  const latin = Buffer.from(flex('<Trades><Trade description="Société"/></Trades>'), "latin1");
  expect(await problem(latin)).toMatchObject({code: "encoding"});
  expect((await problem(latin)).message).toContain("the file is not UTF-8 text");
  expect((await problem(Buffer.from(NAMED, "utf16le"))).message).toContain("UTF-16");
  expect((await problem(Buffer.from(`\uFEFF${NAMED}`, "utf16le"))).message).toContain("UTF-16");
  expect((await problem(utf8(`<?xml version="1.0" encoding="Shift_JIS"?>${NAMED}`))).message).toContain(
    "shift_jis"
  );
  expect((await problem(Buffer.concat([utf8(NAMED.slice(0, -1)), Buffer.from([0xe6, 0xbc])]))).code).toBe(
    "encoding"
  );
});

it("readStatements(open) refuses zip, CSV and nothing by their first bytes", async () => {
  expect((await problem(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).code).toBe("zip");
  expect((await problem(utf8('"ClientAccountID","CurrencyPrimary"\n'))).code).toBe("no-statement");
  expect((await problem(utf8("name,day,amount\n"))).code).toBe("csv");
  expect((await problem(new Uint8Array(0))).code).toBe("empty");
});

const slashed = (rows: string) =>
  utf8(
    flex(
      `<Trades>${rows}</Trades>`,
      'accountId="U1" fromDate="03/04/2025" toDate="05/04/2025" whenGenerated=""'
    )
  );

it("readStatements(open) looks through the whole file for the order of day and month before it reads", async () => {
  const {rows, opened} = await read(
    slashed('<Trade reportDate="04/04/2025"/><Trade description="12/31/2025" reportDate="31/03/2025"/>')
  );
  expect(rows.map(({day}) => day)).toEqual(["2025-04-04", "2025-03-31"]);
  expect(opened).toBe(3);
});

it("readStatements(open) asks for the order where no date of the file tells it", async () => {
  const bytes = slashed('<Trade reportDate="04/04/2025" description="12/31/2025"/>');
  expect(await problem(bytes)).toMatchObject({
    code: "ambiguous-date",
    where: "FlexStatement@fromDate, line 3"
  });
  expect((await read(bytes, {dateFormat: "dmy"})).rows[0].day).toBe("2025-04-04");
  expect(
    (await problem(slashed('<Trade reportDate="31/03/2025"/><Trade reportDate="03/31/2025"/>'))).code
  ).toBe("ambiguous-date");
});

it("readStatements(open) does not look twice at a file without slashes", async () => {
  expect((await read(utf8(flex("", HEADER)))).opened).toBe(2);
});

const data = (path: string) => readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8");
const bare = data("csv/flex.csv").replace(/^"(?:BO[FAS]|EO[SAF])".*\n/gm, "");

it.each([
  ["Flex XML", NAMED],
  ["Flex CSV", data("csv/flex.csv")],
  ["Flex CSV without records", bare],
  ["a PortfolioAnalyst report", data("csv/portfolio-analyst.csv")]
])("readStatements(open) of %s never fails but with a refusal, whatever the bytes", async (_, text) => {
  const valid = utf8(text);
  await read(valid, {size: 97});
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({maxLength: 60}), fc.nat(valid.length), async (noise, at) => {
      for (const bytes of [noise, Buffer.concat([valid.subarray(0, at), noise, valid.subarray(at)])]) {
        try {
          await read(bytes, {size: 97});
        } catch (error) {
          expect(error).toBeInstanceOf(StatementError);
        }
      }
    })
  );
});
