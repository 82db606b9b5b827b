/** Where the rate of the SEC is from: https://www.sec.gov/rules-regulations/fee-rate-advisories/2026-2 */
export const SECTION_31 =
  "SEC, fee rate advisory 2026-2, Release 34-104909 of 2026-02-27, Federal Register 2026-04233; the number as brokers and others cite it";

/**
 * Where the rates of FINRA are from: https://www.finra.org/rules-guidance/rule-filings/sr-finra-2024-019/fee-adjustment-schedule
 * A pause of three months would understate what a strategy pays in other years, so that it is said and not applied.
 */
export const TRADING_ACTIVITY =
  "FINRA, fee adjustment schedule of SR-FINRA-2024-019, column 2026; the number as brokers and others cite it; paused to 0 for trades from 2026-10-01 to 2026-12-31 by SR-FINRA-2026-021, Release 34-106409, which is left aside here";
