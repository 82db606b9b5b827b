/**
 * Messages of real servers, as others recorded and published them: facts to compare layouts with. Accounts are masked
 * as their publishers masked them; `U` stands for the double that means "no number".
 *
 * | source | where | server |
 * |---|---|---|
 * | rust-ibapi | github.com/wboayue/rust-ibapi (MIT), commit 7014f747c5dc, a path and its line | TWS and IB Gateway, version 173 where nothing else is said |
 * | ibkr-go | github.com/ThomasMarcelis/ibkr-go (MIT), internal/codec/codec_capture_test.go, a test by name | IB Gateway, version 200, live and paper, 2026-04 to 2026-07 |
 *
 * Version 173 has the layouts of 176 but for symbol samples (gate 176). Version 200 adds fields behind those of 193:
 * 194 time of an error, and its version is gone; 195 margins outside trading hours, 13 fields; 196 the ends of historical
 * data in a message of their own; 198 submitter; 199 imbalance only. `later` says where they stand, and they are left out.
 *
 * Nothing recorded was found at 174 to 199, nor of real-time bars (50), the bar that grows (90), profit of one position
 * (95), a what-if's openOrder in bytes, historicalDataEnd before 196, the refusal of a client id (326) and the notes
 * 1100, 1101, 1102. Recorded and left out: what the desk never asks for (news, scanners, depth, display groups, bonds).
 */

export interface Recorded {
  version: number;
  /** Who published it, and where. */
  source: string;
  fields: readonly string[];
  /** Fields of versions above 193: where they begin, and how many. */
  later?: readonly (readonly [at: number, count: number])[];
}

const U = "1.7976931348623157E308";
const split = (text: string): string[] => text.split("|").map((field) => (field === "U" ? U : field));

const rust = (path: string, text: string, version = 173): Recorded => ({
  version,
  source: `rust-ibapi src/${path}`,
  fields: split(text)
});

const go = (name: string, text: string, later: NonNullable<Recorded["later"]> = []): Recorded => ({
  version: 200,
  source: `ibkr-go TestCaptureDecode_${name}`,
  fields: split(text),
  later
});

/** What stands between an order's terms and its status, the same in all that were recorded. */
const MIDDLE = "None||0||||?|0|0||0|0||||||0|0|0|2147483647|2147483647|||0||IB|0|0||0|0";
const ABSENT_MARGINS = "U|U|U|U|U|U|U|U|U";
/** Beyond 193: currency of margins, nine of them, a suggested size, a reason, a count. */
const OUTSIDE_HOURS = "|U|U|U|U|U|U|U|U|U|-9223372036854775808||0";

/** A market order from its acknowledgement to its fill, in its order. */
export const FILLED_ORDER = {
  acknowledged: rust(
    "transport/connection/tests.rs:212",
    `5|5|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|BUY|100|MKT|0.0|0.0|DAY||DU1234567||0||100|600745656|0|0|0||600745656.0/DU1234567/100||||||||||0||-1|0||||||2147483647|0|0|0||3|0|0||0|0||0|${MIDDLE}|PreSubmitted|${ABSENT_MARGINS}||||||0|0|0|None|U|U|U|U|U|U|0||||0|1|0|0|0|||0||100|0.02||`
  ),
  status: rust("transport/connection/tests.rs:213", "3|5|PreSubmitted|0|100|0|600745656|0|0|100||0"),
  execution: rust(
    "transport/connection/tests.rs:214",
    "11|-1|5|265598|AAPL|STK||0.0|||IEX|USD|AAPL|NMS|0000e0d5.67fe667b.01.01|20250415  19:38:31|DU1234567|IEX|BOT|100|201.94|600745656|100|0|100|201.94|||||2"
  ),
  filled: rust("transport/connection/tests.rs:216", "3|5|Filled|100|0|201.94|600745656|0|201.94|100||0")
} as const;

