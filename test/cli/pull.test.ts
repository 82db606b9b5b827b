import {readFileSync} from "node:fs";
import {expect, it, onTestFinished} from "vitest";
import type {FlexFault} from "../../sim/flex/faults.js";
import {type FlexServiceOptions, startFlexService} from "../../sim/flex/service.js";
import {ACTIVITY, type Desk, desk, dump, ended, type Ended, filledDesks, RESTATED} from "./terminal.js";

const TOKEN = "104882917366123456789012";

const filledDesk = filledDesks();

/** A stand-in on loopback that gives one file, and a pull from it. */
async function serve(file: string, options: Partial<FlexServiceOptions> = {}) {
  const service = await startFlexService({
    provider: () => [readFileSync(file, "utf8")],
    token: TOKEN,
    ...options
  });
  onTestFinished(() => service.close());
  const pull = ({run}: Desk, queryIds = "1001", words: string[] = []): Promise<Ended> =>
    run(["pull", "flex", "--json", ...words], {
      FLEX_URL: service.url,
      FLEX_TOKEN: TOKEN,
      FLEX_QUERY_IDS: queryIds
    });
  return {service, pull};
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const NEXT = /while the desk runs, the next pull is on \w{3} \d+ \w{3}, .*in New York\)?$/m;

it("pull flex --json fetches the queries, imports them and prints what each brought", async () => {
  const {service, pull} = await serve(ACTIVITY);
  const home = desk();
  const {code, stdout, stderr, json} = await pull(home);
  expect(code).toBe(0);
  const brought = "query 1001 brought 2025-01-01 to 2025-03-31: 32 new rows, 0 changed, 0 retired";
  expect(json()).toMatchObject({
    at: expect.stringMatching(TIME),
    ok: true,
    queries: [
      {
        queryId: "1001",
        ok: true,
        code: null,
        message: brought,
        new: 32,
        given: {from: "2025-01-01", to: "2025-03-31"}
      }
    ],
    changes: [],
    nextPull: expect.stringMatching(TIME)
  });
  expect(stderr).toContain(`flex: ${brought}\n`);
  expect(stderr).toMatch(NEXT);
  expect(stdout + stderr).not.toContain(TOKEN);
  const doctor = await home.run(["doctor"], {
    FLEX_URL: service.url,
    FLEX_TOKEN: TOKEN,
    FLEX_QUERY_IDS: "1001"
  });
  expect(doctor).toMatchObject({code: 0, stdout: expect.stringMatching(NEXT)});
  expect(doctor.stdout).toContain("query 1001 lacks Interest Accruals > Select All: ");
});

it("pull flex lists what IBKR changed since the last pull", async () => {
  const {pull} = await serve(RESTATED);
  const {code, stderr, json} = await pull(filledDesk());
  expect(code).toBe(0);
  expect(json().changes).toMatchObject([
    {
      kind: "changed",
      account: "U1000042",
      element: "CashTransaction",
      day: "2025-03-28",
      differences: [["amount", "1.7", "1.5"]]
    },
    {kind: "gone", account: "U1000042", element: "CashTransaction", day: "2025-02-05"}
  ]);
  expect(stderr).toMatch(/^IBKR changed CashTransaction \S+ of 2025-03-28: amount 1\.7 → 1\.5$/m);
  expect(stderr).toMatch(/^IBKR took back CashTransaction \S+ of 2025-02-05$/m);
});

it("pull flex goes on with the statement that an earlier pull asked for", async () => {
  const {service, pull} = await serve(ACTIVITY);
  const home = desk();
  service.faults.generating = 10;
  const first = await pull(home);
  expect(first.code).toBe(1);
  expect(first.json().queries[0].message).toBe(
    "IBKR is still making the statement of query 1001 (1019): pull again in a few minutes, the pull goes on where it stopped"
  );
  const asked = service.reports();
  const second = await pull(home);
  expect(second.code).toBe(0);
  const steps = service.calls.slice(11).map(({step}) => step);
  expect(steps[0]).toBe("GetStatement");
  expect(service.reports() - asked).toBe(steps.filter((step) => step === "SendRequest").length);
});

it("pull flex without token or queries says what to set up, and makes no store", async () => {
  const home = desk();
  expect(await home.run(["pull", "flex"], {FLEX_TOKEN: TOKEN})).toMatchObject({
    code: 1,
    stdout: "",
    stderr:
      "no Flex query is set up: put FLEX_TOKEN and FLEX_QUERY_IDS into .env, as guides/flex-query-setup.md says\n"
  });
  expect(() => readFileSync(home.database)).toThrow("ENOENT");
});

