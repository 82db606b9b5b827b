"""Metrics of backtests by backtesting.py, empyrical and QuantStats, for test/lib/backtest/metrics.

Bars are those of vega-datasets' sp500-2000.csv, which also stand in for hours and weeks by other times. A strategy that
follows two moving averages trades them in backtesting.py; its equity and trades are kept beside what the libraries make
of them. Only what a metric needs is printed.

In a virtual environment outside the tree, from the root of the tree:

    pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 empyrical-reloaded==0.7.1 quantstats==0.0.86 backtesting==0.6.6
    python test/reference/metrics.py > test/reference/metrics.json && npx oxfmt test/reference/metrics.json
"""

import json
import math
import warnings

import backtesting
import empyrical as ep
import numpy as np
import pandas as pd
import quantstats as qs
import scipy
from backtesting import Backtest, Strategy
from backtesting._util import _indicator_warmup_nbars
from backtesting.lib import crossover

warnings.filterwarnings("ignore")
backtesting.backtesting._tqdm = lambda iterable, **_: iterable

prices = pd.read_csv("node_modules/vega-datasets/data/sp500-2000.csv", parse_dates=["date"], index_col="date")
prices = prices[["open", "high", "low", "close", "volume"]].rename(columns=str.capitalize)


def average(values, n):
    return pd.Series(values).rolling(n).mean()


class Cross(Strategy):
    fast, slow = 5, 15

    def init(self):
        self.quick = self.I(average, self.data.Close, self.fast)
        self.slower = self.I(average, self.data.Close, self.slow)

    def next(self):
        if crossover(self.quick, self.slower):
            self.buy()
        elif crossover(self.slower, self.quick):
            self.sell()


