import {inspect} from "node:util";
import {createFlexClient, type FlexClientOptions} from "../../../loaders/flex/client.js";
import {type FlexWaits, NO_WAITS} from "../../../loaders/flex/waits.js";
import {type FlexServiceOptions, startFlexService} from "../../../sim/flex/service.js";

export const TOKEN = "104882917366+/=secret";

/** A small report of a query over a range. */
export function report(queryId: string, from = "2025-11-21", to = "2026-11-20"): string {
  const range = `fromDate="${from.replaceAll("-", "")}" toDate="${to.replaceAll("-", "")}"`;
  return (
    `<FlexQueryResponse queryName="${queryId}" type="AF">\n<FlexStatements count="1">\n` +
    `<FlexStatement accountId="U1" ${range} period="" whenGenerated="20261121;043000">\n` +
    `</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n`
  );
}

/** The stand-in and a client before it, on one clock that only sleeping moves; every log line is kept. */
export async function openDesk({
  service: serviceOptions = {},
  client: clientOptions = {},
  waits = {}
}: {
  service?: Partial<FlexServiceOptions>;
  client?: Partial<FlexClientOptions>;
  waits?: Partial<FlexWaits>;
} = {}) {
  const clock = {time: Date.parse("2026-11-21T11:30:00Z")};
  const now = () => new Date(clock.time);
  const slept: number[] = [];
  const said: string[] = [];
  const service = await startFlexService({
    provider: (queryId, from, to) => [report(queryId, from, to)],
    token: TOKEN,
    now,
    ...serviceOptions
  });
  const makeClient = (options: Partial<FlexClientOptions> = {}) =>
    createFlexClient({
      url: service.url,
      token: TOKEN,
      userAgent: "Node/24",
      waits: {...NO_WAITS, ...waits},
      random: () => 0,
      now,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        slept.push(ms);
        clock.time += ms;
      },
      log: (...line) => said.push(inspect(line, {depth: null})),
      ...clientOptions,
      ...options
    });
  return {service, client: makeClient(), makeClient, clock, now, slept, said};
}

export async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** All that a person could see of an error. */
export function everything(error: unknown): string {
  const text = error instanceof Error ? `${error.message} ${error.stack}` : "";
  return text + inspect(error, {depth: null, showHidden: true});
}
