import {once} from "node:events";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {setTimeout} from "node:timers/promises";
import {afterAll, beforeAll, beforeEach, expect, it} from "vitest";
import {ensureSite, openProfile, serveStatic} from "./harness.js";

/** Another origin, and what reached it. */
let outside: Server;
const reached: string[] = [];
let other: string;
let site: Awaited<ReturnType<typeof serveStatic>>;

beforeAll(async () => {
  outside = createServer((request, response) => {
    reached.push(/\w+/.exec(request.url!)![0]);
    response.writeHead(200, {"Access-Control-Allow-Origin": "*"}).end();
  }).listen(0, "127.0.0.1");
  await once(outside, "listening");
  other = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`; // a TCP server's
  site = await serveStatic(await ensureSite());
});

afterAll(async () => {
  await site.close();
  outside.close();
});

beforeEach(() => {
  reached.length = 0;
});

/** Tries each way out of the page; returns those that worked, once what shall have arrived has. */
async function waysOut(url: string, arrived: () => Promise<unknown>): Promise<string[]> {
  const profile = await openProfile();
  const page = await profile.newPage();
  await page.goto(url, {waitUntil: "load"});
  await page.evaluate((origin) => {
    const element = (name: string, attributes: Record<string, string>) =>
      document.body.append(Object.assign(document.createElement(name), attributes));
    element("img", {src: `${origin}/image`});
    element("iframe", {src: `${origin}/frame`});
    element("script", {src: `${origin}/script`});
    element("link", {rel: "stylesheet", href: `${origin}/style`});
    element("object", {data: `${origin}/object`});
    element("iframe", {name: "target"});
    const form = Object.assign(document.createElement("form"), {action: `${origin}/form`, target: "target"});
    document.body.append(form);
    form.submit();
    fetch(`${origin}/fetch`).catch(() => {});
    navigator.sendBeacon(`${origin}/beacon`, "secret");
    const source = `fetch("${origin}/worker").catch(() => {})`;
    new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  }, other);
  await arrived();
  await profile.close();
  return waysSoFar();
}

const waysSoFar = () => [...new Set(reached)].toSorted();

it("a page without a policy has many ways out", async () => {
  const plain = createServer((_request, response) => {
    response.writeHead(200, {"Content-Type": "text/html"}).end("<!doctype html><body>");
  }).listen(0, "127.0.0.1");
  await once(plain, "listening");
  const all = ["beacon", "fetch", "form", "frame", "image", "object", "script", "style", "worker"];
  const ways = await waysOut(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/`, () =>
    expect.poll(waysSoFar).toEqual(all)
  );
  plain.close();
  expect(ways).toEqual(all);
});

it("nothing leaves a page of the site by image, form, frame, fetch, beacon or worker", async () => {
  expect(await waysOut(`${site.url}/`, () => setTimeout(1500))).toEqual([]);
});

it("a worker that startWorker starts obeys the page's policy", async () => {
  const profile = await openProfile();
  const page = await profile.newPage();
  await page.goto(`${site.url}/gallery/sql`, {waitUntil: "networkidle"});
  const workers = page.workers();
  expect(workers.length).toBeGreaterThan(0);
  for (const worker of workers) {
    const answer = await worker.evaluate(
      (origin) => fetch(`${origin}/worker`).then(String, (error: unknown) => String(error)),
      other
    );
    expect(answer).toContain("TypeError");
  }
  expect(reached).toEqual([]);
  await profile.close();
});
