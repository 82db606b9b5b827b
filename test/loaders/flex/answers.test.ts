import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {afterEach, expect, it} from "vitest";
import {createFlexClient} from "../../../loaders/flex/client.js";
import type {FlexError} from "../../../loaders/flex/errors.js";
import {mayFollow} from "../../../loaders/flex/http.js";
import type {FlexFault} from "../../../sim/flex/faults.js";
import {everything, openDesk, read, report, TOKEN} from "./desk.js";

let desk: Awaited<ReturnType<typeof openDesk>> | undefined;
const open = async (...options: Parameters<typeof openDesk>) => (desk = await openDesk(...options));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should have failed"),
    (error: FlexError) => error
  );

afterEach(() => desk?.service.close());

const hangs = ({kind}: FlexFault) => kind === "hang";

/** Only a service that hangs is to be taken for silent: a machine under load is slow, even at the step before. */
const spoiled = async (get: FlexFault[], send: FlexFault[] = []) => {
  const silenceMs = [...get, ...send].some(hangs) ? 1000 : 30_000;
  const {client} = await open({service: {faults: {get, send}}, waits: {tries: 2, silenceMs}});
  return failure(client.pull("1").then(({body}) => read(body)));
};

it("a web page with status 200 is told apart, and not asked for again", async () => {
  const error = await spoiled([{kind: "html"}]);
  expect(error).toMatchObject({code: "html", retry: true});
  expect(error.message).toMatch(/^the Flex service answered with a web page instead of XML/);
  expect(await spoiled([], [{kind: "html"}])).toMatchObject({code: "html"});
});

it("a query set to CSV is told apart, with the box to change", async () => {
  const error = await spoiled([{kind: "csv"}]);
  expect(error).toMatchObject({code: "csv", retry: false});
  expect(error.message).toBe(
    "query format is CSV: in query 1 set Delivery Configuration > Format to XML and save it"
  );
});

it("an empty answer is tried again, then said", async () => {
  expect(await spoiled([{kind: "empty"}, {kind: "empty"}])).toMatchObject({code: "empty", retry: true});
  const {client} = await open({service: {faults: {get: [{kind: "empty"}]}}});
  expect(await read((await client.pull("1")).body)).toBe(report("1"));
});

it("what is no Flex statement at all is shown by its beginning", async () => {
  const {client} = await open({service: {provider: () => ["PK\u0003\u0004 a zip"]}});
  const error = await failure(client.pull("1"));
  expect(error).toMatchObject({code: "not-flex", retry: false});
  expect(error.message).toContain(`it begins "PK\\u0003\\u0004 a zip"`);
});

it("another XML is no Flex statement", async () => {
  const {client} = await open({service: {provider: () => ['<?xml version="1.0"?><rss/>\n']}});
  expect(await failure(client.pull("1"))).toMatchObject({code: "not-flex"});
});

