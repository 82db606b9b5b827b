"""Runs strategies in backtesting.py: jobs as JSON on stdin, their trades and equity as JSON on stdout.

In a virtual environment outside the tree: pip install backtesting==0.6.6

A job is {"bars": {"time": [ms], "open": [], "high": [], "low": [], "close": [], "volume": []}, "strategy": NAME,
"parameters": {}, "cash": 10000, "commission": 0, "spread": 0}; runs have exclusive_orders and finalize_trades.
"""

import json
import sys
import warnings

import backtesting
import pandas as pd
from backtesting import Backtest, Strategy
from backtesting.lib import crossover

warnings.simplefilter("ignore")
backtesting.backtesting._tqdm = lambda values, **_: values


def mean(values, window):
    return pd.Series(values).rolling(window).mean()


class SmaCross(Strategy):
    fast = slow = 1

    def init(self):
        self.quick = self.I(mean, self.data.Close, self.fast)
        self.lazy = self.I(mean, self.data.Close, self.slow)

    def next(self):
        if crossover(self.quick, self.lazy):
            self.buy()
        elif crossover(self.lazy, self.quick):
            self.sell()


class BuyAndHold(Strategy):
    def init(self):
        pass

    def next(self):
        if not self.position:
            self.buy()


class Momentum(Strategy):
    lookback = 1

    def init(self):
        pass

    def next(self):
        if len(self.data) > self.lookback and self.data.Close[-1] > self.data.Close[-1 - self.lookback]:
            if not self.position:
                self.buy()
        elif self.position:
            self.position.close()


class Bracketed(Strategy):
    """Long with a stop and a target after a rise, short after a fall, whenever nothing is held."""

    stop = target = 0.01

    def init(self):
        pass

    def next(self):
        if self.position or len(self.data) < 2:
            return
        close = self.data.Close[-1]
        if close > self.data.Close[-2]:
            self.buy(sl=close * (1 - self.stop), tp=close * (1 + self.target))
        elif close < self.data.Close[-2]:
            self.sell(sl=close * (1 + self.stop), tp=close * (1 - self.target))


class Resting(Strategy):
    """Every so many bars a limit below to buy or a stop below to sell ten units, in turn."""

    every = 5
    distance = 0.01

    def init(self):
        pass

    def next(self):
        bar = len(self.data) - 1
        price = self.data.Close[-1] * (1 - self.distance)
        if bar % (2 * self.every) == 0:
            self.buy(size=10, limit=price)
        elif bar % self.every == 0:
            self.sell(size=10, stop=price)


STRATEGIES = {
    "sma-cross": SmaCross,
    "buy-and-hold": BuyAndHold,
    "momentum": Momentum,
    "bracketed": Bracketed,
    "resting": Resting,
}


def run(job):
    bars = {name.capitalize(): values for name, values in job["bars"].items() if name != "time"}
    frame = pd.DataFrame(bars, index=pd.to_datetime(job["bars"]["time"], unit="ms"))
    test = Backtest(
        frame,
        STRATEGIES[job["strategy"]],
        cash=job["cash"],
        commission=job["commission"],
        spread=job["spread"],
        exclusive_orders=True,
        finalize_trades=True,
    )
    stats = test.run(**job["parameters"])
    milliseconds = [value.value // 10**6 for value in frame.index]
    trades = [
        {
            "side": "long" if trade.Size > 0 else "short",
            "entryTime": milliseconds[trade.EntryBar],
            "entryPrice": trade.EntryPrice,
            "exitTime": milliseconds[trade.ExitBar],
            "exitPrice": trade.ExitPrice,
            "size": abs(trade.Size),
            "pnl": trade.PnL,
            "returnPercent": 100 * trade.ReturnPct,
            "commission": trade.Commission,
        }
        for trade in stats._trades.itertuples()
    ]
    return {
        "trades": trades,
        "equity": list(stats._equity_curve.Equity),
        "exposure": stats["Exposure Time [%]"] / 100,
        "maxDrawdown": stats["Max. Drawdown [%]"] / 100,
    }


if __name__ == "__main__":
    jobs = json.load(sys.stdin)
    versions = {"backtesting": backtesting.__version__, "pandas": pd.__version__}
    json.dump({"versions": versions, "results": [run(job) for job in jobs]}, sys.stdout)
