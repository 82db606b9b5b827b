import {categorize, figuresOf, totalLabel, totalsOf, type Context} from "./context.js";
import {assetCategory} from "./asset-categories.js";
import type {ColumnNames, Fields} from "./fields.js";
import {cell, type Section} from "./sections.js";

interface PerformanceSpec {
  section: string;
  element: string;
  columns: ColumnNames;
  sums: readonly string[];
}

const NAMES: ColumnNames = {
  "Asset Category": "assetCategory",
  "Asset Class": "assetCategory",
  Currency: "",
  Account: "",
  Symbol: "symbol",
  Description: "description",
  Code: "code"
};

const MTM_SUMS = ["priorOpenMtm", "transactionMtm", "commissions", "other", "total"];

const SECTIONS: Readonly<Record<string, PerformanceSpec>> = {
  "Mark-to-Market Performance Summary": {
    section: "MTMPerformanceSummaryInBase",
    element: "MTMPerformanceSummaryUnderlying",
    columns: {
      ...NAMES,
      "Prior Quantity": "prevCloseQuantity",
      "Current Quantity": "closeQuantity",
      "Prior Price": "prevClosePrice",
      "Current Price": "closePrice",
      "Mark-to-Market P/L Position": "priorOpenMtm",
      "Mark-to-Market P/L Transaction": "transactionMtm",
      "Mark-to-Market P/L Commissions": "commissions",
      "Mark-to-Market P/L Other": "other",
      "Mark-to-Market P/L Total": "total"
    },
    sums: MTM_SUMS
  },
  "Positions and Mark-to-Market Profit and Loss": {
    section: "MTMPerformanceSummaryInBase",
    element: "MTMPerformanceSummaryUnderlying",
    columns: {
      ...NAMES,
      "Prior Quantity": "prevCloseQuantity",
      Quantity: "closeQuantity",
      "Prior Price": "prevClosePrice",
      Price: "closePrice",
      "Prior Market Value": "",
      "Market Value": "",
      Position: "priorOpenMtm",
      Trading: "transactionMtm",
      "Comm.": "commissions",
      Other: "other",
      Total: "total"
    },
    sums: MTM_SUMS
  },
  "Realized & Unrealized Performance Summary": {
    section: "FIFOPerformanceSummaryInBase",
    element: "FIFOPerformanceSummaryUnderlying",
    columns: {
      ...NAMES,
      "Cost Adj.": "costAdj",
      "Realized S/T Profit": "realizedSTProfit",
      "Realized S/T Loss": "realizedSTLoss",
      "Realized L/T Profit": "realizedLTProfit",
      "Realized L/T Loss": "realizedLTLoss",
      "Realized Total": "totalRealizedPnl",
      "Unrealized S/T Profit": "unrealizedSTProfit",
      "Unrealized S/T Loss": "unrealizedSTLoss",
      "Unrealized L/T Profit": "unrealizedLTProfit",
      "Unrealized L/T Loss": "unrealizedLTLoss",
      "Unrealized Total": "totalUnrealizedPnl",
      Total: "totalFifoPnl"
    },
    sums: [
      "costAdj",
      "realizedSTProfit",
      "realizedSTLoss",
      "realizedLTProfit",
      "realizedLTLoss",
      "totalRealizedPnl",
      "totalUnrealizedPnl",
      "totalFifoPnl"
    ]
  },
  "Month & Year to Date Performance Summary": {
    section: "MTDYTDPerformanceSummary",
    element: "MTDYTDPerformanceSummaryUnderlying",
    columns: {
      ...NAMES,
      "Mark-to-Market MTD": "mtmMTD",
      "Mark-to-Market YTD": "mtmYTD",
      "Realized S/T MTD": "realSTMTD",
      "Realized S/T YTD": "realSTYTD",
      "Realized L/T MTD": "realLTMTD",
      "Realized L/T YTD": "realLTYTD"
    },
    sums: ["mtmMTD", "mtmYTD", "realSTMTD", "realSTYTD", "realLTMTD", "realLTYTD"]
  }
};

const ALL_ASSETS = "Total (All Assets)";

/** Tells whether a section is one of results by instrument over the period. */
export function isPerformanceSection(name: string): boolean {
  return Object.hasOwn(SECTIONS, name);
}

/**
 * Reads what each instrument earned over the period. What stands between the totals by another name than a category's
 * (`Broker Interest Paid and Received`) is a row without an instrument, as in Flex; so is the total of all assets.
 */
export function readPerformance(section: Section, context: Context): void {
  const {element, columns, sums, section: container} = SECTIONS[section.name];
  const {reader, writer, instruments} = context;
  const totals = totalsOf(section, context);
  for (const line of section.lines) {
    const fields = reader.read(line, section.name, element, columns);
    const category = cell(line, "Asset Category") || cell(line, "Asset Class");
    const label = totalLabel(line);
    const figures = figuresOf(fields, sums);
    const unnamed = label === "" && fields.symbol === undefined && assetCategory(category) === undefined;
    if (label === ALL_ASSETS) totals.check(ALL_ASSETS, ["asset"], figures, "All Assets");
    else if (label === "Total") totals.check("Total", ["asset"], figures);
    else if (label === "Total P/L for Statement Period") totals.check(label, [], figures, "Statement Period");
    if (label && label !== ALL_ASSETS) continue;
    if (unnamed || label) {
      if (unnamed) totals.add(["", category], figures);
      name(fields, category);
    } else {
      totals.add(["asset", category, cell(line, "Currency")], figures);
      categorize(fields, context, section.name);
      instruments.identify(fields);
    }
    writer.row({
      section: container,
      element,
      account: cell(line, "Account"),
      kind: fields.assetCategory ?? "",
      fields
    });
  }
}

/** A row without an instrument is known by its description. */
function name(fields: Fields, description: string): void {
  delete fields.assetCategory;
  fields.description = description;
}
