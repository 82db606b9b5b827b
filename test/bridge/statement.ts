/** An invented Flex statement of three days: one share bought, a dividend, an account in dollars with some euros. */
export function flexStatement({account = "U1000001", generated = "20240105;060000"} = {}): string {
  const nav = (day: string, cash: string, stock: string, total: string) =>
    `<EquitySummaryByReportDateInBase accountId="${account}" reportDate="${day}" cash="${cash}" stock="${stock}" total="${total}" />`;
  const rate = (day: string) =>
    `<ConversionRate reportDate="${day}" fromCurrency="EUR" toCurrency="USD" rate="1.1" />`;
  const instrument = `assetCategory="STK" symbol="INVT" description="INVENTED INC" conid="1000"`;
  const position = (day: string, mark: string, value: string) =>
    `<OpenPosition accountId="${account}" currency="USD" fxRateToBase="1" ${instrument} multiplier="1" reportDate="${day}" position="10" markPrice="${mark}" positionValue="${value}" costBasisPrice="50.1" costBasisMoney="501" fifoPnlUnrealized="${Number(value) - 501}" side="Long" levelOfDetail="SUMMARY" />`;
  return `<FlexQueryResponse queryName="Desk" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="${account}" fromDate="20240102" toDate="20240104" period="" whenGenerated="${generated}">
<AccountInformation accountId="${account}" currency="USD" name="" />
<EquitySummaryInBase>
${nav("20240102", "1000", "0", "1000")}
${nav("20240103", "499", "520", "1019")}
${nav("20240104", "503", "530", "1033")}
</EquitySummaryInBase>
<OpenPositions>${position("20240103", "52", "520")}${position("20240104", "53", "530")}</OpenPositions>
<Trades>
<Trade accountId="${account}" currency="USD" fxRateToBase="1" ${instrument} multiplier="1" tradeID="11" transactionID="12" reportDate="20240103" tradeDate="20240103" dateTime="20240103;103000" settleDateTarget="20240105" transactionType="ExchTrade" exchange="NYSE" quantity="10" tradePrice="50" tradeMoney="500" proceeds="-500" taxes="0" ibCommission="-1" ibCommissionCurrency="USD" netCash="-501" closePrice="52" cost="501" fifoPnlRealized="0" mtmPnl="20" buySell="BUY" openCloseIndicator="O" levelOfDetail="EXECUTION" />
</Trades>
<CashTransactions>
<CashTransaction accountId="${account}" currency="USD" fxRateToBase="1" ${instrument} dateTime="20240104;202000" settleDate="20240104" reportDate="20240104" amount="4" type="Dividends" transactionID="13" levelOfDetail="DETAIL" />
</CashTransactions>
<ConversionRates>${rate("20240102")}${rate("20240103")}${rate("20240104")}</ConversionRates>
</FlexStatement>
</FlexStatements>
</FlexQueryResponse>
`;
}
