"""Trades of backtesting.py and moving averages of pandas, for test/lib/backtest/event/backtesting-py.test.ts and sma.test.ts.

In a virtual environment outside the tree, from the root of the tree:

    pip install backtesting==0.6.6 pandas==3.1.1
    python test/reference/backtesting_py.py > test/reference/backtesting_py.json && npx oxfmt test/reference/backtesting_py.json

Bars are those of test/data/bars/walk.csv. The strategies and settings are those of bench/peers/backtesting_py.py, which runs
them on other bars, live.
"""

import json
import sys

import pandas as pd

sys.path.insert(0, "bench/peers")
from backtesting_py import backtesting, mean, run

frame = pd.read_csv("test/data/bars/walk.csv", parse_dates=["date"])
bars = {name: list(frame[name].astype(float)) for name in ("open", "high", "low", "close", "volume")}
bars["time"] = [stamp.value // 10**6 for stamp in frame["date"]]

EVERY = 25  # each so many bars the equity is kept, and that of the last
SETTINGS = [
    {"cash": 10_000, "commission": 0, "spread": 0},
    {"cash": 12_345.67, "commission": 0.0005, "spread": 0.001},
]
STRATEGIES = [
    ("sma-cross", {"fast": 5, "slow": 20}),
    ("sma-cross", {"fast": 2, "slow": 7}),
    ("buy-and-hold", {}),
    ("momentum", {"lookback": 10}),
    ("bracketed", {"stop": 0.02, "target": 0.03}),
    ("resting", {"every": 4, "distance": 0.006}),
]
runs = []
for setting in SETTINGS:
    for strategy, parameters in STRATEGIES:
        job = {"strategy": strategy, "parameters": parameters, **setting}
        result = run({**job, "bars": bars})
        trades = {name: [trade[name] for trade in result["trades"]] for name in result["trades"][0]}
        equity = result["equity"][::EVERY] + result["equity"][-1:]
        runs.append({**job, "trades": trades, "equity": equity, "exposure": result["exposure"]})

averages = {window: [None if v != v else v for v in mean(bars["close"], window)] for window in (2, 10, 50)}
versions = {"backtesting": backtesting.__version__, "pandas": pd.__version__}
print(json.dumps({"versions": versions, "runs": runs, "averages": averages}))
