import {words} from "../flex-attributes.js";
import {ELEMENTS} from "../flex-elements.js";
import {sectionNamed, sectionWith, type FlexSection} from "./sections.js";

/** Columns that CSV calls otherwise than XML, by their letters: the first attribute that the element has is meant. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  clientaccountid: ["accountId"],
  accountid: ["accountId"],
  accountalias: ["acctAlias"],
  currencyprimary: ["currency"],
  assetclass: ["assetCategory"],
  notescodes: ["notes", "code"],
  codes: ["code", "notes"],
  costbasis: ["cost"],
  accruedinterest: ["accruedInt"],
  quantity: ["position"],
  datetime: ["reportDate"],
  realizedshorttermprofit: ["realizedSTProfit"],
  realizedshorttermloss: ["realizedSTLoss"],
  realizedlongtermprofit: ["realizedLTProfit"],
  realizedlongtermloss: ["realizedLTLoss"],
  unrealizedshorttermprofit: ["unrealizedSTProfit"],
  unrealizedshorttermloss: ["unrealizedSTLoss"],
  unrealizedlongtermprofit: ["unrealizedLTProfit"],
  unrealizedlongtermloss: ["unrealizedLTLoss"],
  costadjustment: ["costAdj"],
  previousclosequantity: ["prevCloseQuantity"],
  previouscloseprice: ["prevClosePrice"],
  transactionmtmpnl: ["transactionMtm"],
  prioropenmtmpnl: ["priorOpenMtm"],
  marktomarketmtd: ["mtmMTD"],
  marktomarketytd: ["mtmYTD"],
  mtmpnlpriorperiodpositions: ["mtmPriorPeriodPositions"],
  mtmpnltransactions: ["mtmTransactions"],
  netsecuritieslentactivityslb: ["slbNetSecuritiesLentActivity"],
  netcashbalanceslb: ["slbNetCash"],
  netsettledcashbalanceslb: ["slbNetSettledCash"],
  transfercompany: ["company"],
  transferaccount: ["account"]
};

/** What says of a row in any section whose and of when it is. */
const ANYWHERE = new Map(
  words("accountId currency reportDate fromDate toDate levelOfDetail").map((name) => [letters(name), name])
);

const BY_LETTERS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(ELEMENTS).map(([element, {attributes}]) => [
    element,
    new Map(words(attributes).map((name) => [letters(name), name]))
  ])
);

/** Every column that some element has, by its letters. */
const KNOWN = new Set([
  ...Object.keys(OTHERWISE),
  ...[...BY_LETTERS.values()].flatMap((names) => [...names.keys()])
]);

/** Returns the XML attribute that a column of an element is; undefined for one that nobody knows. */
export function attributeOf(element: string, column: string): string | undefined {
  const names = BY_LETTERS.get(element) ?? ANYWHERE;
  const key = letters(column);
  const direct = names.get(key);
  if (direct !== undefined) return direct;
  const other = OTHERWISE[key]?.find((name) => names.has(letters(name)));
  if (other !== undefined) return other;
  const segment = /^(.+?)(sec|com)(?:urities|modities)$/.exec(key);
  return segment ? names.get(segment[1] + segment[2]) : undefined;
}

/**
 * Returns the section that rows with such columns are of; undefined where none fits. Rows that only say what an
 * instrument is are of Financial Instrument Information.
 */
export function sectionOf(columns: readonly string[]): FlexSection | undefined {
  const has = new Map<string, Set<string | undefined>>();
  const found = sectionWith((element, attribute) => {
    let names = has.get(element);
    if (!names) has.set(element, (names = new Set(columns.map((column) => attributeOf(element, column)))));
    return names.has(attribute);
  });
  if (found) return found;
  const instrument = columns.map((column) => attributeOf("SecurityInfo", column));
  const isInstrument = instrument.includes("symbol") && !instrument.includes(undefined);
  return isInstrument ? sectionNamed("SECU") : undefined;
}

/**
 * Tells whether a record is a row of column names: each is a name of its own, the first is known and so are most. A
 * row of values has numbers, empty cells or an account id.
 * @param due true where column names must come: then it is enough that the first is known
 */
export function isColumnRow(cells: readonly string[], due: boolean): boolean {
  const keys = cells.map(letters);
  if (!KNOWN.has(keys[0]) || !cells.every((cell) => /^[A-Za-z][\w /().&-]*$/.test(cell))) return false;
  if (new Set(cells).size < cells.length) return false;
  return due || 2 * keys.filter((key) => KNOWN.has(key)).length > cells.length;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
