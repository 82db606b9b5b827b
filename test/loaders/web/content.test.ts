import {expect, it} from "vitest";
import {type Content, readBody} from "../../../loaders/web/content.js";

const read = (content: Content, text: string, type = "") => readBody(content, Buffer.from(text), type);

it("readBody() returns what was asked for as text", () => {
  expect(read("json", '{"a": 1}', "application/json")).toBe('{"a": 1}');
  expect(read("json", "[]")).toBe("[]");
  expect(read("csv", "Date,Close\n2026-01-02,1\n")).toBe("Date,Close\n2026-01-02,1\n");
  expect(read("xml", '<?xml version="1.0"?>\n<feed><entry/></feed>\n')).toContain("<entry/>");
  expect(read("xml", "<feed/>")).toBe("<feed/>");
});

it("readBody() takes a mark at the start of a text for nothing", () => {
  expect(read("csv", "\uFEFFDate,Close\n")).toBe("Date,Close\n");
});

it.each([
  ["csv", "<!DOCTYPE html><html><body>down for maintenance</body></html>", ""],
  ["json", "  <html lang=en><p>Will be right back", ""],
  ["xml", "<div>sign in</div>", "text/html; charset=UTF-8"],
  ["zip", "<html></html>", ""]
] as const)("readBody(%s) knows a web page by its first tag or its type", (content, page, type) => {
  expect(read(content, page, type)).toEqual({code: "not-what-was-asked", what: "a web page"});
});

it("readBody() tells a page that checks who is asking", () => {
  const page = '<!DOCTYPE html><script>sha256(nonce); form.action = "/__verify"</script>';
  expect(read("csv", page)).toEqual({code: "challenge", what: "a web page that checks who is asking"});
});

it("readBody() quotes what came instead", () => {
  expect(read("json", "Too Many Requests\r\n")).toEqual({
    code: "not-what-was-asked",
    what: "“Too Many Requests”"
  });
  expect(read("csv", '{"error": "no"}')).toEqual({code: "not-what-was-asked", what: '“{"error": "no"}”'});
});

it.each([
  ["json", '{"rows": [{"a": 1}, {"b": 2}]}'],
  ["xml", "<feed><entry><d>1</d></entry><entry><d>2</d></entry></feed>"]
] as const)("readBody(%s) finds every place at which a reply may break off", (content, whole) => {
  expect(read(content, whole)).toBe(whole);
  for (let length = 0; length < whole.length; ++length)
    expect(read(content, whole.slice(0, length))).toMatchObject({code: "truncated"});
});

it("readBody(csv) finds a last line that does not end, or has fewer fields than the first", () => {
  expect(read("csv", 'Date,"a, b",Close\n2026-01-02,"x, y",1\n')).toContain("x, y");
  expect(read("csv", "Date,Open,Close\n2026-01-02,1,2\n2026-01-0")).toEqual({
    code: "truncated",
    what: "a last line that breaks off: “2026-01-0”"
  });
  expect(read("csv", "Date,Open,Close\n2026-01-02,1,2")).toMatchObject({code: "truncated"});
  expect(read("csv", "No data")).toBe("No data");
});
