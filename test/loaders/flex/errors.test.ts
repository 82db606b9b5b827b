import {expect, it} from "vitest";
import {flexError, flexTrouble} from "../../../loaders/flex/errors.js";

const TRY_AGAIN = [1001, 1004, 1005, 1006, 1007, 1008, 1009, 1018, 1019, 1021];

it("flexError(code) is one sentence with the code and what to do, for each of 1001 to 1021", () => {
  for (let code = 1001; code <= 1021; ++code) {
    if (code === 1002) continue; // not in IBKR's table
    const {message} = flexError(code, {queryId: "123456", reference: "4100000001"});
    expect(message).toMatch(new RegExp(`^[^\\n]+ \\(${code}\\)[^\\n]*: [^\\n]+[^.]$`));
    expect(message.length).toBeLessThan(240);
  }
});

it("flexError(code) may be tried again exactly where IBKR says so", () => {
  for (let code = 1001; code <= 1021; ++code) expect(flexError(code).retry).toBe(TRY_AGAIN.includes(code));
});

it("flexError(code) names the query, or the reference, that it speaks of", () => {
  expect(flexError(1014, {queryId: "123456"}).message).toBe(
    "IBKR does not know query 123456 (1014): compare FLEX_QUERY_IDS with the query id in the portal, and see that the token is of the user who made the query"
  );
  expect(flexError(1017, {reference: "41"}).message).toBe(
    "IBKR does not know reference 41 any more (1017): pull again, which asks for a new statement"
  );
  expect(flexError(1012).message).toBe(
    "the Flex token has expired (1012): generate a new one, for up to a year, under Performance & Reports > Flex Queries > Flex Web Service Configuration and put it into FLEX_TOKEN"
  );
});

it("flexError(code) keeps IBKR's words for a code that is not in its table, and does not try again", () => {
  const error = flexError(1002, {queryId: "1", detail: "Something new."});
  expect(error).toMatchObject({
    code: 1002,
    retry: false,
    message:
      "IBKR answered error 1002 for query 1 (Something new): look the code up in its guide to the Flex Web Service"
  });
});

it("flexTrouble(trouble) says what came instead of a statement", () => {
  expect(flexTrouble("network", {detail: "getaddrinfo ENOTFOUND x"}).message).toBe(
    "no connection to the Flex service: getaddrinfo ENOTFOUND x; check the network and FLEX_URL"
  );
  expect(flexTrouble("http", {detail: "503"}, true)).toMatchObject({code: "http", retry: true});
});
