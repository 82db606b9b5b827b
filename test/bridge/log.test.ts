import {expect, it} from "vitest";
import {createLog} from "../../bridge/log.js";

function collect(format: "text" | "json", secrets: string[] = []) {
  const lines: string[] = [];
  return {lines, log: createLog({format, level: "debug", secrets, write: (line) => void lines.push(line)})};
}

it("the text log is one readable line an event", () => {
  const {lines, log} = collect("text");
  log.info({rows: 120, ms: 31}, "imported statement.xml");
  expect(lines).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d info {2}imported statement\.xml rows=120 ms=31\n$/)
  ]);
});

it("the JSON log is one object an event", () => {
  const {lines, log} = collect("json");
  log.warn({rows: 120}, "slow");
  expect(JSON.parse(lines[0])).toMatchObject({level: "warn", msg: "slow", rows: 120});
});

it("an error shows its stack in the text log, a warning only its sentence", () => {
  const {lines, log} = collect("text");
  log.error({err: new Error("broken")}, "request failed");
  log.warn({err: new Error("odd")}, "strange");
  expect(lines[0]).toMatch(/error request failed error=broken\n +at /);
  expect(lines[1]).toMatch(/warn {2}strange error=odd\n$/);
});

it("outside text cannot forge a line or move the cursor", () => {
  const {lines, log} = collect("text");
  log.info({name: "a\n12:00:00 info forged\u001b[2J"}, "import");
  expect(lines).toHaveLength(1);
  expect(lines[0].trimEnd()).not.toContain("\n");
  expect(lines[0]).not.toContain("\u001b");
});

for (const format of ["text", "json"] as const) {
  it(`the ${format} log hides secrets wherever they stand`, () => {
    const {lines, log} = collect(format, ["123456789", "s3cr/t"]);
    log.info(
      {url: "https://example.com/SendRequest?t=123456789&q=1"},
      "fetch https://example.com/?t=987654321&v=3"
    );
    log.info(
      {
        headers: {
          authorization: "Bearer abcdef",
          cookie: "tearsheet_session_1=ghijkl",
          "set-cookie": ["mnopqr"]
        }
      },
      "x"
    );
    log.info({token: "stuvwx", nested: {token: "yzabcd"}}, "a token s3cr/t and s3cr%2Ft");
    log.error({err: new Error("cannot reach http://127.0.0.1/?token=efghij")}, "failed");
    const text = lines.join("");
    for (const secret of [
      "123456789",
      "987654321",
      "abcdef",
      "ghijkl",
      "mnopqr",
      "stuvwx",
      "yzabcd",
      "s3cr",
      "efghij"
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain("q=1");
  });
}
