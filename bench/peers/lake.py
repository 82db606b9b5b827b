"""The work of a lake in polars or pandas: bars written by year, a 20-day moving average of each symbol; prints JSON.

    python lake.py polars|pandas LAKE_FOLDER SCRATCH_FOLDER

Bars are read from the parts of a lake first, untimed, so that all work on the same rows; both write Parquet with zstd, a
file a year, and average the closes from their own files.
"""

import glob
import json
import os
import sys
import time

library, lake, scratch = sys.argv[1:4]
PARTS = sorted(glob.glob(os.path.join(lake, "**", "*.parquet"), recursive=True))
WINDOW = 20


def timed(work):
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


if library == "polars":
    import polars as pl

    version = pl.__version__
    bars = pl.read_parquet(PARTS, hive_partitioning=False).sort("symbol", "time")

    def write():
        by_year = bars.with_columns(year=pl.col("day").dt.year())
        for (year,), part in by_year.partition_by("year", as_dict=True, include_key=False).items():
            part.write_parquet(os.path.join(scratch, f"{year}.parquet"), compression="zstd")

    def average_of(closes):
        by_time = closes.sort("symbol", "time")
        return by_time.select(pl.col("close").rolling_mean(WINDOW).over("symbol"))["close"]

    def average():
        files = os.path.join(scratch, "*.parquet")
        return average_of(pl.scan_parquet(files).select("symbol", "time", "close").collect())

    def in_memory():
        return bars.select(pl.col("close").rolling_mean(WINDOW).over("symbol"))["close"]

elif library == "pandas":
    import pandas as pd

    version = pd.__version__
    bars = pd.read_parquet(PARTS, partitioning=None).sort_values(["symbol", "time"], ignore_index=True)

    def write():
        for year, part in bars.groupby(pd.DatetimeIndex(bars["day"]).year):
            part.to_parquet(os.path.join(scratch, f"{year}.parquet"), compression="zstd", index=False)

    def average_of(closes):
        return closes.groupby("symbol", sort=False)["close"].rolling(WINDOW).mean()

    def average():
        closes = pd.read_parquet(sorted(glob.glob(os.path.join(scratch, "*.parquet"))), columns=["symbol", "time", "close"])
        return average_of(closes.sort_values(["symbol", "time"]))

    def in_memory():
        return average_of(bars)

else:
    sys.exit(f"no such library: {library}")

times = {}
times["write"], _ = timed(write)
times["average"], means = timed(average)
times["inMemory"], _ = timed(in_memory)
written = sum(os.path.getsize(path) for path in glob.glob(os.path.join(scratch, "*.parquet")))
print(json.dumps({"version": version, "bytes": written, "sum": float(means.sum()), "seconds": times}))