/** The session that the messages of version 173 begin with. */
export const WELCOME = {
  version: rust("transport/connection/tests.rs:208", "173|20250415 19:38:30 British Summer Time"),
  accounts: rust("transport/connection/tests.rs:209", "15|1|DU1234567"),
  nextValidId: rust("transport/connection/tests.rs:209", "9|1|5"),
  farm: rust("transport/connection/tests.rs:247", "4|2|-1|2104|Market data farm connection is OK:usfarm|")
} as const;

const SHARE_173 = [
  "10|9000|AAPL|STK||0||SMART|USD|AAPL|NMS|NMS|265598|0.01||ACTIVETIM,AD,ADDONT,ADJUST,ALERT,ALGO,ALLOC,AON,AVGCOST,BASKET,BENCHPX,CASHQTY,COND,CONDORDER,DARKONLY,DARKPOLL,DAY,DEACT,DEACTDIS,DEACTEOD,DIS,DUR,GAT,GTC,GTD,GTT,HID,IBKRATS,ICE,IMB,IOC,LIT,LMT,LOC,MIDPX,MIT,MKT,MOC,MTL,NGCOMB,NODARK,NONALGO,OCA,OPG,OPGREROUT,PEGBENCH,PEGMID,POSTATS,POSTONLY,PREOPGRTH,PRICECHK,REL,REL2MID,RELPCTOFS,RPI,RTH,SCALE,SCALEODD,SCALERST,SIZECHK,SMARTSTG,SNAPMID,SNAPMKT,SNAPREL,STP,STPLMT,SWEEP,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF",
  "SMART,AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,NASDAQ,DRCTEDGE,BEX,BATS,EDGEA,BYX,IEX,EDGX,FOXRIVER,PEARL,NYSENAT,LTSE,MEMX,IBEOS,OVERNIGHT,TPLUS0,PSX|1|0|APPLE INC|NASDAQ||Technology|Computers|Computers|US/Eastern",
  "20250324:0400-20250324:2000;20250325:0400-20250325:2000;20250326:0400-20250326:2000;20250327:0400-20250327:2000;20250328:0400-20250328:2000",
  "20250324:0930-20250324:1600;20250325:0930-20250325:1600;20250326:0930-20250326:1600;20250327:0930-20250327:1600;20250328:0930-20250328:1600",
  "||1|ISIN|US0378331005|1|||26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26||COMMON|0.0001|0.0001|100"
].join("|");

const SHARE_200 = [
  "10|1001|AAPL|STK|||0||SMART|USD|AAPL|NMS|NMS|265598|0.01||ACTIVETIM,AD,ADDONT,ADJUST,ALERT,ALGO,ALLOC,AON,AVGCOST,BASKET,BENCHPX,CASHQTY,COND,CONDORDER,DARKONLY,DARKPOLL,DAY,DEACT,DEACTDIS,DEACTEOD,DIS,DUR,GAT,GTC,GTD,GTT,HID,IBKRATS,ICE,IMB,IOC,LIT,LMT,LOC,MIDPX,MIT,MKT,MOC,MTL,NGCOMB,NODARK,NONALGO,OCA,OPG,OPGREROUT,PEGBENCH,PEGMID,POSTATS,POSTONLY,PREOPGRTH,PRICECHK,REL,REL2MID,RELPCTOFS,RPI,RTH,SCALE,SCALEODD,SCALERST,SIZECHK,SNAPMID,SNAPMKT,SNAPREL,STP,STPLMT,SWEEP,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF",
  "SMART,AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,NASDAQ,DRCTEDGE,BEX,BATS,EDGEA,BYX,IEX,EDGX,FOXRIVER,PEARL,NYSENAT,LTSE,MEMX,IBEOS,OVERNIGHT,TPLUS0,PSX,T24X|1|0|APPLE INC|NASDAQ||Technology|Computers|Computers|US/Eastern",
  "20260405:CLOSED;20260406:0400-20260406:2000;20260407:0400-20260407:2000;20260408:0400-20260408:2000;20260409:0400-20260409:2000;20260410:0400-20260410:2000",
  "20260405:CLOSED;20260406:0930-20260406:1600;20260407:0930-20260407:1600;20260408:0930-20260408:1600;20260409:0930-20260409:1600;20260410:0930-20260410:1600",
  "||1|ISIN|US0378331005|1|||26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26,26||COMMON|0.0001|0.0001|100|0"
].join("|");

