/** What can be wrong with an answer beside IBKR's own codes. */
export type FlexTrouble =
  | "network"
  | "timeout"
  | "http"
  | "redirect"
  | "html"
  | "csv"
  | "empty"
  | "truncated"
  | "not-flex";

/** What a sentence may name. */
export interface FlexContext {
  queryId?: string | undefined;
  reference?: string | undefined;
  /** IBKR's own words, or the detail of a trouble. */
  detail?: string | undefined;
}

/** A Flex pull that failed: one sentence that says what is wrong and what to do. */
export class FlexError extends Error {
  /** IBKR's code, 1001 to 1021, or the kind of trouble. */
  readonly code: number | FlexTrouble;
  /** Whether the same request may succeed later without anyone's doing. */
  readonly retry: boolean;

  constructor(code: number | FlexTrouble, message: string, retry: boolean) {
    super(message);
    this.name = "FlexError";
    this.code = code;
    this.retry = retry;
  }
}

const SETUP = "Performance & Reports > Flex Queries > Flex Web Service Configuration";
const LATER = "pull again in a few minutes";

type Sentence = (context: FlexContext) => string;

/** The codes that say "try again shortly". */
const PASSING: ReadonlyMap<number, Sentence> = new Map<number, Sentence>([
  [
    1001,
    (c) =>
      `IBKR could not make the statement of ${query(c)} just now (1001): ${LATER}; if it stays so, open the query in the portal and save it again`
  ],
  [1004, (c) => `the statement of ${query(c)} is not complete yet (1004): ${LATER}`],
  [1005, (c) => `IBKR's settlement data for ${query(c)} is not ready yet (1005): ${LATER}`],
  [1006, (c) => `IBKR's FIFO profit and loss for ${query(c)} is not ready yet (1006): ${LATER}`],
  [1007, (c) => `IBKR's mark-to-market for ${query(c)} is not ready yet (1007): ${LATER}`],
  [
    1008,
    (c) => `IBKR's mark-to-market and FIFO profit and loss for ${query(c)} are not ready yet (1008): ${LATER}`
  ],
  [
    1009,
    (c) => `IBKR's server is under heavy load and did not make the statement of ${query(c)} (1009): ${LATER}`
  ],
  [
    1018,
    () =>
      `too many requests with this Flex token (1018), IBKR takes one a second and ten a minute: wait a minute, and see that no other program uses the same token`
  ],
  [
    1019,
    (c) =>
      `IBKR is still making the statement of ${query(c)} (1019): ${LATER}, the pull goes on where it stopped`
  ],
  [1021, (c) => `IBKR could not hand out the statement of ${query(c)} just now (1021): ${LATER}`]
]);

/** The codes that stay until someone does something. */
const FINAL: ReadonlyMap<number, Sentence> = new Map<number, Sentence>([
  [
    1003,
    (c) =>
      `IBKR has no statement of ${query(c)} for the period asked (1003): set the query's period to Last 365 Calendar Days, and see that the account was open then`
  ],
  [
    1010,
    (c) =>
      `${query(c)} is a legacy Flex query, which IBKR no longer runs (1010): create it anew as an Activity Flex Query and put its number into FLEX_QUERY_IDS`
  ],
  [1011, () => `the Flex Web Service is switched off for this user (1011): switch it on under ${SETUP}`],
  [
    1012,
    () =>
      `the Flex token has expired (1012): generate a new one, for up to a year, under ${SETUP} and put it into FLEX_TOKEN`
  ],
  [
    1013,
    () =>
      `IBKR does not take this Flex token from this machine's IP address (1013): generate one without an address, or with this one, under ${SETUP} and put it into FLEX_TOKEN`
  ],
  [
    1014,
    (c) =>
      `IBKR does not know ${query(c)} (1014): compare FLEX_QUERY_IDS with the query id in the portal, and see that the token is of the user who made the query`
  ],
  [
    1015,
    () =>
      `IBKR does not take the Flex token (1015): copy the current one from ${SETUP} into FLEX_TOKEN; generating a new token ends the old one`
  ],
  [
    1016,
    (c) =>
      `an account of ${query(c)} is not valid (1016): edit the query in the portal, choose its accounts again and save it`
  ],
  [
    1017,
    (c) =>
      `IBKR does not know reference ${c.reference ?? "code"} any more (1017): pull again, which asks for a new statement`
  ],
  [
    1020,
    (c) =>
      `IBKR could not validate the request for ${query(c)} (1020): check FLEX_TOKEN, FLEX_QUERY_IDS and FLEX_URL, which need version 3 of the service`
  ]
]);

const TROUBLES: Record<FlexTrouble, {retry: boolean; sentence: Sentence}> = {
  network: {
    retry: true,
    sentence: ({detail}) =>
      `no connection to the Flex service: ${detail ?? "it closed"}; check the network and FLEX_URL`
  },
  timeout: {
    retry: true,
    sentence: ({detail}) => `the Flex service gave no answer for ${detail ?? "too long"}: ${LATER}`
  },
  http: {
    retry: false,
    sentence: ({detail}) => `the Flex service answered HTTP ${detail}: check FLEX_URL`
  },
  redirect: {
    retry: false,
    sentence: ({detail}) =>
      `the Flex service sends the request on to ${detail}, where the token must not go: check FLEX_URL`
  },
  html: {
    retry: true,
    sentence: () =>
      `the Flex service answered with a web page instead of XML: it may be down for maintenance; ${LATER}, and check FLEX_URL`
  },
  csv: {
    retry: false,
    sentence: (c) =>
      `query format is CSV: in ${query(c)} set Delivery Configuration > Format to XML and save it`
  },
  empty: {
    retry: true,
    sentence: (c) => `the Flex service gave an empty answer for ${query(c)}: ${LATER}`
  },
  truncated: {
    retry: true,
    sentence: (c) =>
      `the answer for ${query(c)} was cut off${c.detail ? ` after ${c.detail}` : ""}, nothing of it was kept: ${LATER}`
  },
  "not-flex": {
    retry: false,
    sentence: (c) =>
      `the answer for ${query(c)} is no Flex statement${c.detail ? `, it begins ${c.detail}` : ""}: check FLEX_URL and that the query's format is XML`
  }
};

/** Returns the error for one of IBKR's codes; one that is not in its table keeps IBKR's own words and is final. */
export function flexError(code: number, context: FlexContext = {}): FlexError {
  const sentence = PASSING.get(code) ?? FINAL.get(code);
  const words = context.detail?.replace(/\.$/, "") || "without a reason";
  const unknown = `IBKR answered error ${code} for ${query(context)} (${words}): look the code up in its guide to the Flex Web Service`;
  return new FlexError(code, sentence?.(context) ?? unknown, PASSING.has(code));
}

/** Returns the error for an answer that is not IBKR's protocol at all. */
export function flexTrouble(trouble: FlexTrouble, context: FlexContext = {}, retry?: boolean): FlexError {
  const {sentence, retry: usually} = TROUBLES[trouble];
  return new FlexError(trouble, sentence(context), retry ?? usually);
}

function query({queryId}: FlexContext): string {
  return queryId ? `query ${queryId}` : "the query";
}
