import {assetCategory} from "./asset-categories.js";
import type {ColumnNames, FieldReader, Fields} from "./fields.js";
import {optionTerms, type OptionTerms} from "./option-symbol.js";
import type {Section} from "./sections.js";

const SECTION = "Financial Instrument Information";

const COLUMNS: ColumnNames = {
  "Asset Category": "assetCategory",
  Currency: "currency",
  Symbol: "symbol",
  Description: "description",
  Conid: "conid",
  "Security ID": "securityID",
  Underlying: "underlyingSymbol",
  "Listing Exch": "listingExchange",
  Multiplier: "multiplier",
  Expiry: "expiry",
  "Delivery Month": "",
  Type: "type",
  Strike: "strike",
  Issuer: "issuer",
  Maturity: "maturity",
  Code: "code"
};

const DERIVATIVES = new Set(["OPT", "FOP", "FUT", "WAR", "IOPT", "CFD"]);
const OPTIONS = new Set(["OPT", "FOP", "WAR", "IOPT"]);
const ISIN = /^[A-Z]{2}[A-Z0-9]{9}\d$/;

/** The instruments that a file describes, by category and symbol: rows of other sections carry no conid. */
export class Instruments {
  /** What Flex's SecurityInfo would say of each. */
  readonly rows: readonly Fields[];
  /** By `STK/AAPL`, by `AAPL`, by ISIN; null where two instruments go by one name. */
  readonly #named = new Map<string, Fields | null>();

  constructor(section: Section | undefined, reader: FieldReader) {
    const lines = section?.lines.filter(({kind}) => kind === "Data") ?? [];
    this.rows = lines.map((line) => {
      const fields = describe(reader.read(line, SECTION, "SecurityInfo", COLUMNS));
      const symbols = (fields.symbol ?? "").split(/,\s*/);
      fields.symbol = symbols[0];
      for (const symbol of symbols) {
        this.#name(`${fields.assetCategory}/${symbol}`, fields);
        this.#name(symbol, fields);
      }
      if (fields.putCall) this.#name(termsOf(fields), fields);
      if (fields.isin) this.#name(fields.isin, fields);
      return fields;
    });
  }

  /** Returns what is known of an instrument; undefined where the name is not known or two instruments have it. */
  find(category: string | undefined, symbol: string | undefined, isin?: string): Fields | undefined {
    const option = optionOf({...(category && {assetCategory: category}), symbol: symbol ?? ""});
    const terms = option ? termsOf(option) : "";
    const names = category ? [`${category}/${symbol}`, isin ?? "", terms] : [isin ?? "", symbol ?? "", terms];
    for (const name of names) {
      const found = this.#named.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Adds to a row what tells its instrument: conid and multiplier, and what an option's symbol says. Names that change
   * with time (description, ISIN) are left to the row itself: statements of other days must give the same row.
   */
  identify(fields: Fields): void {
    const known = this.find(fields.assetCategory, fields.symbol, fields.isin);
    const terms = optionOf(fields);
    for (const [name, value] of Object.entries({
      ...terms,
      conid: known?.conid,
      multiplier: known?.multiplier
    })) {
      if (value !== undefined) fields[name] ??= value;
    }
    if (known && DERIVATIVES.has(known.assetCategory)) {
      for (const name of ["underlyingSymbol", "strike", "expiry", "putCall"]) {
        if (known[name] !== undefined) fields[name] ??= known[name];
      }
    }
  }

  /** Adds to a row of a day all that its instrument is known to be on it. */
  describe(fields: Fields): void {
    this.identify(fields);
    const known = this.find(fields.assetCategory, fields.symbol, fields.isin);
    for (const name of ["description", "isin", "cusip", "listingExchange", "subCategory"]) {
      if (known?.[name] !== undefined) fields[name] ??= known[name];
    }
  }

  #name(name: string, fields: Fields): void {
    const known = this.#named.get(name);
    this.#named.set(name, known === undefined || known?.conid === fields.conid ? fields : null);
  }
}

/** Returns a name by what an option's symbol says: the old and the new style give the same. */
function termsOf({underlyingSymbol, expiry, strike, putCall}: Partial<OptionTerms>): string {
  return [underlyingSymbol, expiry, strike, putCall].join(" ");
}

/** Returns what the symbol of an option says, where the row is one or says no category at all. */
function optionOf({assetCategory: category, symbol}: Fields) {
  return symbol && (category === undefined || OPTIONS.has(category)) ? optionTerms(symbol) : undefined;
}

function describe(fields: Fields): Fields {
  const {securityID, type, underlyingSymbol, ...rest} = fields;
  const category = assetCategory(fields.assetCategory ?? "") ?? fields.assetCategory;
  const derived = DERIVATIVES.has(category);
  return {
    ...rest,
    ...(category !== undefined && {assetCategory: category}),
    ...(securityID && {securityID, [ISIN.test(securityID) ? "isin" : "cusip"]: securityID}),
    ...(derived && underlyingSymbol && {underlyingSymbol}),
    ...(derived && (type === "C" || type === "P") ? {putCall: type} : type && {subCategory: type, type}),
    ...optionOf({...fields, ...(category !== undefined && {assetCategory: category})})
  };
}
