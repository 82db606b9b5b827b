"""Runs a crossover of two averages through an event engine, as often as it is asked to: event_engine.py NAME

In a virtual environment outside the tree: pip install backtesting backtrader nautilus_trader

The first line on stdin is {"bars": {"time": [ms], "open": [], ...}, "fast": 10, "slow": 30, "cash": 1000000}; each further
line asks for a run, and is answered by a line {"version", "seconds", "fills"}, or {"missing"} where there is no such engine.
Only the run is timed, with the bars in the form that the engine wants; strategies decide bar by bar in its callbacks.
"""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")


EPOCH = 946_684_800_000  # walks begin with 1970, which not every engine takes


def frame(bars):
    import pandas as pd

    names = {"open": "Open", "high": "High", "low": "Low", "close": "Close", "volume": "Volume"}
    index = pd.to_datetime(bars["time"], unit="ms")
    return pd.DataFrame({names[key]: bars[key] for key in names}, index=index)


def backtesting_py(job):
    import backtesting
    import pandas as pd
    from backtesting.lib import crossover

    backtesting.backtesting._tqdm = lambda values, **_: values

    class Cross(backtesting.Strategy):
        def init(self):
            mean = lambda values, window: pd.Series(values).rolling(window).mean()
            self.quick = self.I(mean, self.data.Close, job["fast"])
            self.lazy = self.I(mean, self.data.Close, job["slow"])

        def next(self):
            if crossover(self.quick, self.lazy):
                self.buy()
            elif crossover(self.lazy, self.quick):
                self.sell()

    bars = frame(job["bars"])

    def once():
        test = backtesting.Backtest(bars, Cross, cash=job["cash"], exclusive_orders=True, finalize_trades=True)
        begun = time.perf_counter()
        stats = test.run()
        return time.perf_counter() - begun, 2 * len(stats._trades)

    return backtesting.__version__, once


def backtrader(job):
    import backtrader as bt

    class Cross(bt.Strategy):
        def __init__(self):
            quick, lazy = bt.ind.SMA(period=job["fast"]), bt.ind.SMA(period=job["slow"])
            self.cross = bt.ind.CrossOver(quick, lazy)
            self.fills = 0

        def notify_order(self, order):
            self.fills += order.status == order.Completed

        def next(self):
            if self.cross[0]:
                self.order_target_percent(target=0.99 if self.cross[0] > 0 else -0.99)

    bars = frame(job["bars"])

    def once():
        cerebro = bt.Cerebro(stdstats=False)
        cerebro.adddata(bt.feeds.PandasData(dataname=bars))
        cerebro.addstrategy(Cross)
        cerebro.broker.setcash(job["cash"])
        begun = time.perf_counter()
        (done,) = cerebro.run()
        return time.perf_counter() - begun, done.fills

    return bt.__version__, once


def nautilus(job):
    from decimal import Decimal

    import nautilus_trader
    from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
    from nautilus_trader.config import LoggingConfig, StrategyConfig
    from nautilus_trader.indicators import SimpleMovingAverage
    from nautilus_trader.model.currencies import USD
    from nautilus_trader.model.data import Bar, BarType
    from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
    from nautilus_trader.model.identifiers import Venue
    from nautilus_trader.model.objects import Money, Price, Quantity
    from nautilus_trader.test_kit.providers import TestInstrumentProvider
    from nautilus_trader.trading.strategy import Strategy

    instrument = TestInstrumentProvider.equity(symbol="WALK", venue="XNAS")
    bar_type = BarType.from_str(f"{instrument.id}-1-DAY-LAST-EXTERNAL")
    columns = job["bars"]
    price = lambda value: Price(value, 2)
    bars = [
        Bar(bar_type, *map(price, values), Quantity.from_int(int(volume)), *[(int(at) + EPOCH) * 1_000_000] * 2)
        for at, volume, *values in zip(*(columns[name] for name in ("time", "volume", "open", "high", "low", "close")))
    ]

    class Config(StrategyConfig, frozen=True):
        pass

    class Cross(Strategy):
        def __init__(self):
            super().__init__(Config())
            self.quick, self.lazy = SimpleMovingAverage(job["fast"]), SimpleMovingAverage(job["slow"])
            self.before, self.held, self.fills = 0.0, 0, 0

        def on_start(self):
            self.subscribe_bars(bar_type)

        def on_order_filled(self, event):
            self.fills += 1

        def on_bar(self, bar):
            close = bar.close.as_double()
            self.quick.update_raw(close)
            self.lazy.update_raw(close)
            if not self.lazy.initialized:
                return
            difference = self.quick.value - self.lazy.value
            if difference * self.before < 0:
                equity = float(self.portfolio.account(instrument.venue).balance_total(USD))
                units = max(int(0.5 * equity / close), 1)
                wanted = units if difference > 0 else -units
                change = wanted - self.held
                side = OrderSide.BUY if change > 0 else OrderSide.SELL
                self.submit_order(self.order_factory.market(instrument.id, side, Quantity.from_int(abs(change))))
                self.held = wanted
            self.before = difference

    def once():
        engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True)))
        engine.add_venue(
            venue=Venue("XNAS"),
            oms_type=OmsType.NETTING,
            account_type=AccountType.MARGIN,
            base_currency=USD,
            starting_balances=[Money(job["cash"], USD)],
            default_leverage=Decimal(10),
        )
        engine.add_instrument(instrument)
        engine.add_data(bars)
        strategy = Cross()
        engine.add_strategy(strategy)
        begun = time.perf_counter()
        engine.run()
        seconds = time.perf_counter() - begun
        fills = strategy.fills
        engine.dispose()
        return seconds, fills

    return nautilus_trader.__version__, once


ENGINES = {"backtesting.py": backtesting_py, "backtrader": backtrader, "NautilusTrader": nautilus}


def main():
    job = json.loads(sys.stdin.readline())
    try:
        version, once = ENGINES[sys.argv[1]](job)
    except ImportError as missing:
        return print(json.dumps({"missing": str(missing)}), flush=True)
    for _ in sys.stdin:
        seconds, fills = once()
        print(json.dumps({"version": str(version), "seconds": seconds, "fills": int(fills)}), flush=True)


main()