const FUTURE_173 = [
  "10|9000|ES|FUT|20250620 08:30 US/Central|0||CME|USD|ESM5|ES|ES|620731015|0.25|50|ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AVGCOST,BASKET,BENCHPX,COND,CONDORDER,DAY,DEACT,DEACTDIS,DEACTEOD,GAT,GTC,GTD,GTT,HID,ICE,IOC,LIT,LMT,LTH,MIT,MKT,MTL,NGCOMB,NONALGO,OCA,PEGBENCH,SCALE,SCALERST,SNAPMID,SNAPMKT,SNAPREL,STP,STPLMT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF",
  "CME,QBALGO|1|11004968|E-mini S&P 500||202506||||US/Central",
  "20250521:1700-20250522:1600;20250522:1700-20250523:1600;20250524:CLOSED;20250525:1700-20250526:1200;20250526:1700-20250527:1600;20250527:1700-20250528:1600",
  "20250522:0830-20250522:1600;20250523:0830-20250523:1600;20250524:CLOSED;20250525:1700-20250526:1200;20250527:0830-20250527:1600;20250527:1700-20250528:1600",
  "||0|2147483647|ES|IND|67,67|20250620||1|1|1"
].join("|");

const FUTURE_200 = [
  "10|1001|ES|FUT|20261218 08:30:00 US/Central|20261218|0||CME|USD|ESZ6|ES|ES|515416632|0.25|50|ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AVGCOST,BASKET,BENCHPX,COND,CONDORDER,DAY,DEACT,DEACTDIS,DEACTEOD,GAT,GTC,GTD,GTT,HID,ICE,IOC,LIT,LMT,LTH,MIT,MKT,MKTPROT,MTL,NGCOMB,NONALGO,OCA,PEGBENCH,SCALE,SCALERST,SNAPMID,SNAPMKT,SNAPREL,STP,STPLMT,STPPROT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF",
  "CME,QBALGO|1|11004968|E-mini S&P 500||202612||||US/Central",
  ";20260405:1700-20260406:1600;20260406:1700-20260407:1600;20260407:1700-20260408:1600;20260408:1700-20260409:1600;20260409:1700-20260410:1600",
  "20260405:CLOSED;20260406:0830-20260406:1600;20260407:0830-20260407:1600;20260408:0830-20260408:1600;20260409:0830-20260409:1600;20260410:0830-20260410:1600",
  "||0|2147483647|ES|IND|67,67|20261218||1|1|1|0"
].join("|");

const OPTION_200 = [
  "10|1001|AAPL|OPT|20260618|20260618|100|C|SMART|USD|AAPL  260618C00100000|AAPL|AAPL|675811965|0.01|100|ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AON,AVGCOST,BASKET,COND,CONDORDER,DAY,DEACT,DEACTDIS,DEACTEOD,DIS,FOK,GAT,GTC,GTD,GTT,HID,ICE,IOC,LIT,LMT,MIT,MKT,MTL,NGCOMB,NONALGO,OCA,OPENCLOSE,PAON,PEGMIDVOL,PEGMKTVOL,PEGPRMVOL,PEGSRFVOL,POSTONLY,PRICECHK,REL,RELPCTOFS,RELSTK,SCALE,SCALERST,SIZECHK,SMARTSTG,SNAPMID,SNAPMKT,SNAPREL,STP,STPLMT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,VOLAT,WHATIF",
  "SMART,AMEX,CBOE,PHLX,PSE,ISE,BOX,BATS,NASDAQOM,CBOE2,NASDAQBX,MIAX,GEMINI,EDGX,MERCURY,PEARL,EMERALD,MEMX,IBUSOPT,SAPPHIRE|1|265598|APPLE INC||202606||||US/Eastern",
  "20260405:CLOSED;20260406:0930-20260406:1600;20260407:0930-20260407:1600;20260408:0930-20260408:1600;20260409:0930-20260409:1600;20260410:0930-20260410:1600",
  "20260405:CLOSED;20260406:0930-20260406:1600;20260407:0930-20260407:1600;20260408:0930-20260408:1600;20260409:0930-20260409:1600;20260410:0930-20260410:1600",
  "||0|2|AAPL|STK|32,109,109,109,109,109,109,109,32,109,32,109,109,109,109,109,109,109,32,109|20260618||1|1|1|0"
].join("|");

