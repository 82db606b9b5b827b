import {isNothing} from "../flex-values.js";

/** What the records that begin a file and an account say, as printed; empty where they say nothing. */
export interface FlexCsvHeading {
  account: string;
  queryName: string;
  from: string;
  to: string;
  generated: string;
}

const DAY = /\d{4}-?\d\d-?\d\d|\d\d?[/-]\w{1,3}[/-]\d\d/;

/**
 * Reads `BOF`: account, query name, sections, first and last day, moment, two build numbers; IBKR's guide has no query
 * name in it, its files do.
 */
export function readFileHeading(cells: readonly string[]): FlexCsvHeading {
  const [, account = "", ...rest] = cells;
  const named = !(DAY.test(rest[1] ?? "") && DAY.test(rest[2] ?? ""));
  const [queryName = "", , from = "", to = "", generated = ""] = named ? rest : ["", ...rest];
  return {account: given(account), queryName, from: given(from), to: given(to), generated};
}

/** Reads `BOA`: an account, and its own first and last day where the query is broken out by day. */
export function readAccountHeading(
  [, account = "", from = "", to = ""]: readonly string[],
  file: FlexCsvHeading
): FlexCsvHeading {
  const dated = DAY.test(from) && DAY.test(to);
  return {...file, account: given(account) || file.account, ...(dated && {from, to})};
}

const given = (text: string): string => (isNothing(text) ? "" : text);
