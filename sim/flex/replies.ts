/** IBKR's own words for each error of the Flex Web Service, version 3. */
export const FLEX_MESSAGES: ReadonlyMap<number, string> = new Map([
  [1001, "Statement could not be generated at this time. Please try again shortly."],
  [1003, "Statement is not available."],
  [1004, "Statement is incomplete at this time. Please try again shortly."],
  [1005, "Settlement data is not ready at this time. Please try again shortly."],
  [1006, "FIFO P/L data is not ready at this time. Please try again shortly."],
  [1007, "MTM P/L data is not ready at this time. Please try again shortly."],
  [1008, "MTM and FIFO P/L data is not ready at this time. Please try again shortly."],
  [
    1009,
    "The server is under heavy load. Statement could not be generated at this time. Please try again shortly."
  ],
  [1010, "Legacy Flex Queries are no longer supported. Please convert over to Activity Flex."],
  [1011, "Service account is inactive."],
  [1012, "Token has expired."],
  [1013, "IP restriction."],
  [1014, "Query is invalid."],
  [1015, "Token is invalid."],
  [1016, "Account in invalid."],
  [1017, "Reference code is invalid."],
  [
    1018,
    "Too many requests have been made from this token. Please try again shortly. Limited to one request per second, 10 requests per minute (per token)."
  ],
  [1019, "Statement generation in progress. Please try again shortly."],
  [1020, "Invalid request or unable to validate request."],
  [1021, "Statement could not be retrieved at this time. Please try again shortly."]
]);

/** The answer to a SendRequest that was taken. */
export function accepted(now: Date, reference: string, url: string): string {
  return response(now, [
    ["Status", "Success"],
    ["ReferenceCode", reference],
    ["Url", url]
  ]);
}

/** The answer that names an error; IBKR warns of what will pass by itself and fails the rest. */
export function refused(
  now: Date,
  code: number,
  status = code === 1018 || code === 1019 ? "Warn" : "Fail"
): string {
  return response(now, [
    ["Status", status],
    ["ErrorCode", String(code)],
    ["ErrorMessage", FLEX_MESSAGES.get(code) ?? "Unknown error."]
  ]);
}

function response(now: Date, elements: [string, string][]): string {
  const lines = elements.map(([name, text]) => `<${name}>${escape(text)}</${name}>\n`);
  return `<FlexStatementResponse timestamp='${stamp(now)}'>\n${lines.join("")}</FlexStatementResponse>\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** IBKR's way of telling the time: `28 August, 2012 10:37 AM EDT`. */
function stamp(now: Date): string {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    day: "2-digit",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short"
  });
  const part = Object.fromEntries(format.formatToParts(now).map(({type, value}) => [type, value]));
  const {day, month, year, hour, minute, dayPeriod, timeZoneName} = part;
  return `${day} ${month}, ${year} ${hour}:${minute} ${dayPeriod} ${timeZoneName}`;
}

/** What a web server in front of the service says when the service is away. */
export const HTML_PAGE = `<!DOCTYPE html>
<html><head><title>Interactive Brokers</title></head>
<body><p>We are sorry, our services are temporarily unavailable.</p></body></html>
`;

/** What a query set to CSV gives, with header and trailer records. */
export const CSV_REPORT = `"BOF","U1234567","daily","1","20260101","20260131","20260201;063000","100","100"
"BOA","U1234567"
"BOS","CTRN","Cash Transactions"
"ClientAccountID","CurrencyPrimary","Date/Time","Amount","Type"
"EOS","CTRN","0","0"
"EOA","U1234567"
"EOF","U1234567"
`;