it("a report after a prolog, a byte order mark and under a wrong content type is a report", async () => {
  const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- a > b -->\n${report("1")}`;
  const {client} = await open({
    service: {provider: () => [text], faults: {get: [{kind: "content-type", type: "text/csv"}]}}
  });
  expect(await read((await client.pull("1")).body)).toBe(text);
});

it("a report that comes byte by byte is the same report", async () => {
  const {client} = await open({
    service: {
      faults: {get: [{kind: "drip", bytes: 1, everyMs: 0}], send: [{kind: "drip", bytes: 1, everyMs: 0}]}
    }
  });
  expect(await read((await client.pull("1")).body)).toBe(report("1"));
});

it("a body cut off is said with its size, whether the connection breaks, hangs or ends in peace", async () => {
  for (const kind of ["truncated", "reset", "hang"] as const) {
    const error = await spoiled([{kind, bytes: 100}]);
    expect(error).toMatchObject({code: "truncated", retry: true});
    expect(error.message).toBe(
      "the answer for query 1 was cut off after 100 bytes, nothing of it was kept: pull again in a few minutes"
    );
    await desk!.service.close();
  }
});

it("a connection that breaks or hangs before the answer is tried again, then said", async () => {
  expect(
    await spoiled(
      [],
      [
        {kind: "reset", bytes: 0},
        {kind: "reset", bytes: 0}
      ]
    )
  ).toMatchObject({code: "network", retry: true});
  const error = await spoiled([
    {kind: "hang", bytes: 0},
    {kind: "hang", bytes: 0}
  ]);
  expect(error.message).toBe("the Flex service gave no answer for 1 s: pull again in a few minutes");
  const {client} = await open({service: {faults: {get: [{kind: "reset", bytes: 0}]}}});
  expect(await read((await client.pull("1")).body)).toBe(report("1"));
});

it("HTTP 503 passes, HTTP 403 stays", async () => {
  const busy: FlexFault = {kind: "http", status: 503};
  expect(await spoiled([busy, busy])).toMatchObject({code: "http", retry: true});
  expect(await spoiled([{kind: "http", status: 403}])).toMatchObject({code: "http", retry: false});
  expect(
    await spoiled([
      {kind: "http", status: 429},
      {kind: "http", status: 429}
    ])
  ).toMatchObject({code: 1018});
});

it("a service that is not there is said without its address and token", async () => {
  const {client, service} = await open({waits: {tries: 1}});
  await service.close();
  const error = await failure(client.pull("1"));
  expect(error).toMatchObject({code: "network", retry: true});
  expect(error.message).toContain("ECONNREFUSED");
});

it("a slow reader does not count as a silent service", async () => {
  const piece = `<!--${"x".repeat(1_000_000)}-->\n`;
  const text = report("1").replace("</FlexQueryResponse>", `${piece.repeat(8)}</FlexQueryResponse>`);
  const {client} = await open({service: {provider: () => [text]}, waits: {silenceMs: 500}});
  const {body} = await client.pull("1");
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 1200));
    bytes += chunk.length;
  }
  expect(bytes).toBe(text.length);
});

it("a body is read only as fast as it is used", async () => {
  let given = 0;
  const piece = `<!--${"x".repeat(65_536)}-->\n`;
  function* provider() {
    yield '<FlexQueryResponse queryName="big" type="AF">\n';
    for (; given < 1000; ++given) yield piece;
    yield "</FlexQueryResponse>\n";
  }
  const {client} = await open({service: {provider}});
  const {body} = await client.pull("1");
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(given).toBeLessThan(200);
  await read(body);
  expect(given).toBe(1000);
});

it("the host in the answer's Url gets nothing", async () => {
  const foreign = await eavesdropper();
  const {client} = await open({
    service: {faults: {send: [{kind: "foreign-url", url: `${foreign.url}/GetStatement`}]}}
  });
  expect(await read((await client.pull("1")).body)).toBe(report("1"));
  expect(foreign.heard).toEqual([]);
  await foreign.close();
});

it("a redirect to another host is not followed", async () => {
  const foreign = await eavesdropper();
  const {client} = await open({
    service: {
      faults: {send: [{kind: "redirect", location: `${foreign.url}/?t=${encodeURIComponent(TOKEN)}`}]}
    }
  });
  const error = await failure(client.pull("1"));
  expect(error).toMatchObject({code: "redirect", retry: false});
  expect(foreign.heard).toEqual([]);
  expect(everything(error)).not.toContain(TOKEN);
  await foreign.close();
});

it("a redirect within the configured address is followed, but not for ever", async () => {
  const {client, service} = await open();
  const location = `/AccountManagement/FlexWebService/SendRequest?t=${encodeURIComponent(TOKEN)}&q=2&v=3`;
  service.faults.send.push({kind: "redirect", location});
  expect(await read((await client.pull("1")).body)).toBe(report("2"));
  service.faults.send.push(...Array.from({length: 6}, () => ({kind: "redirect" as const, location})));
  expect(await failure(client.pull("1"))).toMatchObject({code: "redirect"});
});

it("mayFollow(base, target) stays inside interactivebrokers.com, by https", () => {
  const base = new URL("https://ndcdyn.interactivebrokers.com/AccountManagement/FlexWebService");
  const follow = (target: string) => mayFollow(base, new URL(target));
  expect(follow("https://gdcdyn.interactivebrokers.com/x")).toBe(true);
  expect(follow("https://interactivebrokers.com/x")).toBe(true);
  for (const target of [
    "http://ndcdyn.interactivebrokers.com/x",
    "https://interactivebrokers.com.example.org/x",
    "https://evilinteractivebrokers.com/x",
    "https://gdcdyn.interactivebrokers.com:8443/x",
    "https://user@gdcdyn.interactivebrokers.com/x",
    "https://example.org/?interactivebrokers.com"
  ])
    expect(follow(target), target).toBe(false);
  expect(mayFollow(new URL("http://127.0.0.1:1/x"), new URL("https://ndcdyn.interactivebrokers.com/"))).toBe(
    false
  );
});

it("createFlexClient refuses an address that would show the token, and a missing token", () => {
  const make = (url: string, token = TOKEN) => createFlexClient({url, token, userAgent: "Node/24"});
  expect(() => make("http://ndcdyn.interactivebrokers.com/x")).toThrow(
    "invalid FLEX_URL: http://ndcdyn.interactivebrokers.com/x: it must be https, or http on this machine"
  );
  expect(() => make(`https://example.org/?t=${TOKEN}`)).toThrow(
    "invalid FLEX_URL: https://example.org/?t=***: it is the address of the service alone"
  );
  expect(() => make("not an address")).toThrow("invalid FLEX_URL: not an address");
  expect(() => make("https://example.org", "")).toThrow(
    "no Flex token: put it into FLEX_TOKEN or a file named by FLEX_TOKEN_FILE"
  );
});

