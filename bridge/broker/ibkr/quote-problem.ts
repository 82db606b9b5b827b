/** What an error on a market-data line means for it. */
export type LineFate =
  /** It goes on; nothing is the matter that its badge does not say. */
  | {kind: "goes-on"}
  /** It goes on, or may: nobody knows. */
  | {kind: "doubt"; problem: string}
  /** It has ended. */
  | {kind: "ended"; problem: string}
  /** TWS has no line left: it waits for one. */
  | {kind: "no-line"; problem: string}
  /** It has ended and is worth another try after a while. */
  | {kind: "later"; problem: string};

/** Part of the data is missing, delayed data come instead, a line that was ended already. */
const HARMLESS = new Set([10090, 10167, 300]);

/** Returns what becomes of a line, in words for the person who looks at its quote. */
export function fateOf(code: number, message: string, label: string): LineFate {
  if (HARMLESS.has(code) || (code >= 2100 && code < 3000)) return {kind: "goes-on"};
  switch (code) {
    case 354:
    case 10089:
      return {
        kind: "ended",
        problem: `no market data for ${label}: the account has no subscription to its venue: subscribe in Client Portal, Settings, Market Data (${code})`
      };
    case 10168:
    case 10186:
      return {
        kind: "ended",
        problem: `no market data for ${label}: the account has no subscription, and delayed data are not enabled in TWS (${code})`
      };
    case 200:
      return {
        kind: "ended",
        problem: `no market data for ${label}: TWS does not know this contract (${code})`
      };
    case 101:
      return {
        kind: "no-line",
        problem: `no market data for ${label}: TWS has no market-data line left: close quotes here or in TWS (${code})`
      };
    case 10197:
      return {
        kind: "later",
        problem: `no market data for ${label}: another session of the same user has them: log out there (${code})`
      };
    default:
      return {kind: "doubt", problem: `TWS on the quote of ${label}: ${message} (${code})`};
  }
}
