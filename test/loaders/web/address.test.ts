import {expect, it} from "vitest";
import {hiding, parseBase} from "../../../loaders/web/address.js";

it("hiding(secrets) takes a secret out as it is and as it stands in an address or a form", () => {
  const hide = hiding(["a b/c+d"]);
  expect(hide("key a b/c+d, a%20b%2Fc%2Bd, a+b%2Fc%2Bd.")).toBe("key ***, ***, ***.");
});

it("hiding(secrets) leaves a text alone where there is no secret", () => {
  expect(hiding(["", ""])("as it is")).toBe("as it is");
  expect(hiding([])("as it is")).toBe("as it is");
});

it("parseBase() takes https, and http on this machine only", () => {
  const parse = (url: string) => parseBase(url, "ACME_URL", (text) => text).href;
  expect(parse("https://acme.example/api")).toBe("https://acme.example/api");
  expect(parse("http://127.0.0.1:8080/acme")).toBe("http://127.0.0.1:8080/acme");
  expect(parse("http://[::1]:8080/")).toBe("http://[::1]:8080/");
  for (const url of [
    "http://acme.example",
    "ftp://acme.example",
    "acme",
    "https://u:p@acme.example",
    "https://a/?k=1"
  ])
    expect(() => parse(url)).toThrow(/^invalid ACME_URL: /);
});
