import {type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {createInterface} from "node:readline";
import {beforeAll, expect, it, onTestFinished} from "vitest";
import WebSocket from "ws";
import {ACTIVITY, type Desk, desk, filledDesks, type Settings} from "../cli/terminal.js";
import {ensureSite} from "./harness.js";

beforeAll(async () => void (await ensureSite()), 600_000);

const filledDesk = filledDesks();

/** A desk that has been started, and what it said. */
interface Started {
  child: ChildProcess;
  url: string;
  token: string;
  /** Milliseconds from the command to the answer. */
  answered: number;
  get: (path: string, token?: string) => Promise<Response>;
  /** Waits until what it shows can be asked for. */
  ready: () => Promise<void>;
}

async function start({begin}: Desk, settings: Settings = {PORT: "0"}): Promise<Started> {
  const begun = performance.now();
  const child = begin(["start", "--json"], settings);
  child.stderr?.resume();
  const lines = createInterface({input: child.stdout!}); // piped by spawn
  const [line] = (await once(lines, "line")) as [string];
  const {url, token} = JSON.parse(line) as {url: string; token: string};
  const health = await fetch(`${url}/health`);
  const answered = performance.now() - begun;
  expect(await health.json()).toEqual({status: "up"});
  const get = (path: string, bearer?: string) =>
    fetch(`${url}${path}`, {headers: bearer === undefined ? {} : {authorization: `Bearer ${bearer}`}});
  const ready = () =>
    expect
      .poll(async () => (await get("/api/account/summary", token)).status, {timeout: 170_000, interval: 200})
      .toBe(200);
  return {child, url, token, answered, get, ready};
}

async function stopped({child}: Started): Promise<number | null> {
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

it("start --json answers before the desk is ready, and shows what the command line tells", async () => {
  const home = filledDesk();
  const started = await start(home);
  console.log(`answered after ${Math.round(started.answered)} ms`); // the 5 s are a measure, not a test
  await started.ready();

  const summary = await (await started.get("/api/account/summary?accounts=U1000042", started.token)).json();
  const [last] = (
    await home.run([
      "sql",
      "select total, cash, day from nav where account = 'U1000042' order by day desc limit 1",
      "--json"
    ])
  ).json();
  const {nav} = (await home.run(["inspect", ACTIVITY, "--json"])).json().statements[0];
  expect(last).toEqual({total: "5748.345", cash: "4547.545", day: "2025-03-31"});
  expect(nav.end).toBe(last.total);
  expect(summary).toMatchObject({scope: {asOf: last.day, currency: "USD"}, nav: {value: last.total}});

  const {rows} = await (await started.get("/api/positions?accounts=U1000042", started.token)).json();
  expect(rows.map(({symbol, quantity}: {symbol: string; quantity: string}) => [symbol, quantity])).toEqual(
    expect.arrayContaining([
      ["ALFA", "6"],
      ["BETA", "2.5"]
    ])
  );
  expect(await stopped(started)).toBe(0);
});

it("a wrong token gets 401, and a sentence that says where the right one is", async () => {
  const home = filledDesk();
  const {get, port} = await start(home).then((started) => ({...started, port: new URL(started.url).port}));
  const enter = `open the link that \`npm start\` printed; its token is in ${home.folder}/var/token, and scripts send it as \`Authorization: Bearer\``;
  for (const [token, detail] of [
    ["wrong", `the token sent is not this desk's: ${enter}`],
    [undefined, `this needs the token: ${enter}`]
  ]) {
    const reply = await get("/api/account/summary", token);
    expect(reply.status).toBe(401);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
    expect(await reply.json()).toMatchObject({status: 401, detail});
  }
  expect(await home.run(["start"], {PORT: port})).toMatchObject({
    code: 1,
    stderr: `port ${port} of 127.0.0.1 is taken, perhaps by a desk that runs already: end that, or set PORT to another one\n`
  });
});

it("the demo is shown without a token until import stores a statement: pages are told, DEMO is gone", async () => {
  const home = desk();
  const started = await start(home);
  await started.ready();
  const demo = await started.get("/api/account/summary");
  expect(await demo.json()).toMatchObject({scope: {source: "demo", currency: "USD"}});

  const heard: {type: string; mode?: string; accounts?: string[]}[] = [];
  const socket = new WebSocket(`${started.url.replace("http", "ws")}/api/ws/test`, {
    headers: {authorization: `Bearer ${started.token}`}
  });
  onTestFinished(() => socket.close());
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString())));
  await expect.poll(() => heard).toMatchObject([{type: "hello", mode: "demo"}]);

  expect((await home.run(["import", ACTIVITY])).code).toBe(0);
  await expect
    .poll(() => heard.slice(1))
    .toMatchObject([
      {type: "mode", mode: "real"},
      {type: "import", accounts: ["U1000042", "U1000043"]}
    ]);
  expect((await started.get("/api/account/summary")).status).toBe(401);
  const summary = await (await started.get("/api/account/summary?accounts=U1000042", started.token)).json();
  expect(summary).toMatchObject({scope: {source: "Flex"}, nav: {value: "5748.345"}});
  expect(await stopped(started)).toBe(0);
});

it("start that is told to end while it still prepares the demo ends without a complaint", async () => {
  const home = desk();
  const child = home.begin(["start", "--json"], {PORT: "0"});
  let said = "";
  child.stderr?.on("data", (data: Buffer) => (said += data.toString()));
  await once(child.stdout!, "data"); // piped by spawn
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
  expect(said).not.toMatch(/error|\bat .*:\d+:\d+/i);
});
