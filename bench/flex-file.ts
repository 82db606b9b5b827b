import {once} from "node:events";
import {createWriteStream} from "node:fs";
import {addDays, weekday} from "../lib/time/day.js";

export interface FlexFile {
  trades: number;
  /** First report day; the last is `days` weekdays later. */
  from?: string;
  days?: number;
}

const NOTHING =
  'acctAlias="" model="" cusip="" underlyingSecurityID="" issuer="" strike="" expiry="" putCall="" principalAdjustFactor="" origTradePrice="0" origTradeDate="" origTradeID="" origOrderID="0" clearingFirmID="" brokerageOrderID="" volatilityOrderLink="" openDateTime="" holdingPeriodDateTime="" whenRealized="" whenReopened="" changeInPrice="0" changeInQuantity="0" traderID="" isAPIOrder="N" accruedInt="0" serialNumber="" deliveryType="" commodityType="" fineness="0.0" weight="0.0 ()"';

/** Writes the Flex XML of one account: trades as IBKR prints them, with NAV, rates and cash of each day. */
export async function writeFlexFile(
  path: string,
  {trades, from = "2015-01-01", days = 2600}: FlexFile
): Promise<void> {
  const file = createWriteStream(path);
  const write = async (text: string) => {
    if (!file.write(text)) await once(file, "drain");
  };
  const calendar = weekdays(from, days);
  const compact = (day: string) => day.replaceAll("-", "");
  const [first, last] = [calendar[0], calendar[days - 1]].map(compact);
  await write(`<FlexQueryResponse queryName="bench" type="AF">
<FlexStatements count="1">
<FlexStatement accountId="U7654321" fromDate="${first}" toDate="${last}" period="" whenGenerated="${last};203000">
<AccountInformation accountId="U7654321" acctAlias="" model="" currency="USD" />
<EquitySummaryInBase>\n`);
  for (const [n, day] of calendar.entries()) {
    const [cash, stock] = [100_000 + (n % 97), 300_000 + 31 * n];
    await write(
      `<EquitySummaryByReportDateInBase accountId="U7654321" acctAlias="" model="" reportDate="${compact(day)}" cash="${cash}" stock="${stock}" total="${cash + stock}" />\n`
    );
  }
  await write("</EquitySummaryInBase>\n<Trades>\n");
  for (let n = 0; n < trades; ++n) await write(trade(n, compact(calendar[Math.floor((n * days) / trades)])));
  await write("</Trades>\n<ConversionRates>\n");
  for (const day of calendar) {
    for (const [currency, rate] of [
      ["EUR", "1.0931"],
      ["GBP", "1.2714"],
      ["JPY", "0.00671"]
    ]) {
      await write(
        `<ConversionRate reportDate="${compact(day)}" fromCurrency="${currency}" toCurrency="USD" rate="${rate}" />\n`
      );
    }
  }
  await write("</ConversionRates>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n");
  file.end();
  await once(file, "finish");
}

function trade(n: number, day: string): string {
  const quantity = ((n * 7) % 400) - 199;
  const price = (20 + ((n * 131) % 30_000) / 100).toFixed(2);
  const money = (quantity * Number(price)).toFixed(2);
  const commission = (-1 - (n % 50) / 1000).toFixed(3);
  const net = (-quantity * Number(price) + Number(commission)).toFixed(3);
  const stock = n % 60;
  return `<Trade accountId="U7654321" currency="USD" fxRateToBase="1" assetCategory="STK" subCategory="COMMON" symbol="SYM${stock}" description="INVENTED COMPANY ${stock}" conid="${700_000 + stock}" securityID="US00000${1000 + stock}" securityIDType="ISIN" isin="US00000${1000 + stock}" listingExchange="NYSE" underlyingConid="" underlyingSymbol="SYM${stock}" underlyingListingExchange="" multiplier="1" tradeID="${300_000_000 + n}" reportDate="${day}" dateTime="${day};${timeOf(n)}" tradeDate="${day}" settleDateTarget="${day}" transactionType="ExchTrade" exchange="IDEALFX" quantity="${quantity}" tradePrice="${price}" tradeMoney="${money}" proceeds="${(-Number(money)).toFixed(2)}" taxes="0" ibCommission="${commission}" ibCommissionCurrency="USD" netCash="${net}" closePrice="${price}" openCloseIndicator="O" notes="P" cost="${money}" fifoPnlRealized="0" fxPnl="0" mtmPnl="${(n % 101) - 50}" transactionID="${900_000_000 + n}" buySell="${quantity < 0 ? "SELL" : "BUY"}" ibOrderID="${500_000_000 + n}" ibExecID="0000${n}.01.01" orderReference="" exchOrderId="N/A" extExecID="X${n}" orderTime="${day};${timeOf(n)}" levelOfDetail="EXECUTION" orderType="LMT" ${NOTHING} />\n`;
}

/** A time of the session, HHmmss. */
function timeOf(n: number): string {
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${10 + (n % 6)}${pad((n * 7) % 60)}${pad((n * 13) % 60)}`;
}

function weekdays(from: string, count: number): string[] {
  const days: string[] = [];
  for (let day = from; days.length < count; day = addDays(day, 1)) if (weekday(day) < 6) days.push(day);
  return days;
}
