import {expect, it} from "vitest";
import {parseResponse, queryNameOf, sniff} from "../../../loaders/flex/response.js";

it("parseResponse(xml) reads IBKR's answers, names in any case, spaces or not", () => {
  expect(
    parseResponse(
      '<FlexStatementResponse timestamp="28 August, 2012 10:37 AM EDT"><Status>Success</Status>' +
        "<ReferenceCode>1234567890</ReferenceCode><url>https://example.org/GetStatement</url></FlexStatementResponse>"
    )
  ).toEqual({status: "Success", reference: "1234567890"});
  expect(
    parseResponse(
      "<FlexStatementResponse timestamp='11 June, 2026 04:10 PM EDT'>\n<status>Warn</status>\n" +
        "<ErrorCode> 1019 </ErrorCode>\n<ErrorMessage>P&amp;L later</ErrorMessage>\n</FlexStatementResponse>\n"
    )
  ).toEqual({status: "Warn", code: 1019, message: "P&L later"});
});

it("parseResponse(xml) takes nothing that is cut off, malformed or declares entities", () => {
  const whole =
    "<FlexStatementResponse><Status>Success</Status><ReferenceCode>12</ReferenceCode></FlexStatementResponse>";
  for (let end = 0; end < whole.length; ++end) expect(parseResponse(whole.slice(0, end))).toBeUndefined();
  expect(parseResponse(`<!DOCTYPE x [<!ENTITY e "e">]>${whole}`)).toBeUndefined();
  expect(parseResponse("<html><body>12</body></html>")).toBeUndefined();
});

it("sniff(head) tells what an answer is", () => {
  expect(sniff('<FlexQueryResponse queryName="x">', false)).toBe("report");
  expect(sniff("<FlexStatementResponse>", false)).toBe("response");
  expect(sniff("\uFEFF<?xml version='1.0'?>\n<!-- <html> -->\n<FlexQueryResponse >", false)).toBe("report");
  expect(sniff("<!doctype HTML>\n", false)).toBe("html");
  expect(sniff("\n<HTML lang=en>", false)).toBe("html");
  expect(sniff('"BOF","U1","x"\n', false)).toBe("csv");
  expect(sniff("ClientAccountID|CurrencyPrimary\n", false)).toBe("csv");
  expect(sniff("Not found", true)).toBe("not-flex");
  expect(sniff("PK\u0003\u0004,\n", true)).toBe("not-flex");
  expect(sniff("<FlexQueryResponses>", true)).toBe("not-flex");
  expect(sniff(" \n", true)).toBe("empty");
});

it("sniff(head) waits until it has seen enough, and no longer", () => {
  const report = "<?xml version='1.0'?><!-- x --><FlexQueryResponse queryName='x'>";
  for (let end = 0; end < report.length; ++end) expect(sniff(report.slice(0, end), false)).toBe("undecided");
  expect(sniff(report, false)).toBe("report");
  expect(sniff(`<!--${"x".repeat(9000)}`, false)).toBe("not-flex");
});

it("queryNameOf(head) is the query's name, entities resolved", () => {
  expect(
    queryNameOf('<?xml version="1.0"?><FlexQueryResponse type="AF" queryName="P&amp;L &quot;all&quot;">')
  ).toBe('P&L "all"');
  expect(queryNameOf("<FlexQueryResponse>")).toBe("");
});
