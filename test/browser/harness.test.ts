import {once} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {openPage, serveStatic} from "./harness.js";

it("openPage(url) hears what the page, a frame, a worker and a worker of that ask of other origins", async () => {
  const other = createServer((_request, response) => {
    response.writeHead(200, {"Access-Control-Allow-Origin": "*"}).end();
  }).listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`; // a TCP server's
  const folder = mkdtempSync(join(tmpdir(), "harness-"));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const nested = `new Worker(URL.createObjectURL(new Blob(["fetch('${origin}/nested')"])))`;
  writeFileSync(join(folder, "worker.js"), `fetch("${origin}/worker"); ${nested};`);
  const script = `fetch("${origin}/page"); new Worker("worker.js"); fetch("http://example.com/named")`;
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><body><iframe src="${origin}/frame"></iframe><script>${script}</script>`
  );
  const site = await serveStatic(folder);
  const {outside, faults, close} = await openPage(site.url);
  await expect
    .poll(() => outside.map((address) => new URL(address).pathname).toSorted())
    .toEqual(["/frame", "/named", "/nested", "/page", "/worker"]);
  expect(faults).toContain("net::ERR_NAME_NOT_RESOLVED http://example.com/named");
  await close();
  await site.close();
});
