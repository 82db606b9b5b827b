import type {ContractAsk, ContractFacts} from "../bridge/broker/broker.js";
import {type BarFrequency, historicalBars} from "../bridge/broker/ibkr/bars.js";
import {createWire} from "../bridge/broker/ibkr/connect.js";
import {type Contracts, createContracts} from "../bridge/broker/ibkr/contracts.js";
import {createHistoricalPacing, type HistoricalPacing} from "../bridge/broker/ibkr/historical-pacing.js";
import type {Wire} from "../bridge/broker/ibkr/wire.js";
import {Problem} from "../bridge/problem.js";
import type {Config} from "../config.js";
import type {LinkStatus} from "../lib/live/link.js";
import {type HistoryPage, createIbkr} from "../loaders/vendors/ibkr.js";
import type {Trading} from "../loaders/vendors/sessions.js";
import {type Ask, type Vendor, VendorError, type VendorErrorCode} from "../loaders/vendors/vendor.js";

/** The desk, which may be running, has the client id of the settings; this one is beside it. */
const CLIENT_ID_STEP = 1000;
const PATIENCE_MS = 15_000;

export interface IbkrHistory {
  vendor: Vendor;
  close(): Promise<void>;
}

/** Returns IBKR as a vendor of bars; it connects when it is first asked for some. */
export function openIbkrHistory(
  {IBKR_HOST, IBKR_PORT, IBKR_CLIENT_ID}: Pick<Config, "IBKR_HOST" | "IBKR_PORT" | "IBKR_CLIENT_ID">,
  {now = Date.now, patienceMs = PATIENCE_MS}: {now?: () => number; patienceMs?: number} = {}
): IbkrHistory {
  let link: {wire: Wire; contracts: Contracts; pacing: HistoricalPacing} | null = null;

  function open() {
    const quiet = () => undefined;
    const wire = createWire({
      host: IBKR_HOST,
      port: IBKR_PORT,
      clientId: IBKR_CLIENT_ID + CLIENT_ID_STEP,
      log: {info: quiet, warn: quiet, error: quiet} // what is wrong is said of each symbol
    });
    const contracts = createContracts(wire, now);
    return {wire, contracts, pacing: createHistoricalPacing(() => performance.now())};
  }

  async function* history(ask: Ask, signal: AbortSignal): AsyncGenerator<HistoryPage> {
    link ??= open();
    const {wire, contracts, pacing} = link;
    try {
      await untilReady(wire, patienceMs, signal);
      const facts = await theOne(contracts, ask.symbol);
      const {contract, name, timeZone} = facts;
      const page = {
        facts: {symbol: ask.symbol, name, unit: contract.currency, timeZone: timeZone ?? ""},
        trading: tradingOf(facts)
      };
      const frequency = ask.frequency as BarFrequency; // one that the vendor offers
      const {from, to} = ask;
      for await (const bars of historicalBars({wire, pacing, now}, facts, {from, to, frequency}, signal))
        yield {...page, bars};
    } catch (error) {
      throw error instanceof Problem ? new VendorError(codeOf(error), error.message, {cause: error}) : error;
    }
  }

  return {
    vendor: createIbkr(history),
    async close() {
      await link?.wire.close();
    }
  };
}

/** Waits until the link is ready, or has said why it will not be soon. */
async function untilReady(wire: Wire, patienceMs: number, signal: AbortSignal): Promise<void> {
  if (wire.status().phase === "ready") return;
  let off = (): void => undefined;
  const fails = (status: LinkStatus) => status.phase !== "connecting" && status.phase !== "ready";
  const ended = new Promise<LinkStatus>((resolve) => {
    if (fails(wire.status())) resolve(wire.status());
    off = wire.onStatus((status) => (status.phase === "ready" || fails(status)) && resolve(status));
    AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]).addEventListener("abort", () =>
      resolve(wire.status())
    );
  });
  const status = await ended.finally(() => off());
  signal.throwIfAborted();
  if (status.phase !== "ready") throw new VendorError("unavailable", `no link to TWS: ${status.sentence}`);
}

/** `265598`, `AAPL`, `VOD:GBP`, `EUR.USD`. */
function askOf(symbol: string): ContractAsk {
  if (/^\d+$/.test(symbol)) return {conId: Number(symbol)};
  const pair = /^([A-Z]{3})\.([A-Z]{3})$/.exec(symbol);
  if (pair) return {symbol: pair[1], currency: pair[2], secType: "CASH", exchange: "IDEALPRO"};
  const [name, currency] = symbol.split(":");
  return {symbol: name, secType: "STK", ...(currency && {currency})};
}

async function theOne(contracts: Contracts, symbol: string): Promise<ContractFacts> {
  const found = await contracts.find(askOf(symbol));
  if (found.length === 1) return found[0];
  if (!found.length)
    throw new VendorError(
      "unknown-symbol",
      `IBKR knows no ${symbol}: write AAPL, VOD:GBP, EUR.USD or a contract's number`
    );
  const choices = found.map(
    ({contract, primaryExchange}) => `${contract.conId} (${contract.currency}, ${primaryExchange})`
  );
  throw new VendorError(
    "unknown-symbol",
    `${symbol} is several contracts: write one of ${choices.join(", ")}`
  );
}

function tradingOf({contract: {secType}}: ContractFacts): Trading {
  if (secType === "FUT" || secType === "FOP") return "future";
  if (secType === "CRYPTO") return "every-day";
  return secType === "CASH" || secType === "CMDTY" ? "round-the-clock" : "session";
}

function codeOf({status}: Problem): VendorErrorCode {
  if (status === 403) return "not-entitled";
  if (status === 429) return "rate-limited";
  if (status === 502) return "changed-format";
  return status === 422 ? "refused" : "unavailable";
}
