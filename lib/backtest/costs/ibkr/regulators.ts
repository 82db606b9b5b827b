import type {Pause} from "./schedule.js";

/** Where the rate of the SEC is from: https://www.sec.gov/rules-regulations/fee-rate-advisories/2026-2 */
export const SECTION_31 =
  "SEC, fee rate advisory 2026-2, Release 34-104909 of 2026-02-27, Federal Register 2026-04233; the number as brokers and others cite it";

/** Where the rates of FINRA are from: https://www.finra.org/rules-guidance/rule-filings/sr-finra-2024-019/fee-adjustment-schedule */
export const TRADING_ACTIVITY =
  "FINRA, fee adjustment schedule of SR-FINRA-2024-019, column 2026; the number as brokers and others cite it";

/** When FINRA's trading activity fee is 0, of shares and options alike. */
export const TRADING_ACTIVITY_PAUSE: Pause = {
  from: "2026-10-01",
  to: "2026-12-31",
  source: "FINRA, SR-FINRA-2026-021, Release 34-106409"
};
