import {expect, it} from "vitest";
import {detectFormat} from "../../../lib/statements/detect.js";

const formatOf = (head: string | Uint8Array) => detectFormat(head).format;
const codeOf = (head: string | Uint8Array) => detectFormat(head).problem?.code;

it("detectFormat(head) tells Flex XML by its first character, after a mark or a declaration", () => {
  for (const head of [
    "<FlexQueryResponse>",
    '<?xml version="1.0"?>\n<FlexQueryResponse>',
    "\uFEFF\n <FlexQueryResponse>",
    "<FlexStatementResponse>"
  ]) {
    expect(detectFormat(head)).toEqual({format: "flex-xml", problem: null});
    expect(detectFormat(Buffer.from(head))).toEqual({format: "flex-xml", problem: null});
  }
});

it("detectFormat(head) tells IBKR's CSV files by their first lines", () => {
  const heads = {
    "flex-csv": [
      '"BOF","U1","q","3"',
      '"TRNT","BOS","Trades"',
      "ClientAccountID,AccountAlias",
      '"HEADER","TRNT","ClientAccountID"'
    ],
    "activity-csv": [
      "Statement,Header,Field Name,Field Value\nStatement,Data,BrokerName,IB\nStatement,Data,Title,Activity Statement\n"
    ],
    "transaction-history-csv": [
      "Statement,Header,Field Name,Field Value\nSummary,Header,Field Name,Field Value\nTransaction History,Header,Date\n"
    ],
    "portfolio-analyst-csv": ["Introduction,Header,Name,Account,Alias,BaseCurrency"],
    "mtm-csv": ["Statement,Header,Field Name,Field Value\nStatement,Data,Title,MTM Summary\n"]
  };
  for (const [format, starts] of Object.entries(heads))
    for (const start of starts) {
      expect(detectFormat(`\uFEFF${start}`)).toEqual({format, problem: null});
      expect(detectFormat(Buffer.from(start))).toEqual({format, problem: null});
    }
});

it("detectFormat(head) takes an Activity Statement for one, however many columns its sections have", () => {
  const head =
    "Statement,Header,Field Name,Field Value\nTrades,Header,A,B,C,D,E,F,G\nIntroduction,Header,x\n";
  expect(formatOf(head)).toBe("activity-csv");
});

it("detectFormat(head) says what a file is that is no statement", () => {
  expect(codeOf(new Uint8Array(0))).toBe("empty");
  expect(codeOf("  \r\n")).toBe("empty");
  expect(codeOf(Uint8Array.of(0x50, 0x4b, 3, 4))).toBe("zip");
  expect(codeOf(Uint8Array.of(0x1f, 0x8b, 8))).toBe("zip");
  expect(codeOf(Uint8Array.of(0xff, 0xfe, 0x3c, 0))).toBe("encoding");
  expect(codeOf(Uint8Array.of(0, 0x3c, 0, 0x46))).toBe("encoding");
  expect(codeOf("<!DOCTYPE HTML>")).toBe("html");
  expect(codeOf('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML">')).toBe("html");
  expect(codeOf("%PDF-1.7")).toBe("not-flex");
  expect(codeOf(Uint8Array.of(1, 2, 0x2c, 3, 0x2c, 4))).toBe("not-flex");
  expect(codeOf("name;date;amount\n")).toBe("csv");
  expect(codeOf("hello")).toBe("not-flex");
  expect(formatOf("hello")).toBeNull();
});