export const CONTRACTS = {
  share173: rust("transport/connection/tests.rs:322", SHARE_173),
  future173: rust("contracts/tests.rs:228", FUTURE_173),
  share200: go("ContractDetails", SHARE_200),
  future200: go("ContractDetailsMultiplier", FUTURE_200),
  option200: go("ContractDetailsMultiplier", OPTION_200),
  end: go("ContractDetailsEnd", "52|1|1001"),
  samples: rust(
    "contracts/tests.rs:346",
    "79|9000|16|76792991|TSLA|STK|ISLAND|USD|5|CFD|OPT|IOPT|WAR|BAG|78046366|TL0|STK|IBIS|EUR|2|CFD|IOPT|660309051|TSLT|STK|BATS|USD|2|OPT|BAG|684954177|TSL3|STK|LSEETF|USD|0|144303597|TSLA|STK|MEXI|MXN|0|603849333|YTSL|STK|AEQLIT|CAD|0|660309044|TSLZ|STK|BATS|USD|2|OPT|BAG|754543238|TSLY|STK|TSE|CAD|0|681568926|3TSE|STK|LSEETF|EUR|0|684954172|3TSL|STK|LSEETF|GBP|0|425172013|2TSL|STK|LSEETF|GBP|0|74619514|TXL|STK|VALUE|CAD|0|172604402|TSLA|STK|EBS|CHF|0|272100479|TES1|STK|BM|EUR|0|425172008|TSL2|STK|LSEETF|USD|0|-1||BOND|||0"
  ),
  rule: go("MarketRuleLive", "93|26|1|0|0.01"),
  optionsEnd: go("SecDefOptParamsEndLive", "76|3")
} as const;

const BODY_200 = (order: string, parent: string, status: string, conditions: string, tail: string) =>
  `${order}|||||||||0||-1|0||||||2147483647|0|0|0||3|0|0||${parent}|0||0|${MIDDLE}|${status}|${ABSENT_MARGINS}|||||${OUTSIDE_HOURS}||0|0|${conditions}|None|${tail}`;