it("the token is in no log line and no error, whatever happens", async () => {
  const foreign = await eavesdropper();
  const echo = `<FlexStatementResponse><Status>Fail</Status><ErrorCode>1099</ErrorCode><ErrorMessage>bad token ${TOKEN}</ErrorMessage></FlexStatementResponse>`;
  const errors: unknown[] = [];
  const said: string[] = [];
  const faults: FlexFault[] = [
    ...Array.from({length: 21}, (_, n) => ({kind: "error" as const, code: 1001 + n})),
    {kind: "html"},
    {kind: "csv"},
    {kind: "empty"},
    {kind: "http", status: 500},
    {kind: "truncated", bytes: 30},
    {kind: "reset", bytes: 0},
    {kind: "hang", bytes: 0},
    {kind: "redirect", location: `https://example.org/${TOKEN}`},
    {kind: "redirect", location: `${foreign.url}/?t=${TOKEN}`}
  ];
  for (const fault of faults)
    for (const step of ["send", "get"] as const) {
      const {
        client,
        service,
        said: lines
      } = await open({
        service: {faults: {[step]: [fault, fault]}},
        waits: {tries: 2, silenceMs: 20}
      });
      await client.pull("1").then(
        ({body}) => read(body).catch((error: unknown) => errors.push(error)),
        (error: unknown) => errors.push(error)
      );
      said.push(...lines);
      await service.close();
    }
  for (const text of [echo, TOKEN, `${TOKEN}\n`, `<a>${TOKEN}</a>`]) {
    const {client, said: lines} = await open({service: {provider: () => [text]}});
    errors.push(await failure(client.pull("1")));
    said.push(...lines);
    await desk!.service.close();
  }
  expect(errors.length).toBeGreaterThan(55);
  expect(said.length).toBeGreaterThan(50);
  const output = [...errors.map(everything), ...said].join("\n");
  for (const secret of [TOKEN, encodeURIComponent(TOKEN), "secret"]) expect(output).not.toContain(secret);
  expect(foreign.heard).toEqual([]);
  await foreign.close();
});

it("a host named after the token is not shown either", async () => {
  const token = "104882917366882231";
  const {makeClient, service} = await open({service: {token}});
  service.faults.send.push({kind: "redirect", location: `https://${token}.example.org/`});
  const error = await failure(makeClient({token}).pull("1"));
  expect(error.message).toContain("sends the request on to ***.example.org, where the token must not go");
});

/** A server of someone else, which keeps what it is told. */
async function eavesdropper() {
  const heard: string[] = [];
  const server = createServer((req, res) => {
    heard.push(req.url ?? "");
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {url, heard, close: () => new Promise((resolve) => server.close(resolve))};
}