def case(name, bars, fast, periods, risk_free):
    run = Backtest(bars, Cross, cash=100_000, commission=0.001, exclusive_orders=True, finalize_trades=True)
    stats = run.run(fast=fast)
    stats = backtesting.lib.compute_stats(stats=stats, data=bars, risk_free_rate=risk_free)
    equity, trades = stats["_equity_curve"]["Equity"], stats["_trades"]
    spacing = (bars.index[1:] - bars.index[:-1]).median().days
    sampled = equity.resample("D").last().dropna() if spacing < 5 else equity
    r = sampled.pct_change().dropna()
    b = bars["Close"].reindex(equity.index)
    b = (b.resample("D").last().dropna() if spacing < 5 else b).pct_change().dropna()
    free = (1 + risk_free) ** (1 / periods) - 1
    greeks = qs.stats.greeks(r, b, periods=periods)
    days = lambda value: value / pd.Timedelta(days=1)
    return {
        "name": name,
        "periodsPerYear": periods,
        "riskFree": risk_free,
        "time": [int(t.timestamp() * 1000) for t in bars.index],
        "warmUp": int(_indicator_warmup_nbars(stats["_strategy"])),
        "equity": equity.tolist(),
        "benchmark": bars["Close"].tolist(),
        "trades": [
            {
                "entryTime": int(t.EntryTime.timestamp() * 1000),
                "exitTime": int(t.ExitTime.timestamp() * 1000),
                "pnl": t.PnL,
                "returnPercent": 100 * t.ReturnPct,
            }
            for t in trades.itertuples()
        ],
        "backtesting.py": {
            "finalEquity": stats["Equity Final [$]"],
            "totalReturn": stats["Return [%]"] / 100,
            "annualReturn": stats["Return (Ann.) [%]"] / 100,
            "cagr": stats["CAGR [%]"] / 100,
            "volatility": stats["Volatility (Ann.) [%]"] / 100,
            "sharpe": stats["Sharpe Ratio"],
            "sortino": stats["Sortino Ratio"],
            "calmar": stats["Calmar Ratio"],
            "maxDrawdown": stats["Max. Drawdown [%]"] / 100,
            "averageDrawdown": stats["Avg. Drawdown [%]"] / 100,
            "maxDrawdownDays": days(stats["_equity_curve"]["DrawdownDuration"].max()),
            "averageDrawdownDays": days(stats["_equity_curve"]["DrawdownDuration"].mean()),
            "trades": int(stats["# Trades"]),
            "winRate": stats["Win Rate [%]"] / 100,
            "profitFactor": stats["Profit Factor"],
            "expectancy": stats["Expectancy [%]"] / 100,
            "sqn": stats["SQN"],
            "kelly": stats["Kelly Criterion"],
            "exposure": stats["Exposure Time [%]"] / 100,
            "alpha": stats["Alpha [%]"] / 100,
            "beta": stats["Beta"],
        },
        "empyrical": {
            "totalReturn": ep.cum_returns_final(r),
            "annualReturn": ep.annual_return(r, annualization=periods),
            "cagr": ep.cagr(r, annualization=periods),
            "volatility": ep.annual_volatility(r, annualization=periods),
            "sharpe": ep.sharpe_ratio(r, risk_free=free, annualization=periods),
            "sortino": ep.sortino_ratio(r, required_return=free, annualization=periods),
            "calmar": ep.calmar_ratio(r, annualization=periods),
            "omega": ep.omega_ratio(r, required_return=risk_free, annualization=periods),
            "maxDrawdown": ep.max_drawdown(r),
            "valueAtRisk": ep.value_at_risk(r),
            "conditionalValueAtRisk": ep.conditional_value_at_risk(r),
            "skewness": scipy.stats.skew(r),
            "excessKurtosis": scipy.stats.kurtosis(r),
            "tailRatio": ep.tail_ratio(r),
            "stability": ep.stability_of_timeseries(r),
            "alpha": ep.alpha(r, b, risk_free=free, annualization=periods),
            "beta": ep.beta(r, b, risk_free=free),
            **(
                {"upCapture": ep.up_capture(r, b), "downCapture": ep.down_capture(r, b)}
                if periods == 252  # others cannot be asked of it
                else {}
            ),
        },
        "quantstats": {
            "totalReturn": qs.stats.comp(r),
            "annualReturn": qs.stats.cagr(r, periods=periods),
            "cagr": qs.stats.cagr(r, periods=periods),
            "volatility": qs.stats.volatility(r, periods=periods),
            "sharpe": qs.stats.sharpe(r, rf=risk_free, periods=periods),
            "sortino": qs.stats.sortino(r, rf=risk_free, periods=periods),
            "calmar": qs.stats.calmar(r, periods=periods),
            "omega": qs.stats.omega(r, rf=risk_free, periods=periods),
            "maxDrawdown": qs.stats.max_drawdown(r),
            "valueAtRisk": qs.stats.value_at_risk(r),
            "conditionalValueAtRisk": qs.stats.conditional_value_at_risk(r),
            "skewness": qs.stats.skew(r),
            "excessKurtosis": qs.stats.kurtosis(r),
            "tailRatio": qs.stats.tail_ratio(r),
            # rf off the ratio alone, as ours: its own rf moves skewness and kurtosis by rounding only
            "probabilisticSharpe": qs.stats.probabilistic_sharpe_ratio(r, rf=risk_free, periods=periods),
            "winRate": qs.stats.win_rate(r),
            "profitFactor": qs.stats.profit_factor(r),
            "expectancy": qs.stats.expected_return(r),
            "kelly": qs.stats.kelly_criterion(r),
            "exposure": qs.stats.exposure(r),
            "alpha": greeks["alpha"],
            "beta": greeks["beta"],
        },
    }


def rows(start, count, times):
    bars = prices.iloc[start : start + count].copy()
    bars.index = times
    return bars


hours = pd.DatetimeIndex(
    [day + pd.Timedelta(hours=hour) for day in pd.bdate_range("2020-01-06", periods=40) for hour in range(10, 17)]
)
cases = [
    case("days", prices.iloc[2000:2300], 5, 252, 0.0),
    case("days, riskless 2 %", prices.iloc[3000:3200], 4, 252, 0.02),
    case("hours", rows(0, 280, hours), 5, 252, 0.0),
    case("weeks", rows(500, 220, pd.date_range("2010-01-01", periods=220, freq="7D")), 6, 52, 0.01),
    case("days with weekends", rows(900, 200, pd.date_range("2021-01-01", periods=200)), 5, 365, 0.0),
]


def finite(value):
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    if isinstance(value, str):
        return value
    return float(value) if isinstance(value, float) and math.isfinite(value) else (int(value) if value == value else None)


print(
    json.dumps(
        {
            "versions": {
                "numpy": np.__version__,
                "pandas": pd.__version__,
                "scipy": scipy.__version__,
                "empyrical-reloaded": ep.__version__,
                "quantstats": qs.__version__,
                "backtesting": backtesting.__version__,
            },
            "cases": finite(cases),
        }
    )
)