export const ORDERS = {
  /** A put sold by hand in TWS. */
  byHand: go(
    "OpenOrderLiveBaseLayout",
    `5|0|853200900|OBDC|OPT|20261120|10|P|100|SMART|USD|OBDC  261120P00010000|OBDC|SELL|1|LMT|1.2|0.0|GTC||DU9000001||0||0|9000|0|0|0||9000.1/DU9000001/100||||||0|||0||-1|0||||||2147483647|0|0|0||3|0|0||0|0||0|${MIDDLE}|PreSubmitted|${ABSENT_MARGINS}|||||${OUTSIDE_HOURS}||0|0|0|None|U|U|U|U|U|U|0||||0|1|0|0|0|||0|||||||0||0||2147483647||0`,
    [
      [107, 13],
      [154, 2]
    ]
  ),
  /** Bought at a limit once a price was reached. */
  conditional: go(
    "OpenOrderConditionEchoPrice",
    BODY_200(
      "5|356|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|BUY|100|LMT|14.59|0.0|DAY||DU9000001||0|ibkrgo-sanitized-20260610T200935Z-001|1|900356|0|0|0||900356.0/DU9000001/100",
      "0",
      "PreSubmitted",
      "1|1|a|1|2918.10|265598|SMART|4|1|0",
      "U|15.59|U|U|U|U|0||||0|1|0|0|0|||0|||||||0||0||2147483647||0"
    ),
    [
      [107, 13],
      [163, 2]
    ]
  ),
  /** The profit taker of a bracket. */
  child: go(
    "OpenOrderLiveParentID",
    BODY_200(
      "5|211|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|SELL|1|LMT|2000.0|0.0|DAY|1571710075|DU9000001||0|ibkrgo-sanitized-20260414T183644Z-001|1|900211|0|0|0||900211.0/DU9000001/100",
      "210",
      "PreSubmitted",
      "0",
      "U|2001.0|U|U|U|U|0||||0|1|0|0|0|||0|||||||0||0||2147483647|papertrader|0"
    ),
    [
      [107, 13],
      [154, 2]
    ]
  ),
  statusByHand: go("OrderStatusLive", "3|0|PreSubmitted|0|1|0|9000|0|0|0||0"),
  openEnd: go("OpenOrderEnd", "53|1"),
  /** Before version 166: without the details of a rejection. */
  cancelled: rust("orders/tests.rs:306", "3|41|Cancelled|0|100|0|71270927|0|0|100||0"),
  /** A limit order that was cancelled. Its account was masked here. */
  completed173: rust(
    "orders/common/decoders/tests.rs test_completed_order_parsing_issue_318 (of a later commit)",
    "101|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|BUY|1|LMT|100.0|0.0|DAY||DU1234567||0||1295810623|0|0|0|||||||||||0||-1||||||2147483647|0|0||3|0||0|None||0|0|0||0|0||||0|0|0|2147483647|2147483647||||IB|0|0||0|Cancelled|0|0|0|101.0|U|0|1|0||0|2147483647|0|Not an insider or substantial shareholder|0|0|9223372036854775807|20250924 01:21:07 America/New_York|Cancelled by Trader|||||"
  ),
  /** A trailing stop with a limit that was cancelled. */
  completed200: go(
    "CompletedOrderTrailLimitLive",
    "101|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|BUY|1|TRAIL LIMIT|2000.05|1.0|DAY||DU9000001||0||1426085924|0|0|0||||||||||0||-1||||||2147483647|0|0||3|0||0|None||0|0|0||0|0|2000.0|||0|0|0|2147483647|2147483647||||IB|0|0||0|Cancelled|0|0|0|2000.0|0.05|0|1|0||0|2147483647|0|Not an insider or substantial shareholder|0|0|9223372036854775807|20260415 11:00:11 US/Eastern|Cancelled by Trader|||||||0|paper-user",
    [[102, 1]]
  ),
  /** A market order that was filled; version 150 to 169, so without the five offsets of 170 at its end. */
  completedFilled: rust(
    "orders/tests.rs:383",
    "101|265598|AAPL|STK||0|?||SMART|USD|AAPL|NMS|BUY|0|MKT|0.0|0.0|DAY||DU1234567||0||1824933227|0|0|0|||||||||||0||-1||||||2147483647|0|0||3|0||0|None||0|0|0||0|0||||0|0|0|2147483647|2147483647||||IB|0|0||0|Filled|0|0|0|U|U|0|1|0||100|2147483647|0|Not an insider or substantial shareholder|0|0|9223372036854775807|20230306 12:28:30 America/Los_Angeles|Filled Size: 100",
    169
  ),
  completedEnd: go("CompletedOrderEndLive", "102"),
  execution200: go(
    "ExecutionDetailNativeTime",
    "11|-1|1|265598|AAPL|STK||0.0|||IEX|USD|AAPL|NMS|sanitized-native-exec-001|20260413 15:27:04 US/Eastern|DU9000001|IEX|BOT|1|257.95|900001|94|0|1|257.95|||||2|0|",
    [[32, 1]]
  ),
  executionsEnd: go("ExecutionsEndLive", "55|1|3"),
  commissionOpening: rust("orders/tests.rs:22", "59|1|00025b46.63f8f39c.01.01|1.0|USD|U|U|"),
  commissionClosing: go(
    "CommissionAndFeesLive",
    "59|1|sanitized-commission-exec-001|1.0003|USD|-68.051912|U|"
  )
} as const;

