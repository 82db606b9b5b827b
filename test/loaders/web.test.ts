import {createServer, type RequestListener, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {afterEach, expect, it} from "vitest";
import {VendorError} from "../../loaders/vendors/vendor.js";
import {createWeb, type KeptReply, type Web, type WebOptions} from "../../loaders/web.js";

const KEY = "s3cret/key+1";
const SIGNAL = new AbortController().signal;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
}

/** A web with a clock of its own: waiting moves it. */
function webOf(baseUrl: string, options: Partial<WebOptions> = {}) {
  const clock = {time: Date.UTC(2026, 10, 20, 12)};
  const waits: number[] = [];
  const logs: string[] = [];
  const kept: KeptReply[] = [];
  const web = createWeb({
    vendor: {id: "acme", name: "Acme", key: "ACME_KEY", rate: {perMinute: 6000, burst: 100}},
    baseUrl,
    key: KEY,
    now: () => new Date(clock.time),
    wait: (ms) => {
      waits.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
    random: () => 0,
    log: (message, fields) => void logs.push(`${message} ${JSON.stringify(fields)}`),
    keepReply: (reply) => void kept.push(reply),
    ...options
  });
  return {web, clock, waits, logs, kept};
}

const ask = (web: Web, path = "/rows") =>
  web.get({path, query: {symbol: "^GSPC"}, secret: {apiKey: KEY}, content: "json"}, SIGNAL);

async function errorOf(promise: Promise<unknown>): Promise<VendorError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown
  );
  if (!(error instanceof VendorError)) throw new Error(`expected a VendorError, not ${String(error)}`);
  return error;
}

/** Answers of a server that says these one after the other, the last for good. */
function script(...answers: {status?: number; headers?: Record<string, string>; body?: string}[]) {
  const asked: string[] = [];
  const listener: RequestListener = (req, res) => {
    const {status = 200, headers = {}, body = "{}"} = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(req.url ?? "");
    res.writeHead(status, {"content-type": "application/json", ...headers}).end(body);
  };
  return {asked, listener};
}

it("get() asks below the base address, with query and secret, and returns the reply", async () => {
  const {asked, listener} = script({body: '{"a": 1}'});
  const {web, kept} = webOf(await serve(listener));
  const reply = await ask(web, "/rows/BRK%2FB");
  expect(reply).toMatchObject({status: 200, text: '{"a": 1}', fetchedAt: "2026-11-20T12:00:00.000Z"});
  expect(asked).toEqual(["/base/rows/BRK%2FB?symbol=%5EGSPC&apiKey=s3cret%2Fkey%2B1"]);
  expect(reply.url).toMatch(/\/base\/rows\/BRK%2FB\?symbol=%5EGSPC&apiKey=\*\*\*$/);
  expect(kept).toEqual([
    {vendor: "acme", url: reply.url, status: 200, fetchedAt: reply.fetchedAt, text: '{"a": 1}'}
  ]);
});

it("get() shows the key in no reply kept, log or error, even if the vendor says it again", async () => {
  const {listener} = script(
    {status: 503, body: `key ${KEY} is slow`},
    {body: `{"key": "${KEY}"}`},
    {status: 403, body: `{"error": "${KEY} may not"}`}
  );
  const {web, kept, logs} = webOf(await serve(listener));
  await ask(web);
  const error = await errorOf(ask(web));
  for (const text of [JSON.stringify(kept), ...logs, error.message]) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(encodeURIComponent(KEY));
  }
  expect(error).toMatchObject({
    code: "not-entitled",
    message: 'Acme answered 403, “{"error": "*** may not"}”: the key of ACME_KEY may not ask for this'
  });
});

it("get() shows no key in the error of a connection that fails", async () => {
  const {web} = webOf("http://127.0.0.1:9", {retries: 0});
  const {code, message} = await errorOf(ask(web));
  expect(code).toBe("unavailable");
  expect(message).not.toContain("s3cret");
});

it("get() tries again what may pass, waiting twice as long each time", async () => {
  const {asked, listener} = script({status: 502}, {status: 500}, {body: '{"a": '}, {body: "{}"});
  const {web, waits} = webOf(await serve(listener));
  expect((await ask(web)).text).toBe("{}");
  expect(asked).toHaveLength(4);
  expect(waits).toEqual([1000, 2000, 4000]);
});