it("pull flex without a service at FLEX_URL says so", async () => {
  const {service, pull} = await serve(ACTIVITY);
  await service.close();
  const {code, json} = await pull(filledDesk());
  expect(code).toBe(1);
  expect(json().queries[0]).toMatchObject({
    code: "network",
    message: expect.stringMatching(
      /^no connection to the Flex service: connect ECONNREFUSED 127\.0\.0\.1:\d+; check the network and FLEX_URL$/
    )
  });
});

it("Ctrl-C ends a pull with exit code 130 and keeps what was asked for", async () => {
  const {service, pull} = await serve(ACTIVITY, {faults: {get: [{kind: "hang", bytes: 3000}]}});
  const home = filledDesk();
  const before = dump(home.database);
  const settings = {FLEX_URL: service.url, FLEX_TOKEN: TOKEN, FLEX_QUERY_IDS: "1001"};
  const child = home.begin(["pull", "flex", "--json"], settings);
  const result = ended(child);
  await expect.poll(() => service.calls.length, {timeout: 30_000}).toBe(2);
  child.kill("SIGINT");
  expect(await result).toMatchObject({
    code: 130,
    stdout: "",
    stderr:
      "flex: statement requested\ncancelled: the statement under way is not stored, those before it are\n"
  });
  expect(dump(home.database)).toBe(before);
  expect((await pull(home)).code).toBe(0);
  expect(service.calls[2].step).toBe("GetStatement");
});

const LATER = "pull again in a few minutes";
const SETUP = "Performance & Reports > Flex Queries > Flex Web Service Configuration";

/** What IBKR says of a query, how often it is asked again, and what the person is told. */
const OF_QUERY: readonly (readonly [code: number, asked: number, sentence: string])[] = [
  [
    1001,
    10,
    `IBKR could not make the statement of query 1001 just now (1001): ${LATER}; if it stays so, open the query in the portal and save it again`
  ],
  [
    1003,
    2,
    "IBKR has no statement of query 1003 for the period asked (1003): set the query's period to Last 365 Calendar Days, and see that the account was open then"
  ],
  [1004, 10, `the statement of query 1004 is not complete yet (1004): ${LATER}`],
  [1005, 10, `IBKR's settlement data for query 1005 is not ready yet (1005): ${LATER}`],
  [1006, 10, `IBKR's FIFO profit and loss for query 1006 is not ready yet (1006): ${LATER}`],
  [1007, 10, `IBKR's mark-to-market for query 1007 is not ready yet (1007): ${LATER}`],
  [
    1008,
    10,
    `IBKR's mark-to-market and FIFO profit and loss for query 1008 are not ready yet (1008): ${LATER}`
  ],
  [
    1009,
    10,
    `IBKR's server is under heavy load and did not make the statement of query 1009 (1009): ${LATER}`
  ],
  [
    1010,
    1,
    "query 1010 is a legacy Flex query, which IBKR no longer runs (1010): create it anew as an Activity Flex Query and put its number into FLEX_QUERY_IDS"
  ],
  [
    1014,
    1,
    "IBKR does not know query 1014 (1014): compare FLEX_QUERY_IDS with the query id in the portal, and see that the token is of the user who made the query"
  ],
  [
    1016,
    1,
    "an account of query 1016 is not valid (1016): edit the query in the portal, choose its accounts again and save it"
  ],
  [
    1019,
    10,
    `IBKR is still making the statement of query 1019 (1019): ${LATER}, the pull goes on where it stopped`
  ],
  [
    1020,
    1,
    "IBKR could not validate the request for query 1020 (1020): check FLEX_TOKEN, FLEX_QUERY_IDS and FLEX_URL, which need version 3 of the service"
  ],
  [1021, 10, `IBKR could not hand out the statement of query 1021 just now (1021): ${LATER}`]
];

const times = <T>(count: number, value: T): T[] => Array.from({length: count}, () => value);

it("pull flex tells each of IBKR's errors of a query in its sentence and changes nothing", async () => {
  const send = OF_QUERY.flatMap(([code, asked]) => times(asked, {kind: "error" as const, code}));
  const {service, pull} = await serve(ACTIVITY, {faults: {send}});
  const home = filledDesk();
  const before = dump(home.database);
  const {code, stderr, json} = await pull(home, OF_QUERY.map(([id]) => id).join());
  expect(code).toBe(1);
  expect(json().queries).toMatchObject(
    OF_QUERY.map(([id, , message]) => ({queryId: String(id), ok: false, code: String(id), message, new: 0}))
  );
  for (const [, , sentence] of OF_QUERY) expect(stderr).toContain(`flex: ${sentence}\n`);
  expect(service.calls).toHaveLength(OF_QUERY.reduce((sum, [, asked]) => sum + asked, 0));
  expect(dump(home.database)).toBe(before);
});

