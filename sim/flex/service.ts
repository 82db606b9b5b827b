import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {type Answer, type FlexFaults, send} from "./faults.js";
import {accepted, HTML_PAGE, refused} from "./replies.js";

const BASE = "/AccountManagement/FlexWebService";
const STEPS = ["SendRequest", "GetStatement"] as const;
const XML = {"content-type": "text/xml;charset=UTF-8"};
const PAGE = {"content-type": "text/html;charset=UTF-8"};
const DAY_MS = 86_400_000;
const MOST_DAYS = 365;

/**
 * The text of a report, in pieces; undefined when there is none for the range, which IBKR answers with 1003.
 * @param from first report day asked for, ISO; undefined when the query's own period counts
 */
export type ReportProvider = (queryId: string, from?: string, to?: string) => Iterable<string> | undefined;

export interface FlexServiceOptions {
  provider: ReportProvider;
  token: string;
  /** Queries that exist; any other is 1014. By default every number is a query. */
  queries?: readonly string[];
  /** Whether `fd` and `td` may override the query's period (else 1003). */
  overrides?: boolean;
  /** Whether IBKR's limits hold: one request a second, ten a minute. */
  pacing?: boolean;
  port?: number;
  now?: () => Date;
  faults?: Partial<FlexFaults>;
  /** Closes served at `/index/demo-500.csv`. */
  index?: Iterable<{date: string; close: string | number}>;
}

/** One request as it came, without its token. */
export interface FlexCall {
  step: (typeof STEPS)[number];
  q: string;
  fd?: string;
  td?: string;
  at: Date;
}

/** A running stand-in. */
export interface FlexService {
  /** What goes into FLEX_URL. */
  url: string;
  /** Where the index is served. */
  indexUrl: string;
  faults: FlexFaults;
  calls: FlexCall[];
  /** Reports made, one for each SendRequest that was taken. */
  reports(): number;
  close(): Promise<void>;
}

interface Report {
  queryId: string;
  from?: string | undefined;
  to?: string | undefined;
  /** Answers of 1019 still to come. */
  generating: number;
}

/** Starts a stand-in for IBKR's Flex Web Service, version 3, on loopback. */
export async function startFlexService(options: FlexServiceOptions): Promise<FlexService> {
  const {provider, token, queries, overrides = true, pacing = false, port = 0, index} = options;
  const {now = () => new Date()} = options;
  const faults: FlexFaults = {generating: 0, send: [], get: [], ...options.faults};
  const reports = new Map<string, Report>();
  const calls: FlexCall[] = [];
  let url = "";

  const error = (code: number, status?: "Fail" | "Warn"): Answer => ({
    status: 200,
    headers: XML,
    body: [refused(now(), code, status)]
  });

  /** What is wrong with any request: who sends it, with what token, how often. */
  function refusal(query: URLSearchParams): Answer | undefined {
    if (query.get("t") !== token) return error(1015);
    if (query.get("v") !== "3") return error(1020);
    if (pacing && tooOften(calls, now())) return error(1018);
    return undefined;
  }

  function request(query: URLSearchParams): Answer {
    const queryId = query.get("q") ?? "";
    if (queries ? !queries.includes(queryId) : !/^\d+$/.test(queryId)) return error(1014);
    const [fd, td] = [query.get("fd"), query.get("td")];
    if ((fd !== null || td !== null) && !overrides) return error(1003);
    const [from, to] = [isoDay(fd), isoDay(td)];
    if ((fd !== null && !from) || (td !== null && !to)) return error(1020);
    if (from && to && !(days(from, to) >= 0 && days(from, to) < MOST_DAYS)) return error(1003);
    const reference = String(4_100_000_001 + reports.size);
    reports.set(reference, {queryId, from, to, generating: faults.generating});
    const fault = faults.send[0]?.kind === "foreign-url" ? faults.send[0].url : `${url}/GetStatement`;
    return {status: 200, headers: XML, body: [accepted(now(), reference, fault)]};
  }

  function statement(query: URLSearchParams): Answer {
    const report = reports.get(query.get("q") ?? "");
    if (!report) return error(1017);
    if (report.generating-- > 0) return error(1019);
    const body = provider(report.queryId, report.from, report.to);
    return body ? {status: 200, headers: XML, body} : error(1003);
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const {pathname, searchParams: query} = new URL(req.url ?? "/", "http://127.0.0.1");
    if (pathname === "/index/demo-500.csv" && index)
      return send(res, {status: 200, headers: {"content-type": "text/csv"}, body: indexCsv(index)});
    const step = STEPS.find((name) => pathname === `${BASE}/${name}`);
    if (req.method !== "GET" || !step) return send(res, {status: 404, headers: PAGE, body: [HTML_PAGE]});
    if (!req.headers["user-agent"]) return send(res, {status: 403, headers: PAGE, body: [HTML_PAGE]});
    const refusedNow = refusal(query);
    calls.push(call(step, query, now()));
    const sending = step === "SendRequest";
    const [fault] = sending ? faults.send : faults.get;
    const answer =
      fault?.kind === "error"
        ? error(fault.code, fault.status)
        : (refusedNow ?? (sending ? request(query) : statement(query)));
    (sending ? faults.send : faults.get).shift();
    return send(res, answer, fault);
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((cause: unknown) => res.destroy(cause instanceof Error ? cause : undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP, so an AddressInfo
  url = origin + BASE;
  return {
    url,
    indexUrl: `${origin}/index/demo-500.csv`,
    faults,
    calls,
    reports: () => reports.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}

function call(step: FlexCall["step"], query: URLSearchParams, at: Date): FlexCall {
  const [fd, td] = [query.get("fd"), query.get("td")];
  return {step, q: query.get("q") ?? "", ...(fd !== null && {fd}), ...(td !== null && {td}), at};
}

function tooOften(calls: FlexCall[], now: Date): boolean {
  const ages = calls.map(({at}) => now.getTime() - at.getTime());
  return ages.some((age) => age < 1000) || ages.filter((age) => age < 60_000).length >= 10;
}

function isoDay(text: string | null): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? "");
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : "";
  return Number.isNaN(Date.parse(day)) ? undefined : day;
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

function* indexCsv(index: Iterable<{date: string; close: string | number}>): Iterable<string> {
  yield "date,close\n";
  for (const {date, close} of index) yield `${date},${close}\n`;
}