it("get() gives up after its tries, and says what to do", async () => {
  const {asked, listener} = script({status: 503, body: "<html>away</html>"});
  const {web} = webOf(await serve(listener), {retries: 2});
  const error = await errorOf(ask(web));
  expect(error).toMatchObject({
    code: "unavailable",
    message: "Acme answered 503: it is out of order: pull again later"
  });
  expect(asked).toHaveLength(3);
});

it("get() keeps a Retry-After given in seconds, and one given as a date", async () => {
  const {listener} = script(
    {status: 429, headers: {"retry-after": "7"}},
    {status: 429, headers: {"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}},
    {}
  );
  const {web, waits} = webOf(await serve(listener));
  await ask(web);
  expect(waits).toEqual([7000, 23_000]); // a hundred requests may leave at once: only the rests are waited for
});

it("get() does not wait for a rest of hours: it says when to come back", async () => {
  const {asked, listener} = script({status: 429, headers: {"retry-after": "7200"}, body: "slow down"});
  const {web, waits, clock} = webOf(await serve(listener));
  expect(await errorOf(ask(web))).toMatchObject({
    code: "rate-limited",
    retryAfter: 7200,
    message: "Acme answered 429, “slow down”: too many requests: pull again in 7200 s"
  });
  clock.time += 200_000;
  expect(await errorOf(ask(web))).toMatchObject({
    code: "rate-limited",
    message: "Acme wants no request for 7000 s more: pull again after that"
  });
  expect([asked.length, waits]).toEqual([1, []]);
});

it("get() asks nothing more after a ban, until it has ended", async () => {
  const {asked, listener} = script({status: 418, headers: {"retry-after": "300"}}, {});
  const {web, clock} = webOf(await serve(listener));
  expect(await errorOf(ask(web))).toMatchObject({code: "banned", retryAfter: 300});
  clock.time += 100_000;
  expect(await errorOf(ask(web))).toMatchObject({
    code: "banned",
    retryAfter: 200,
    message: "Acme wants no request for 200 s more: pull again after that"
  });
  expect(asked).toHaveLength(1);
  clock.time += 200_000;
  expect((await ask(web)).status).toBe(200);
});

it.each([
  [401, KEY, "key-wrong"],
  [401, null, "key-missing"],
  [403, KEY, "not-entitled"],
  [403, null, "refused"],
  [451, KEY, "refused"],
  [404, KEY, "not-what-was-asked"],
  [400, KEY, "not-what-was-asked"]
] as const)("get() takes status %i with key %s for %s, and asks once", async (status, key, code) => {
  const {asked, listener} = script({status});
  const {web} = webOf(await serve(listener), {key});
  expect((await errorOf(web.get({path: "/rows", content: "json"}, SIGNAL))).code).toBe(code);
  expect(asked).toHaveLength(1);
});

it("get() hands over the vendor's own error document where it is asked for", async () => {
  const {listener} = script({status: 404, body: "no such thing"});
  const {web, kept} = webOf(await serve(listener));
  const reply = await web.get({path: "/rows", content: "json", accept: [404]}, SIGNAL);
  expect(reply).toMatchObject({status: 404, text: "no such thing"});
  expect(kept).toHaveLength(1);
});

it("get() takes a web page with status 200 for an error, and keeps it as evidence", async () => {
  const {listener} = script({headers: {"content-type": "text/html"}, body: "<html>enable JavaScript</html>"});
  const {web, kept} = webOf(await serve(listener));
  expect(await errorOf(ask(web))).toMatchObject({
    code: "challenge",
    message:
      "Acme answered a web page that checks who is asking instead of JSON: it keeps programs out, download the file in a browser and import it"
  });
  expect(kept[0].text).toBe("<html>enable JavaScript</html>");
});

it("get() finds a body that ends before its length, and one that breaks off", async () => {
  const short = await serve((_, res) => {
    res.writeHead(200, {"content-type": "application/json", "content-length": "100"}).write('{"a": 1}');
    setTimeout(() => res.destroy(), 10);
  });
  const broken = await serve((_, res) => {
    res.writeHead(200, {"content-type": "application/json"}).write('{"a": 1}');
    setTimeout(() => res.destroy(), 10);
  });
  for (const url of [short, broken]) {
    const {web, waits} = webOf(url, {retries: 1});
    expect((await errorOf(ask(web))).code).toBe("truncated");
    expect(waits).toEqual([1000]);
  }
});

it("get() compares the length that a vendor declares", async () => {
  const fetch = () => Promise.resolve(new Response("{}", {headers: {"content-length": "10"}}));
  const {web} = webOf("https://acme.invalid", {fetch, retries: 0});
  expect(await errorOf(ask(web))).toMatchObject({
    code: "truncated",
    message: "Acme's answer is cut off (2 of 10 bytes): pull again later"
  });
});

it("get() gives up a vendor that says nothing", async () => {
  const {web} = webOf(await serve(() => undefined), {retries: 0, silenceMs: 50});
  expect(await errorOf(ask(web))).toMatchObject({
    code: "unavailable",
    message: "Acme said nothing for 0.05 s: pull again later"
  });
});

it("get() follows a redirect at home, and none to another host", async () => {
  const other = script({});
  const elsewhere = await serve(other.listener);
  const home = await serve((req, res) => {
    const to = req.url?.startsWith("/base/far") ? elsewhere : "/base/near";
    if (req.url?.startsWith("/base/near")) res.writeHead(200).end("{}");
    else res.writeHead(302, {location: to}).end();
  });
  const {web} = webOf(home);
  expect((await ask(web, "/moved")).text).toBe("{}");
  const {code, message} = await errorOf(ask(web, "/far"));
  expect(code).toBe("refused");
  expect(message).toMatch(
    /^Acme sends the request on to 127\.0\.0\.1:\d+, which is not done: check ACME_URL$/
  );
  expect(other.asked).toEqual([]);
});

it("get() goes on at an address that the vendor gives, on the same host only", async () => {
  const {asked, listener} = script({});
  const base = await serve(listener);
  const {web} = webOf(base);
  await web.get({path: `${base}/next?cursor=abc`, secret: {apiKey: KEY}, content: "json"}, SIGNAL);
  expect(asked).toEqual(["/base/next?cursor=abc&apiKey=s3cret%2Fkey%2B1"]);
  const error = await errorOf(ask(web, "https://evil.example/next"));
  expect(error).toMatchObject({
    code: "refused",
    message: "Acme wants to go on at evil.example, which is not done: check ACME_URL"
  });
});

it.each(["/chart/../../etc", "/chart/%2e%2E/x", "/chart/.."])("get() refuses the path %s", async (path) => {
  const {asked, listener} = script({});
  const {web} = webOf(await serve(listener));
  expect((await errorOf(ask(web, path))).code).toBe("refused");
  expect(asked).toEqual([]);
});

it("get() keeps the vendor's rate, and rests when told to", async () => {
  const {listener} = script({});
  const vendor = {id: "acme", name: "Acme", key: null, rate: {perMinute: 5, burst: 2}};
  const {web, waits} = webOf(await serve(listener), {vendor});
  for (let i = 0; i < 4; ++i) await ask(web);
  expect(waits).toEqual([24_400]); // two, then two more after 2/5 of a minute
  web.hold(60_000);
  await ask(web);
  expect(waits.at(-1)).toBe(60_000);
});

it("get() on loopback waits for nothing when no other way to wait is given", async () => {
  const {listener} = script({status: 503}, {status: 429, headers: {"retry-after": "60"}}, {});
  const now = () => new Date();
  const vendor = {id: "acme", name: "Acme", key: null, rate: {perMinute: 1, burst: 1}};
  const web = createWeb({vendor, baseUrl: await serve(listener), now});
  await ask(web);
  await ask(web);
}, 50_000); // less than the minute that either wait would be

it("get() ends with the signal's reason when it is called off", async () => {
  const {web} = webOf(await serve(() => undefined));
  const signal = AbortSignal.timeout(30);
  await expect(web.get({path: "/rows", content: "json"}, signal)).rejects.toThrow(/timeout/);
});

it("createWeb() refuses an address that is not https, and shows no key of it", () => {
  const vendor = {id: "new-york-fed", name: "New York Fed", key: null, rate: {perMinute: 60, burst: 1}};
  const options = {vendor, now: () => new Date(), key: KEY};
  expect(() => createWeb({...options, baseUrl: "http://example.com"})).toThrow(
    new RangeError("invalid NEW_YORK_FED_URL: http://example.com: it must be https, or http on this machine")
  );
  expect(() => createWeb({...options, baseUrl: `https://example.com/?k=${KEY}`})).toThrow(
    new RangeError(
      "invalid NEW_YORK_FED_URL: https://example.com/?k=***: it is the address of the service alone"
    )
  );
});
