import type {PositionRow} from "../ledger/views.js";

/** Futures by IBKR's root, and funds by symbol, that are made after a row of Markets. */
const MADE_AFTER: readonly {id: string; futures: string; funds: string}[] = [
  {id: "yahoo:^GSPC", futures: "ES MES", funds: "SPY IVV VOO SPLG CSPX VUSA"},
  {id: "yahoo:^NDX", futures: "NQ MNQ", funds: "QQQ QQQM"},
  {id: "yahoo:^DJI", futures: "YM MYM", funds: "DIA"},
  {id: "yahoo:^RUT", futures: "RTY M2K", funds: "IWM"},
  {id: "yahoo:^STOXX50E", futures: "ESTX50", funds: ""},
  {id: "yahoo:^GDAXI", futures: "DAX", funds: ""},
  {id: "yahoo:^N225", futures: "NKD", funds: ""},
  {id: "yahoo:^VIX", futures: "VX VXM VIX", funds: ""},
  {id: "yahoo:CL=F", futures: "CL MCL QM", funds: ""},
  {id: "yahoo:BZ=F", futures: "BZ COIL", funds: ""},
  {id: "yahoo:NG=F", futures: "NG QG MHNG", funds: ""},
  {id: "yahoo:RB=F", futures: "RB", funds: ""},
  {id: "yahoo:HO=F", futures: "HO", funds: ""},
  {id: "yahoo:GC=F", futures: "GC MGC", funds: "GLD IAU GLDM"},
  {id: "yahoo:SI=F", futures: "SI SIL", funds: "SLV"},
  {id: "yahoo:PL=F", futures: "PL", funds: ""},
  {id: "yahoo:PA=F", futures: "PA", funds: ""},
  {id: "yahoo:HG=F", futures: "HG MHG", funds: ""},
  {id: "yahoo:ZC=F", futures: "ZC", funds: ""},
  {id: "yahoo:ZW=F", futures: "ZW", funds: ""},
  {id: "yahoo:ZS=F", futures: "ZS", funds: ""},
  {id: "yahoo:KC=F", futures: "KC", funds: ""},
  {id: "yahoo:SB=F", futures: "SB", funds: ""},
  {id: "yahoo:CT=F", futures: "CT", funds: ""}
];

const FUTURES = byWord(({futures}) => futures);
const FUNDS = byWord(({funds}) => funds);

/** A future's symbol at IBKR: root, month, last digit or digits of the year. */
const FUTURE = /^([A-Z0-9]+)[FGHJKMNQUVXZ]\d{1,2}$/;

/** Yahoo's ending of exchanges by the currency of what they list: a symbol alone does not say which listing it is. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  USD: [""],
  EUR: ["DE", "PA", "AS", "MI", "MC", "BR", "HE", "VI", "LS", "IR"],
  GBP: ["L"],
  CHF: ["SW"],
  CAD: ["TO", "V", "NE"],
  AUD: ["AX"],
  JPY: ["T"],
  HKD: ["HK"],
  SEK: ["ST"],
  NOK: ["OL"],
  DKK: ["CO"]
};

/**
 * Returns the rows that a position moves with: the one that its future or fund is made after, and series of watchlists
 * with its symbol (`BRK B` is Yahoo's `BRK-B`, SAP in euros `SAP.DE`).
 *
 * @param watched ids of all watchlists
 */
export function rowsOfPosition(
  {symbol, currency, assetCategory}: Pick<PositionRow, "symbol" | "currency" | "assetCategory">,
  watched: ReadonlySet<string>
): string[] {
  if (assetCategory === "FUT") {
    const row = FUTURES.get(FUTURE.exec(symbol)?.[1] ?? symbol);
    return row === undefined ? [] : [row];
  }
  if (assetCategory !== "STK") return [];
  const written = symbol.replaceAll(" ", "-");
  const names = new Set(
    (ENDINGS[currency] ?? []).map((ending) => (ending ? `${written}.${ending}` : written))
  );
  const listed = [...watched].filter((id) => names.has(id.slice(id.indexOf(":") + 1)));
  const row = FUNDS.get(symbol);
  return row === undefined ? listed : [...new Set([row, ...listed])];
}

function byWord(words: (of: (typeof MADE_AFTER)[number]) => string): ReadonlyMap<string, string> {
  return new Map(
    MADE_AFTER.flatMap((of) =>
      words(of)
        .split(" ")
        .filter(Boolean)
        .map((word) => [word, of.id] as const)
    )
  );
}