/** The same of what concerns the token: no other query is then asked for. */
const OF_TOKEN: readonly (readonly [code: number, asked: number, sentence: string])[] = [
  [1011, 1, `the Flex Web Service is switched off for this user (1011): switch it on under ${SETUP}`],
  [
    1012,
    1,
    `the Flex token has expired (1012): generate a new one, for up to a year, under ${SETUP} and put it into FLEX_TOKEN`
  ],
  [
    1013,
    1,
    `IBKR does not take this Flex token from this machine's IP address (1013): generate one without an address, or with this one, under ${SETUP} and put it into FLEX_TOKEN`
  ],
  [
    1015,
    1,
    `IBKR does not take the Flex token (1015): copy the current one from ${SETUP} into FLEX_TOKEN; generating a new token ends the old one`
  ],
  [
    1018,
    10,
    "too many requests with this Flex token (1018), IBKR takes one a second and ten a minute: wait a minute, and see that no other program uses the same token"
  ]
];

it.each(OF_TOKEN)(
  "pull flex stops at error %i of the token, and says what to do",
  async (code, asked, sentence) => {
    const {service, pull} = await serve(ACTIVITY, {faults: {send: times(asked, {kind: "error", code})}});
    const home = filledDesk();
    const before = dump(home.database);
    const result = await pull(home, "1,2");
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({ok: false, message: sentence, queries: [{queryId: "1", ok: false}]});
    expect(service.calls).toHaveLength(asked);
    expect(dump(home.database)).toBe(before);
  }
);

/** Answers to the second step that are no statement. */
const NO_STATEMENTS: readonly (readonly [name: string, faults: FlexFault[], sentence: string])[] = [
  [
    "an unknown reference",
    [{kind: "error", code: 1017}],
    "IBKR does not know reference 4100000001 any more (1017): pull again, which asks for a new statement"
  ],
  [
    "a web page",
    [{kind: "html"}],
    `the Flex service answered with a web page instead of XML: it may be down for maintenance; ${LATER}, and check FLEX_URL`
  ],
  [
    "CSV",
    [{kind: "csv"}],
    "query format is CSV: in query 1 set Delivery Configuration > Format to XML and save it"
  ],
  ["nothing", times(10, {kind: "empty"}), `the Flex service gave an empty answer for query 1: ${LATER}`],
  [
    "half a statement",
    times(3, {kind: "truncated", bytes: 6000}),
    `the answer for query 1 was cut off after 6000 bytes, nothing of it was kept: ${LATER}`
  ],
  ["HTTP 404", [{kind: "http", status: 404}], "the Flex service answered HTTP 404: check FLEX_URL"],
  [
    "another host",
    [{kind: "redirect", location: "https://example.invalid/"}],
    "the Flex service sends the request on to example.invalid, where the token must not go: check FLEX_URL"
  ]
];

it.each(NO_STATEMENTS)("pull flex that is answered with %s changes nothing", async (_, get, sentence) => {
  const {pull} = await serve(ACTIVITY, {faults: {get}});
  const home = filledDesk();
  const before = dump(home.database);
  const {code, stdout, stderr, json} = await pull(home, "1");
  expect(code).toBe(1);
  expect(json().queries).toMatchObject([{ok: false, message: sentence}]);
  expect(stderr).toContain(`flex: ${sentence}\n`);
  expect(stdout + stderr).not.toContain(TOKEN);
  expect(dump(home.database)).toBe(before);
});

it("pull flex refuses a statement with a broken value in import's words", async () => {
  const broken = readFileSync(ACTIVITY, "utf8").replace('netCash="439.995"', 'netCash="NaN"');
  const {pull} = await serve(ACTIVITY, {provider: () => [broken]});
  const home = filledDesk();
  const before = dump(home.database);
  const {code, json} = await pull(home);
  expect(code).toBe(1);
  expect(json().queries).toMatchObject([
    {
      code: "bad-number",
      message: "Trade@netCash is no number: NaN (line 25): download the statement again"
    }
  ]);
  expect(dump(home.database)).toBe(before);
});
