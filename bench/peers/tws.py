"""ib_async against the TWS stand-in: connects, reads everything, trades, and tells what it saw as JSON.

Usage: tws.py [VERSION], run from the tree's root. It starts the stand-in itself (sim/tws/main.ts) and fails when
ib_async logs an error, reports one that was not asked for, or cannot decode a message.
"""

import importlib.metadata
import json
import logging
import subprocess
import sys

from ib_async import IB, Contract, ExecutionFilter, Forex, Future, LimitOrder, MarketOrder, Stock

VERSION = sys.argv[1] if len(sys.argv) > 1 else "176"
ACCOUNT = "DU7000001"
EXPECTED = {200, 202, 2104, 2106, 2158}


class Complaints(logging.Handler):
    """What ib_async logs at warning or above."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())


def start():
    command = ["node_modules/.bin/tsx", "sim/tws/main.ts", "--version", VERSION, "--every", "50"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())["port"]


def trade(ib, stock):
    """A market order to its fill, a limit order to its cancel, a bracket left at work, a what-if."""
    bought = ib.placeOrder(stock, MarketOrder("BUY", 10, account=ACCOUNT, orderRef="app:peer-1"))
    ib.sleep(0.5)
    resting = ib.placeOrder(stock, LimitOrder("BUY", 5, 100, account=ACCOUNT, orderRef="app:peer-2"))
    ib.sleep(0.3)
    resting.order.lmtPrice = 101
    ib.placeOrder(stock, resting.order)
    ib.sleep(0.3)
    ib.cancelOrder(resting.order)
    ib.sleep(0.3)
    bracket = ib.bracketOrder("BUY", 10, 100, 200, 90, account=ACCOUNT)
    for order in bracket:
        ib.placeOrder(stock, order)
    ib.sleep(0.3)
    preview = ib.whatIfOrder(stock, MarketOrder("BUY", 100, account=ACCOUNT))
    return bought, resting, preview


def main():
    complaints = Complaints()
    logging.getLogger("ib_async").addHandler(complaints)
    logging.getLogger("ib_async").propagate = False
    process, port = start()
    ib, errors = IB(), []
    ib.errorEvent += lambda reqId, code, text, contract: errors.append([reqId, code, text])
    try:
        ib.connect("127.0.0.1", port, clientId=7, timeout=10, account=ACCOUNT)
        stock = Stock("LKMQ", "SMART", "USD")
        london = Stock("RVGQ", "SMART", "GBP")
        ib.qualifyContracts(stock, london)
        details = ib.reqContractDetails(london)[0]
        futures = ib.reqContractDetails(Future("DMQ"))
        unknown = ib.reqContractDetails(Contract(symbol="NOSUCH", secType="STK"))
        daily = ib.reqHistoricalData(stock, "", "30 D", "1 day", "TRADES", True)
        minutes = ib.reqHistoricalData(london, "20261120 16:00:00 US/Eastern", "1 D", "5 mins", "TRADES", True)
        euro = ib.reqHistoricalData(Forex("EURUSD"), "", "30 S", "5 secs", "MIDPOINT", False)
        growing = ib.reqHistoricalData(stock, "", "2 D", "1 day", "TRADES", True, keepUpToDate=True)
        ticker = ib.reqMktData(london)
        (snapshot,) = ib.reqTickers(stock)
        chain = ib.reqSecDefOptParams("LKMQ", "", "STK", stock.conId)
        call = Contract(secType="OPT", symbol="LKMQ", exchange="SMART", currency="USD", strike=145, right="C")
        call.lastTradeDateOrContractMonth = chain[0].expirations[0]
        ib.qualifyContracts(call)
        option = ib.reqMktData(call)
        live = ib.reqRealTimeBars(stock, 5, "TRADES", True)
        profit = ib.reqPnL(ACCOUNT)
        single = ib.reqPnLSingle(ACCOUNT, "", stock.conId)
        summary = ib.accountSummary(ACCOUNT)
        samples = ib.reqMatchingSymbols("Larkmoor")
        rule = ib.reqMarketRule(26)
        head = ib.reqHeadTimeStamp(stock, "TRADES", True, 1)
        now = ib.reqCurrentTime()
        bought, resting, preview = trade(ib, stock)
        ib.reqGlobalCancel()
        ib.sleep(5.5)
        report = {
            "ib_async": importlib.metadata.version("ib_async"),
            "serverVersion": ib.client.serverVersion(),
            "accounts": ib.managedAccounts(),
            "positions": [[p.contract.localSymbol, p.position, p.avgCost] for p in ib.positions(ACCOUNT)],
            "portfolio": len(ib.portfolio(ACCOUNT)),
            "accountValues": len(ib.accountValues(ACCOUNT)),
            "summary": {v.tag: v.value for v in summary if v.tag in ("NetLiquidation", "BuyingPower", "Cushion")},
            "details": [details.contract.localSymbol, details.minTick, details.priceMagnifier, details.longName],
            "futures": [[d.contract.localSymbol, d.lastTradeTime, d.timeZoneId] for d in futures],
            "unknown": len(unknown),
            "daily": [len(daily), str(daily[0].date), str(daily[-1].date), daily[-1].close],
            "minutes": [len(minutes), str(minutes[0].date), minutes[-1].close],
            "euro": len(euro),
            "growing": [len(growing), growing[-1].close],
            "quote": [ticker.bid, ticker.ask, ticker.last, ticker.bidSize, ticker.close, ticker.marketDataType],
            "snapshot": [snapshot.bid, snapshot.ask],
            "chain": [[c.exchange, c.multiplier, len(c.expirations), len(c.strikes)] for c in chain],
            "greeks": [round(option.modelGreeks.delta, 4), round(option.modelGreeks.theta, 4)],
            "realTimeBars": len(live),
            "profit": [profit.dailyPnL, profit.unrealizedPnL, single.position, single.value],
            "samples": [d.contract.symbol for d in samples],
            "rule": [[r.lowEdge, r.increment] for r in rule],
            "head": str(head),
            "clock": now is not None,
            "bought": [bought.orderStatus.status, bought.orderStatus.filled, bought.orderStatus.avgFillPrice],
            "commission": [f.commissionReport.commission for f in bought.fills],
            "resting": [resting.orderStatus.status, [entry.status for entry in resting.log]],
            "preview": [preview.initMarginChange, preview.maintMarginChange, preview.commission],
            "open": len(ib.reqAllOpenOrders()),
            "executions": [[f.execution.side, f.execution.shares, f.execution.orderRef] for f in ib.reqExecutions()],
            "filtered": len(ib.reqExecutions(ExecutionFilter(side="SELL"))),
            "completed": [
                [t.order.action, t.order.orderRef, t.orderStatus.status, t.order.filledQuantity]
                for t in ib.reqCompletedOrders(False)
            ],
        }
    finally:
        ib.disconnect()
        process.stdin.close()
        process.wait(10)
    unasked = [error for error in errors if error[1] not in EXPECTED]
    logged = [text for text in complaints.texts if not any(f" {code}," in text for code in EXPECTED)]
    report |= {"errors": unasked, "logged": logged}
    print(json.dumps(report, indent=1))
    sys.exit(1 if unasked or logged else 0)


main()
