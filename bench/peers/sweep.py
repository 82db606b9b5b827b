"""Sweeps a rule over its parameters, as often as it is asked to: sweep.py NAME

In a virtual environment outside the tree: pip install numba numpy vectorbt threadpoolctl

NAME is table (numba: averages once, one loop over the bars a pair), rolling (numba: averages inside that loop), runs (numba:
our own algorithm: bits, crossings, sums before each bar, table of ranges) or vectorbt: a long/flat crossover of two averages.
NAME exits (numba) is a breakout, long and short, with a trailing stop: a channel a lookback, then one loop over the bars a
pair; where a bar does not say whether the stop was met, it was. The first line on stdin is
{"open": [], "close": [], "fast": [], "slow": [], "cost": 0.0005}, of exits {"open": [], "high": [], "low": [], "close": [],
"lookback": [], "trail": [], "cost": 0.0005}; each further line asks for a run of all pairs, answered by
{"version", "seconds", "totalReturn", "maxDrawdown", "ratio", "trades"}, means over the pairs, or {"missing"}.
Decided at a close, filled at the next open, cost taken off each fill; closed at the last close. One thread.
"""

import json
import os
import sys
import time

for name in ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np


def numba_kernels():
    from numba import njit

    @njit
    def average(close, window):
        out = np.full(close.size, np.nan)
        total = 0.0
        for t in range(close.size):
            total += close[t]
            if t >= window:
                total -= close[t - window]
            if t >= window - 1:
                out[t] = total / window
        return out

    @njit
    def write(out, p, cash, total, square, n, least, trades):
        spread = square - total * total / n
        out[0, p] = cash - 1
        out[1, p] = total / n / np.sqrt(spread / (n - 1)) if spread > 0 else np.nan
        out[2, p] = least - 1
        out[3, p] = trades

    @njit
    def fused(open_, close, quick, calm, start, cost, out, p):
        n = close.size
        buy, sell = 1 + cost, 1 - cost
        cash, units, value, peak, least, total, square = 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0
        held, want, trades = False, False, 0
        before = quick[start - 1] - calm[start - 1]
        for t in range(start, n):
            if want != held:
                if held:
                    cash = units * open_[t] * sell
                    trades += 1
                else:
                    units = cash / (open_[t] * buy)
                now = units * close[t] if want else cash
                if t == n - 1 and want:
                    now = units * close[t] * sell
                    cash = now
                    trades += 1
                held = want
            elif held:
                now = units * close[t]
                if t == n - 1:
                    now *= sell
                    cash = now
                    trades += 1
            else:
                now = value
            if now != value:
                r = now / value - 1
                total += r
                square += r * r
                if now > peak:
                    peak = now
                elif now < least * peak:
                    least = now / peak
                value = now
            difference = quick[t] - calm[t]
            if difference > 0 and before < 0:
                want = True
            elif difference < 0 and before > 0:
                want = False
            before = difference
        write(out, p, value, total, square, n - 1, least, trades)

    @njit
    def table(open_, close, fast, slow, cost, out):
        quick = [average(close, w) for w in fast]
        calm = [average(close, w) for w in slow]
        p = 0
        for s in range(slow.size):
            for f in range(fast.size):
                fused(open_, close, quick[f], calm[s], slow[s], cost, out, p)
                p += 1

    @njit
    def rolling(open_, close, fast, slow, cost, out):
        n = close.size
        buy, sell = 1 + cost, 1 - cost
        p = 0
        for s in slow:
            for f in fast:
                cash, units, value, peak, least, total, square = 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0
                held, want, trades, before = False, False, 0, 0.0
                of_fast, of_slow = 0.0, 0.0
                for t in range(s):
                    of_slow += close[t]
                    if t >= s - f:
                        of_fast += close[t]
                before = of_fast / f - of_slow / s
                for t in range(s, n):
                    if want != held:
                        if held:
                            cash = units * open_[t] * sell
                            trades += 1
                        else:
                            units = cash / (open_[t] * buy)
                        now = units * close[t] if want else cash
                        if t == n - 1 and want:
                            now = units * close[t] * sell
                            trades += 1
                        held = want
                    elif held:
                        now = units * close[t]
                        if t == n - 1:
                            now *= sell
                            trades += 1
                    else:
                        now = value
                    if now != value:
                        r = now / value - 1
                        total += r
                        square += r * r
                        if now > peak:
                            peak = now
                        elif now < least * peak:
                            least = now / peak
                        value = now
                    of_fast += close[t] - close[t - f]
                    of_slow += close[t] - close[t - s]
                    difference = of_fast / f - of_slow / s
                    if difference > 0 and before < 0:
                        want = True
                    elif difference < 0 and before > 0:
                        want = False
                    before = difference
                write(out, p, value, total, square, n - 1, least, trades)
                p += 1

    @njit
    def ranges(close):
        n = close.size
        levels = 1
        while (1 << levels) < n:
            levels += 1
        made = np.empty((levels, n, 3))
        for level in range(levels):
            half = 1 << level
            for mid in range(half, n, 2 * half):
                high, low, worst = close[mid - 1], close[mid - 1], 1.0
                for i in range(mid - 1, mid - half - 1, -1):
                    c = close[i]
                    worst = min(worst, low / c)
                    high, low = max(high, c), min(low, c)
                    made[level, i] = (high, low, worst)
                high, low, worst = close[mid], close[mid], 1.0
                for i in range(mid, min(mid + half, n)):
                    c = close[i]
                    worst = min(worst, c / high)
                    high, low = max(high, c), min(low, c)
                    made[level, i] = (high, low, worst)
        return made

    @njit
    def runs(open_, close, fast, slow, cost, out):
        n = close.size
        buy, sell = open_ * (1 + cost), open_ * (1 - cost)
        quick = [average(close, w) for w in fast]
        calm = [average(close, w) for w in slow]
        made = ranges(close)
        sums, squares = np.zeros(n), np.zeros(n)
        for t in range(1, n):
            r = close[t] / close[t - 1] - 1
            sums[t] = sums[t - 1] + r
            squares[t] = squares[t - 1] + r * r
        above = np.zeros(n + 8, np.uint8)
        turn = np.zeros((n + 15) // 8 * 8, np.uint8)
        eights = turn.view(np.uint64)
        p = 0
        for s in range(slow.size):
            b = calm[s]
            first = slow[s]
            for f in range(fast.size):
                a = quick[f]
                for t in range(first - 1, n):
                    above[t] = a[t] > b[t]
                turn[:first] = 0
                for t in range(first, n):
                    turn[t] = above[t] ^ above[t - 1]
                cash, units, value, peak, least, total, square = 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0
                held, entry, trades = False, 0, 0
                for k in range(first // 8, eights.size):
                    if eights[k] == 0:
                        continue
                    for i in range(8 * k, min(8 * k + 8, n - 1)):
                        if turn[i] == 0 or (above[i] == 1) == held:
                            continue
                        x = i + 1
                        if held:
                            if entry == i:
                                high, low, worst = close[i], close[i], 1.0
                            else:
                                level, rest = 0, (entry ^ i) >> 1
                                while rest:
                                    level += 1
                                    rest >>= 1
                                u, v = made[level, entry], made[level, i]
                                high, low = max(u[0], v[0]), min(u[1], v[1])
                                worst = min(min(u[2], v[2]), v[1] / u[0])
                            least = min(min(least, worst), units * low / peak)
                            peak = max(peak, units * high)
                            total += sums[i] - sums[entry]
                            square += squares[i] - squares[entry]
                            value = units * close[i]
                            cash = units * sell[x]
                            now = cash
                            trades += 1
                            if now > peak:
                                peak = now
                            elif now < least * peak:
                                least = now / peak
                            held = False
                        else:
                            units = cash / buy[x]
                            now = units * close[x]
                            entry = x
                            held = True
                            if x == n - 1:
                                break
                        r = now / value - 1
                        total += r
                        square += r * r
                        value = now
                if held:
                    last = n - 1
                    if entry < last:
                        i = last - 1
                        high, low, worst = close[entry], close[entry], 1.0
                        for t in range(entry + 1, last):
                            worst = min(worst, close[t] / high)
                            high, low = max(high, close[t]), min(low, close[t])
                        least = min(min(least, worst), units * low / peak)
                        peak = max(peak, units * high)
                        total += sums[i] - sums[entry]
                        square += squares[i] - squares[entry]
                        value = units * close[i]
                    cash = units * close[last] * (1 - cost)
                    trades += 1
                    r = cash / value - 1
                    total += r
                    square += r * r
                    least = min(least, cash / max(peak, cash))
                write(out, p, cash, total, square, n - 1, least, trades)
                p += 1

    @njit
    def channel(high, low, close, lookback):
        side = np.zeros(close.size, np.int8)
        for t in range(lookback, close.size):
            highest, lowest = high[t - lookback], low[t - lookback]
            for i in range(t - lookback + 1, t):
                highest, lowest = max(highest, high[i]), min(lowest, low[i])
            if close[t] > highest:
                side[t] = 1
            elif close[t] < lowest:
                side[t] = -1
        return side

    @njit
    def exits(open_, high, low, close, lookback, trail, cost, out):
        n = close.size
        buy, sell = 1 + cost, 1 - cost
        p = 0
        for width in lookback:
            decided = channel(high, low, close, width)
            for away in trail:
                cash, units, value, peak, least, total, square = 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0
                side, want, best, trades = 0, 0, 0.0, 0
                for t in range(width, n):
                    if want != 0:
                        if side > 0:
                            cash = units * open_[t] * sell
                        elif side < 0:
                            cash += units * open_[t] * buy
                        if side != 0:
                            trades += 1
                        side, best = want, open_[t]
                        if side > 0:
                            units = cash / (open_[t] * buy)
                            cash = 0.0
                        else:
                            units = -cash / (open_[t] * buy)
                            cash -= units * open_[t] * sell
                        want = 0
                    if side == 0:
                        now = cash
                    elif side > 0:
                        best = max(best, open_[t])
                        stop = best * (1 - away)
                        best = max(best, high[t])
                        after = best * (1 - away)
                        if low[t] <= stop or low[t] <= after and (close[t] <= after or after * sell < close[t]):
                            price = min(open_[t], stop) if low[t] <= stop else after
                            cash = units * price * sell
                            side, units = 0, 0.0
                            trades += 1
                    else:
                        best = min(best, open_[t])
                        stop = best * (1 + away)
                        best = min(best, low[t])
                        after = best * (1 + away)
                        if high[t] >= after:
                            price = max(open_[t], stop) if high[t] >= stop else after
                            cash += units * price * buy
                            side, units = 0, 0.0
                            trades += 1
                    now = cash + units * close[t]
                    if t == n - 1 and side != 0:
                        now = cash + units * close[t] * (sell if side > 0 else buy)
                        trades += 1
                    if now != value:
                        r = now / value - 1
                        total += r
                        square += r * r
                        if now > peak:
                            peak = now
                        elif now < least * peak:
                            least = now / peak
                        value = now
                    if decided[t] != 0 and decided[t] != side:
                        want = decided[t]
                write(out, p, value, total, square, n - 1, least, trades)
                p += 1

    return {"table": table, "rolling": rolling, "runs": runs, "exits": exits}


def by_numba(name, job):
    import numba

    kernel = numba_kernels()[name]
    prices = ("open", "high", "low", "close") if name == "exits" else ("open", "close")
    first, second = ("lookback", "trail") if name == "exits" else ("fast", "slow")
    columns = [np.array(job[key], float) for key in prices]
    axes = [np.array(job[first]), np.array(job[second])]
    out = np.empty((4, axes[0].size * axes[1].size))

    def run():
        kernel(*columns, *axes, job["cost"], out)
        return out

    run()
    return run, f"numba {numba.__version__}, {numba.get_num_threads()} thread, numpy {np.__version__}"


def by_vectorbt(_, job):
    import pandas as pd
    import vectorbt as vbt

    index = pd.date_range("2000-01-03", periods=len(job["close"]), freq="D")
    open_, close = (pd.Series(job[key], index=index) for key in ("open", "close"))

    def run():
        parts = []
        for slow in np.array_split(np.array(job["slow"]), 20):
            pairs = [(f, s) for s in slow for f in job["fast"]]
            quick = vbt.MA.run(close, [f for f, _ in pairs])
            calm = vbt.MA.run(close, [int(s) for _, s in pairs])
            entries = quick.ma_crossed_above(calm).vbt.signals.fshift(1)
            exits = quick.ma_crossed_below(calm).vbt.signals.fshift(1)
            account = vbt.Portfolio.from_signals(
                close, entries, exits, price=open_, fees=job["cost"], freq="D", init_cash=1e6
            )
            ratio = account.sharpe_ratio() / np.sqrt(365)
            parts.append([account.total_return(), ratio, account.max_drawdown(), account.trades.count()])
        return np.array([np.concatenate([part[i] for part in parts]) for i in range(4)])

    run()
    return run, f"vectorbt {vbt.__version__}, numpy {np.__version__}"


def main(name):
    job = json.loads(sys.stdin.readline())
    try:
        run, version = (by_vectorbt if name == "vectorbt" else by_numba)(name, job)
    except ImportError as error:
        run, version = None, str(error)
    for _ in sys.stdin:
        if run is None:
            print(json.dumps({"missing": version}), flush=True)
            continue
        begun = time.perf_counter()
        out = run()
        seconds = time.perf_counter() - begun
        means = [float(np.nanmean(column)) for column in out]
        keys = ("totalReturn", "ratio", "maxDrawdown", "trades")
        print(json.dumps({"version": version, "seconds": seconds, **dict(zip(keys, means))}), flush=True)


main(sys.argv[1])