export const ACCOUNT_MESSAGES = {
  accounts: go("ManagedAccounts", "15|1|DU9000001"),
  nextValidId: go("NextValidID", "9|1|1"),
  time: go("CurrentTimeLive", "49|1|1781163646"),
  user: {...go("", "107|1|"), source: "ibkr-go TestDecodeUserInfoLiveFrame"},
  value: go("AccountUpdatesLive", "6|2|AccountCode|DU9000001||DU9000001"),
  holding: go(
    "AccountUpdatesLive",
    "7|8|265598|AAPL|STK||0|0||NASDAQ|USD|AAPL|NMS|-100|291.6234436|-29162.34|291.2660812|-35.74|-71.44|DU9000001"
  ),
  clock: go("AccountUpdatesLive", "8|1|14:34"),
  downloadEnd: go("AccountUpdatesLive", "54|1|DU9000001"),
  multi: go("AccountUpdatesMultiLive", "73|1|1001|DU9000001||Currency|EUR|EUR"),
  multiEnd: go("AccountUpdatesMultiLive", "74|1|1001"),
  summary: go("AccountSummaryValue", "63|1|1001|DU9000001|BuyingPower|300000.00|EUR"),
  summaryEnd: go("AccountSummaryEnd", "64|1|1001"),
  position: go("Position", "61|3|DU9000001|3691937|AMZN|STK||0.0|||NASDAQ|USD|AMZN|NMS|15|200.25"),
  position173: rust(
    "testdata/responses.rs:21",
    "61|3|DU1234567|76792991|TSLA|STK||0.0|||NASDAQ|USD|TSLA|NMS|500|196.77"
  ),
  positionEnd: go("PositionEnd", "62|1"),
  profit: go("PnLLive", "94|4|11340.427636781911|54385.58271885987|-103.92738339177643")
} as const;

export const MARKET_MESSAGES = {
  price: go("TickPrice", "1|6|1001|68|255.45|200|0"),
  size: go("TickSize", "2|6|1001|74|312894"),
  type: go("MarketDataType", "58|1|1001|3"),
  snapshotEnd: go("TickSnapshotEnd", "57|1|1001"),
  parameters: go("QuoteAncillaryTicksLive", "81|1001|0.01|9c0001|4"),
  generic: go("QuoteAncillaryTicksLive", "45|6|1001|46|3.0"),
  text: go("QuoteAncillaryTicksLive", "46|6|1001|88|1775174157"),
  option: go(
    "TickOptionComputationLive",
    "21|6|53|0|0.3|0.5579497967180902|2.6596901785543805|-1|0.0700889483259586|0.07475592510994344|-0.7568548883674484|293.23"
  ),
  head: go("HeadTimestampLive", "88|1001|19801212-14:30:00"),
  days: rust(
    "market_data/historical/tests.rs:104",
    "17|9000|20230413  16:31:22|20230415  16:31:22|2|20230413|182.9400|186.5000|180.9400|185.9000|948837.22|184.869|324891|20230414|183.8800|186.2800|182.0100|185.0000|810998.27|183.9865|277547"
  ),
  /** Version 196 took its two ends out: they stand in HistoricalDataEndLive, with other times. */
  hours: go(
    "HistoricalData",
    "17|1001|7|20260402 09:30:00 US/Eastern|254.20|254.80|250.65|252.53|2829736|252.266|13633|20260402 10:00:00 US/Eastern|252.52|255.40|251.19|255.38|2797972|252.971|16541|20260402 11:00:00 US/Eastern|255.40|255.73|254.36|254.57|1400669|255.002|7744|20260402 12:00:00 US/Eastern|254.57|255.00|254.00|254.42|983738|254.453|5662|20260402 13:00:00 US/Eastern|254.42|255.49|254.17|254.61|1024324|254.878|5832|20260402 14:00:00 US/Eastern|254.58|255.46|254.58|255.28|1399189|255.101|7342|20260402 15:00:00 US/Eastern|255.29|256.13|254.80|255.89|2938382|255.576|17376"
  )
} as const;

/** An error of version 200: without its version, with its time (gate 194). */
export const ERROR_200 = go(
  "APIError_2104",
  "4|-1|2104|Market data farm connection is OK:usfarm||1775425766350"
);

/** The layout that a client of 193 at most is sent: without what later versions have added. */
export function known({fields, later = []}: Recorded): string[] {
  const left = [...fields];
  for (const [at, count] of later.toReversed()) left.splice(at, count);
  return left;
}
