import {once} from "node:events";
import {chmodSync, readFileSync} from "node:fs";
import {type AddressInfo, createServer} from "node:net";
import {expect, it, onTestFinished} from "vitest";
import {BAD_FILES, changed, dated} from "./bad-files.js";
import {BAD_STORES, withoutRights} from "./bad-stores.js";
import {ACTIVITY, desk, filledDesks, RESTATED} from "./terminal.js";

const filledDesk = filledDesks();

it.each(BAD_FILES)(
  "a file that $what is refused",
  async ({content, code, sentence, where = "", words = []}) => {
    const {run, write} = desk();
    const file = write("bad.xml", content);
    const inspected = await run(["inspect", file, "--json", ...words]);
    expect({code: inspected.code, stderr: inspected.stderr}).toEqual({code: 2, stderr: ""});
    expect(inspected.json()).toMatchObject({statements: [], errors: [{code, message: sentence, where}]});
  }
);

it("import of all these files tells each sentence, exits with 2 and leaves the store byte for byte", async () => {
  const {run, write, database} = filledDesk();
  const bad = BAD_FILES.filter(({words}) => !words);
  const files = bad.map(({content}, i) => write(`bad-${i}.xml`, content));
  const before = readFileSync(database);
  const {code, stderr, json} = await run(["import", ...files, "--json"]);
  expect(code).toBe(2);
  expect(stderr).toBe(bad.map(({sentence}, i) => `bad-${i}.xml: ${sentence}\n`).join(""));
  expect(json()).toMatchObject(
    bad.map(({code, sentence, where = ""}) => ({statements: [], errors: [{code, message: sentence, where}]}))
  );
  expect(readFileSync(database).equals(before)).toBe(true);
});

it.each([
  ["U9999999", "a statement of account U1000042, not U9999999", "statement 1"],
  ["U1000042", "a statement of account U1000043, not U1000042", "statement 2"]
])("import --account %s refuses a file of another account", async (account, what, where) => {
  const {run, database} = filledDesk();
  const before = readFileSync(database);
  const {code, stderr, json} = await run(["import", RESTATED, "--account", account, "--json"]);
  const message = `${what}: import it without --account, or choose another file`;
  expect({code, stderr}).toEqual({code: 2, stderr: `activity-restated.xml: ${message}\n`});
  expect(json()).toMatchObject([{statements: [], errors: [{code: "other-account", message, where}]}]);
  expect(readFileSync(database).equals(before)).toBe(true);
});

it("inspect and import of a file that is a folder, missing or not to be read say so", async () => {
  const filled = filledDesk();
  const {run, write, folder} = filled;
  const hidden = write("hidden.xml", "");
  chmodSync(hidden, 0);
  const missing = `${folder}/missing.xml`;
  for (const [file, why] of [
    [folder, "it is a folder"],
    [missing, "there is no such file"]
  ]) {
    const stderr = `${file} cannot be read: ${why}: name a file of yours\n`;
    expect(await run(["inspect", file])).toMatchObject({code: 2, stdout: "", stderr});
    expect(await run(["import", file])).toMatchObject({code: 2, stdout: "", stderr});
  }
  expect(await withoutRights(filled, ["import", hidden])).toMatchObject({
    code: 2,
    stderr: `${hidden} cannot be read: you may not read it: name a file of yours\n`
  });
});

it.each(BAD_STORES)(
  "import into a store $what says so and changes nothing",
  async ({spoil, run, sentence}) => {
    const filled = filledDesk();
    await spoil?.(filled);
    const before = readFileSync(filled.database);
    const {code, stderr} = await run(filled);
    expect(stderr).toBe(`${sentence(filled.database)}\n`);
    expect(code).toBe(1);
    expect(readFileSync(filled.database).equals(before)).toBe(true);
  }
);

it("start on a port that is taken says so and ends", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const {port} = server.address() as AddressInfo; // a TCP server's
  expect(await filledDesk().run(["start", "--json"], {PORT: `${port}`})).toMatchObject({
    code: 1,
    stdout: "",
    stderr: `port ${port} of 127.0.0.1 is taken, perhaps by a desk that runs already: end that, or set PORT to another one\n`
  });
});

it("start with wrong settings tells them all", async () => {
  const wrong = {BIND: "0.0.0.0", PORT: "65536", FLEX_URL: "http://example.invalid"};
  expect(await desk().run(["start"], wrong)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: `wrong settings, see .env.example:
  BIND=0.0.0.0 must be a loopback address (127.0.0.1, ::1 or localhost): there are no users and passwords yet
  PORT=65536 must be a port, 0 to 65535
  FLEX_URL=http://example.invalid must be an https address: the token travels in it
`
  });
});

it.each([
  [["frobnicate"], "unknown command 'frobnicate'"],
  [["import"], "missing required argument 'file'"],
  [["import", "--force", ACTIVITY], "unknown option '--force'"],
  [
    ["sql", "select 1", "select 2"],
    "too many arguments for 'sql'. Expected 1 argument but got 2: select 1, select 2."
  ]
])("%j is no command: exit code 64", async (words, sentence) => {
  expect(await desk().run(words)).toMatchObject({
    code: 64,
    stdout: "",
    stderr: `${sentence}\n(--help says more)\n`
  });
});

it("--date-format takes mdy or dmy alone", async () => {
  expect(await desk().run(["import", "--date-format", "ymd", ACTIVITY])).toMatchObject({
    code: 64,
    stderr: "unknown date format: ymd: say --date-format mdy (12/31/2025) or dmy (31/12/2025)\n"
  });
});

it("--date-format says which of day and month comes first", async () => {
  const {run, write} = desk();
  const file = write("slashes.xml", dated("01/02/2025", "03/04/2025", "02/03/2025"));
  for (const [order, from, to] of [
    ["mdy", "2025-01-02", "2025-03-04"],
    ["dmy", "2025-02-01", "2025-04-03"]
  ]) {
    const {code, json} = await run(["inspect", file, "--json", "--date-format", order]);
    expect(code).toBe(0);
    expect(json().statements).toMatchObject([{from, to}]);
  }
});

it("an exponent is read exactly", async () => {
  const {run, write} = desk();
  const tiny = changed(/(transactionID="80001".*netCash)="-1001"/, '$1="-1.00000000000000000000000001E3"');
  const {json} = await run(["inspect", write("tiny.xml", tiny), "--json"]);
  const [{trades}] = json().statements;
  expect(trades[3].netCash).toBe("-560.00500000000000000000001");
});
