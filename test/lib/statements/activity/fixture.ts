/** An Activity Statement of one made-up account, to which tests add the sections that they are about. */
export function statement(
  sections = "",
  {period = "January 1, 2025 - December 31, 2025", account = "U1234567"} = {}
): string {
  return `Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers LLC
Statement,Data,BrokerAddress,
Statement,Data,Title,Activity Statement
Statement,Data,Period,"${period}"
Statement,Data,WhenGenerated,"2026-01-04, 11:14:16 EST"
Account Information,Header,Field Name,Field Value
Account Information,Data,Name,Perdita Nowhere
Account Information,Data,Account,${account}
Account Information,Data,Account Type,Individual
Account Information,Data,Base Currency,USD
${sections.trim()}
`;
}

export const STOCK_HEADER =
  "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code";

export const INSTRUMENT_HEADER =
  "Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Underlying,Listing Exch,Multiplier,Type,Code";
