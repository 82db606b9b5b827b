import {sessionsBetween} from "../../lib/time/calendar.js";

/** Sessions of the statement, the last that of its positions. */
export const HELD_DAYS = sessionsBetween("2023-09-01", "2024-01-04").slice(-60);

/** Mark of an asset on the t-th session: a wave around a price. */
export const markOf = (price: number, step: number, t: number): string =>
  (price * (1 + 0.02 * Math.sin(step * (t + 1) ** 1.4))).toFixed(4);

/** An invented Flex statement of sixty sessions: two shares, and a put on one of them. */
export function heldStatement({account = "U2000001"} = {}): string {
  const last = HELD_DAYS.length - 1;
  const compact = (day: string) => day.replaceAll("-", "");
  const position = (day: string, what: string, quantity: number, mark: string, multiplier = 1) =>
    `<OpenPosition accountId="${account}" currency="USD" fxRateToBase="1" ${what} multiplier="${multiplier}" reportDate="${compact(day)}" position="${quantity}" markPrice="${mark}" side="Long" levelOfDetail="SUMMARY" />`;
  const share = (symbol: string, conid: number) =>
    `assetCategory="STK" symbol="${symbol}" description="${symbol}" conid="${conid}"`;
  const put = `assetCategory="OPT" symbol="AAA 240315P00045000" description="AAA 45 P" conid="31" underlyingConid="11" underlyingSymbol="AAA" strike="45" expiry="20240315" putCall="P"`;
  const positions = HELD_DAYS.flatMap((day, t) => [
    position(day, share("AAA", 11), 100, markOf(50, 1.3, t)),
    position(day, share("BBB", 12), 40, markOf(80, 2.1, t)),
    ...(t === last ? [position(day, put, -1, "1.5", 100)] : [])
  ]);
  const nav = HELD_DAYS.map(
    (day) =>
      `<EquitySummaryByReportDateInBase accountId="${account}" reportDate="${compact(day)}" cash="1000" stock="8200" total="9200" />`
  );
  return `<FlexQueryResponse queryName="Desk" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="${account}" fromDate="${compact(HELD_DAYS[0])}" toDate="20240104" period="" whenGenerated="20240105;060000">
<AccountInformation accountId="${account}" currency="USD" name="" />
<EquitySummaryInBase>${nav.join("\n")}</EquitySummaryInBase>
<OpenPositions>${positions.join("\n")}</OpenPositions>
<CashReport><CashReportCurrency accountId="${account}" currency="USD" levelOfDetail="Currency" fromDate="${compact(HELD_DAYS[0])}" toDate="20240104" reportDate="20240104" endingCash="1000" /></CashReport>
</FlexStatement>
</FlexStatements>
</FlexQueryResponse>
`;
}
