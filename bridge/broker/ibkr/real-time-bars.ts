import {EventName} from "@stoqey/ib";
import {dayOf} from "../../../lib/time/day.js";
import {dayInZone} from "../../../lib/time/zone.js";
import type {ContractFacts} from "../broker.js";
import {type BrokerBar, isRegular, shownOf} from "./bars.js";
import {inCurrency, told} from "./number.js";
import {onStreams} from "./on-streams.js";
import type {Wire} from "./wire.js";

/** The only length that TWS has. */
export const REAL_TIME_MS = 5000;

/**
 * Hears of each five seconds of a contract once they are over, again after each connection and when TWS lost the stream.
 * What passed meanwhile is not told. A refusal is told in words.
 * @returns what ends it
 */
export function realTimeBars(
  wire: Wire,
  facts: ContractFacts,
  hear: (bar: BrokerBar) => void,
  hearProblem: (sentence: string) => void
): () => void {
  const {contract, label, priceMagnifier, timeZone} = facts;
  let id = -1;
  let offError = (): void => undefined;
  const offs = [
    wire.on(EventName.realtimeBar, (reqId: number, seconds: number, ...values: (number | undefined)[]) => {
      if (reqId !== id) return;
      const [open, high, low, close] = values.slice(0, 4).map((value) => told(value));
      const [volume, vwap, trades] = values.slice(4, 7).map((value) => told(value));
      if (open === null || high === null || low === null || close === null) return;
      const from = seconds * 1000;
      const isTraded = volume !== null && volume >= 0;
      hear({
        day: dayOf(dayInZone(from, timeZone ?? "UTC")),
        from,
        open: inCurrency(open, priceMagnifier),
        high: inCurrency(high, priceMagnifier),
        low: inCurrency(low, priceMagnifier),
        close: inCurrency(close, priceMagnifier),
        volume: isTraded ? volume : null,
        vwap: isTraded && vwap ? inCurrency(vwap, priceMagnifier) : null,
        trades: trades !== null && trades >= 0 ? trades : null
      });
    }),
    onStreams(wire, () => {
      offError();
      id = wire.takeRequestId();
      const mine = id;
      offError = wire.onRequestError(mine, (code, message) =>
        hearProblem(`TWS gives no bars of ${label}: ${message} (${code})`)
      );
      const {conId, exchange} = contract;
      void wire.send("request", (api) => {
        if (id === mine) api.reqRealTimeBars(mine, {conId, exchange}, 5, shownOf(facts), isRegular(facts));
      });
    })
  ];
  return () => {
    for (const off of [...offs, offError]) off();
    const last = id;
    id = -1;
    if (last >= 0) void wire.send("request", (api) => api.cancelRealTimeBars(last));
  };
}
