"""Does what a kernel does, as often as it is asked to: kernels.py NAME

In a virtual environment outside the tree: pip install numpy scikit-learn threadpoolctl

NAME is monte-carlo (numpy: PCG64 normals day by day, in blocks of paths that stay in the cache) or ledoit-wolf
(scikit-learn). The first line on stdin is the job; each further line asks for a run, answered by a line {"version",
"seconds", "found"}, or {"missing"}. One thread.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np


def monte_carlo(job):
    values, mean = (np.array(job[key]) for key in ("values", "mean"))
    n, periods, paths = values.size, job["periods"], job["paths"]
    lower = np.linalg.cholesky(np.array(job["covariance"]).reshape(n, n)).T.copy()
    start = values.sum()

    def run():
        random = np.random.Generator(np.random.PCG64(1))
        terminal, drawdown = np.empty(paths), np.empty(paths)
        block = 2000
        for first in range(0, paths, block):
            count = min(block, paths - first)
            held = np.tile(values, (count, 1))
            peak, deepest = np.full(count, start), np.zeros(count)
            z, r = np.empty((count, n)), np.empty((count, n))
            for _ in range(periods):
                random.standard_normal(out=z)
                np.matmul(z, lower, out=r)
                r += mean
                r += 1
                np.maximum(r, 0, out=r)
                held *= r
                value = held.sum(axis=1)
                np.maximum(peak, value, out=peak)
                np.minimum(deepest, value / peak - 1, out=deepest)
            terminal[first : first + count] = value
            drawdown[first : first + count] = deepest
        return [float(terminal.mean()), float(terminal.std(ddof=1)), float(drawdown.mean())]

    return run, f"numpy {np.__version__}"


def ledoit_wolf(job):
    import sklearn
    from sklearn.covariance import ledoit_wolf as estimate

    returns = np.array(job["columns"]).T.copy()

    def run():
        covariance, shrinkage = estimate(returns)
        return [float(shrinkage), float(covariance[0, 0]), float(covariance[1, 0])]

    return run, f"scikit-learn {sklearn.__version__}, numpy {np.__version__}"


def blas():
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return ""
    return "; " + ", ".join(
        f"{each['internal_api']} {each.get('architecture', '')} {each['num_threads']} thread" for each in threadpool_info()
    )


def main(name):
    job = json.loads(sys.stdin.readline())
    try:
        run, version = {"monte-carlo": monte_carlo, "ledoit-wolf": ledoit_wolf}[name](job)
        run()
    except ImportError as error:
        run, version = None, str(error)
    for _ in sys.stdin:
        if run is None:
            print(json.dumps({"missing": version}), flush=True)
            continue
        begun = time.perf_counter()
        found = run()
        seconds = time.perf_counter() - begun
        print(json.dumps({"version": version + blas(), "seconds": seconds, "found": found}), flush=True)


main(sys.argv[1])
