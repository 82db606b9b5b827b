"""Figures of the S&P 500 by numpy, pandas, empyrical and QuantStats, for test/lib/returns and test/lib/risk.

The series is vega-datasets' sp500-2000.csv: a price index (no dividends) that ends 2020-04-17.
The "portfolio" of the comparison is the middle of each day's high and low, so that both sides are real.

In a virtual environment outside the tree, from the root of the tree:

    pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 empyrical-reloaded==0.7.1 quantstats==0.0.86
    python test/reference/sp500.py > test/reference/sp500.json && npx oxfmt test/reference/sp500.json
"""

import json
import warnings

import empyrical as ep
import numpy as np
import pandas as pd
import quantstats as qs
import scipy

warnings.filterwarnings("ignore")
prices = pd.read_csv("node_modules/vega-datasets/data/sp500-2000.csv", parse_dates=["date"], index_col="date")
close = prices["close"]
middle = ((prices["high"] + prices["low"]) / 2).rename("middle")
r = close.pct_change().dropna()
p = middle.pct_change().dropna()
days = (close.index[-1] - close.index[0]).days

# Dates that only one of the two has: the benchmark misses each date whose day is divisible by 7.
gappy = close[close.index.day % 7 != 0]
joined = pd.concat([middle, gappy], axis=1, join="inner")
jp, jb = (joined[name].pct_change().dropna() for name in ["middle", "close"])

spells = qs.stats.drawdown_details(qs.stats.to_drawdown_series(r)).sort_values("max drawdown").head(5)
month_ends = close.resample("ME").last()
year_ends = close.resample("YE").last()


def comparison(portfolio, benchmark):
    return {
        "beta": ep.beta(portfolio, benchmark),
        "alpha": ep.alpha(portfolio, benchmark, risk_free=0.0001),
        "correlation": np.corrcoef(portfolio, benchmark)[0, 1],
        "trackingError": (portfolio - benchmark).std(ddof=1) * np.sqrt(252),
        "informationRatio": (portfolio - benchmark).mean() / (portfolio - benchmark).std(ddof=1) * np.sqrt(252),
        "upCapture": ep.up_capture(portfolio, benchmark),
        "downCapture": ep.down_capture(portfolio, benchmark),
        "excessReturn": ep.cum_returns_final(portfolio) - ep.cum_returns_final(benchmark),
    }


print(
    json.dumps(
        {
            "versions": {
                "numpy": np.__version__,
                "pandas": pd.__version__,
                "scipy": scipy.__version__,
                "empyrical-reloaded": ep.__version__,
                "quantstats": qs.__version__,
            },
            "n": len(r),
            "days": days,
            "total": ep.cum_returns_final(r),
            "annual": (close.iloc[-1] / close.iloc[0]) ** (365.25 / days) - 1,
            "volatility": ep.annual_volatility(r),
            "sharpe": ep.sharpe_ratio(r),
            "sharpeRiskFree": ep.sharpe_ratio(r, risk_free=0.0001),
            "sortino": ep.sortino_ratio(r),
            "sortinoTarget": ep.sortino_ratio(r, required_return=0.0002),
            "maxDrawdown": ep.max_drawdown(r),
            "winRate": float((r > 0).mean()),
            "profitFactor": qs.stats.profit_factor(r),
            "drawdowns": [
                [round(depth / 100, 6), str(valley)[:10], str(end)[:10]]
                for depth, valley, end in zip(spells["max drawdown"], spells["valley"], spells["end"])
            ],
            "months": {str(k)[:7]: v for k, v in month_ends.pct_change().dropna().loc["2008"].items()},
            "years": {str(k)[:4]: v for k, v in year_ends.pct_change().dropna().items()},
            "rollingVolatility": (r.rolling(63).std(ddof=1) * np.sqrt(252)).iloc[[61, 62, 1000, -1]].fillna(-1).tolist(),
            "comparison": comparison(p, r),
            "gappy": {"n": len(jp), **comparison(jp, jb)},
        },
        indent=1,
    )
)
