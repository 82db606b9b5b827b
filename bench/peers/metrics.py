"""Metrics of the backtests given on stdin by empyrical, QuantStats and backtesting.py; prints JSON.

A record has time (ms), equity, benchmark, trades (entryBar, exitBar, pnl, returnPercent), periodsPerYear and riskFree.
"""

import json
import math
import sys
import warnings

import backtesting
import empyrical as ep
import numpy as np
import pandas as pd
import quantstats as qs
from backtesting._stats import compute_stats

warnings.filterwarnings("ignore")
DAY = pd.Timedelta(days=1)


def of_backtesting(record, index, equity, closes, trades):
    bars = pd.DataFrame({name: closes.values for name in ["Open", "High", "Low", "Close"]}, index=index)
    frame = pd.DataFrame(
        {
            "EntryBar": [t["entryBar"] for t in trades],
            "ExitBar": [t["exitBar"] for t in trades],
            "PnL": [t["pnl"] for t in trades],
            "ReturnPct": [t["returnPercent"] / 100 for t in trades],
        }
    )
    frame["Duration"] = index[frame["ExitBar"]] - index[frame["EntryBar"]]
    stats = compute_stats(frame, equity.values, bars, None, risk_free_rate=record["riskFree"])
    spells = stats["_equity_curve"]["DrawdownDuration"]
    return {
        "totalReturn": stats["Return [%]"] / 100,
        "annualReturn": stats["Return (Ann.) [%]"] / 100,
        "cagr": stats["CAGR [%]"] / 100,
        "volatility": stats["Volatility (Ann.) [%]"] / 100,
        "sharpe": stats["Sharpe Ratio"],
        "sortino": stats["Sortino Ratio"],
        "calmar": stats["Calmar Ratio"],
        "maxDrawdown": stats["Max. Drawdown [%]"] / 100,
        "averageDrawdown": stats["Avg. Drawdown [%]"] / 100,
        "maxDrawdownDays": spells.max() / DAY,
        "averageDrawdownDays": spells.mean() / DAY,
        "winRate": stats["Win Rate [%]"] / 100,
        "profitFactor": stats["Profit Factor"],
        "expectancy": stats["Expectancy [%]"] / 100,
        "sqn": stats["SQN"],
        "kelly": stats["Kelly Criterion"],
        "exposure": stats["Exposure Time [%]"] / 100,
        "alpha": stats["Alpha [%]"] / 100,
        "beta": stats["Beta"],
    }


def of_empyrical(r, b, periods, risk_free):
    free = (1 + risk_free) ** (1 / periods) - 1
    return {
        "totalReturn": ep.cum_returns_final(r),
        "annualReturn": ep.annual_return(r, annualization=periods),
        "volatility": ep.annual_volatility(r, annualization=periods),
        "sharpe": ep.sharpe_ratio(r, risk_free=free, annualization=periods),
        "sortino": ep.sortino_ratio(r, required_return=free, annualization=periods),
        "calmar": ep.calmar_ratio(r, annualization=periods),
        "omega": ep.omega_ratio(r, required_return=risk_free, annualization=periods),
        "maxDrawdown": ep.max_drawdown(r),
        "valueAtRisk": ep.value_at_risk(r),
        "conditionalValueAtRisk": ep.conditional_value_at_risk(r),
        "tailRatio": ep.tail_ratio(r),
        "stability": ep.stability_of_timeseries(r),
        "alpha": ep.alpha(r, b, risk_free=free, annualization=periods),
        "beta": ep.beta(r, b),
        **({"upCapture": ep.up_capture(r, b), "downCapture": ep.down_capture(r, b)} if periods == 252 else {}),
    }


def of_quantstats(r, b, periods, risk_free):
    greeks = qs.stats.greeks(r, b, periods=periods)
    return {
        "cagr": qs.stats.cagr(r, periods=periods),
        "volatility": qs.stats.volatility(r, periods=periods),
        "sharpe": qs.stats.sharpe(r, rf=risk_free, periods=periods),
        "sortino": qs.stats.sortino(r, rf=risk_free, periods=periods),
        # it divides by a drawdown of zero
        **({"calmar": qs.stats.calmar(r, periods=periods)} if qs.stats.max_drawdown(r) < 0 else {}),
        "omega": qs.stats.omega(r, rf=risk_free, periods=periods),
        "maxDrawdown": qs.stats.max_drawdown(r),
        "valueAtRisk": qs.stats.value_at_risk(r),
        "conditionalValueAtRisk": qs.stats.conditional_value_at_risk(r),
        "skewness": qs.stats.skew(r),
        "excessKurtosis": qs.stats.kurtosis(r),
        "probabilisticSharpe": qs.stats.probabilistic_sharpe_ratio(r, rf=risk_free, periods=periods),
        "winRate": qs.stats.win_rate(r),
        "profitFactor": qs.stats.profit_factor(r),
        "kelly": qs.stats.kelly_criterion(r),
        "exposure": qs.stats.exposure(r),
        "alpha": greeks["alpha"],
        "beta": greeks["beta"],
    }


def finite(values):
    return {key: float(value) for key, value in values.items() if value is not None and math.isfinite(value)}


results = []
for record in json.load(sys.stdin):
    index = pd.DatetimeIndex(pd.to_datetime(record["time"], unit="ms"))
    equity = pd.Series(record["equity"], index=index)
    closes = pd.Series(record["benchmark"], index=index)
    daily = (index[1:] - index[:-1]).median() < 5 * DAY
    r, b = ((s.resample("D").last().dropna() if daily else s).pct_change().dropna() for s in [equity, closes])
    periods, risk_free = record["periodsPerYear"], record["riskFree"]
    results.append(
        {
            "backtesting.py": finite(of_backtesting(record, index, equity, closes, record["trades"])),
            "empyrical": finite(of_empyrical(r, b, periods, risk_free)),
            "quantstats": finite(of_quantstats(r, b, periods, risk_free)),
        }
    )

versions = {
    "numpy": np.__version__,
    "pandas": pd.__version__,
    "empyrical-reloaded": ep.__version__,
    "quantstats": qs.__version__,
    "backtesting": backtesting.__version__,
}
print(json.dumps({"versions": versions, "results": results}))
