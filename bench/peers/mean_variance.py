"""Mean-variance portfolios by cvxpy, one for each line of stdin, timed; prints a line of JSON for each.

The first line is the problem (expected, covariance row by row, riskAversion, cost, current, least, most, gross); each line
after it names a solver. `solve` is the solver's own time as it reports it, with its setup; `total` is that of the call,
problem.solve() of a problem made anew. OSQP's tolerances are those at which its weights are as good as Clarabel's.
"""

import importlib.metadata
import json
import sys
import time

import cvxpy as cp
import numpy as np
from threadpoolctl import threadpool_info

OPTIONS = {
    "CLARABEL": {},
    "OSQP": {"time_limit": 10.0, "eps_abs": 1e-9, "eps_rel": 1e-9, "max_iter": 200_000, "polishing": True},
}


def portfolio(problem, solver):
    n = len(problem["expected"])
    started = time.perf_counter()
    w = cp.Variable(n)
    risk = cp.quad_form(w, problem["covariance"], assume_PSD=True)
    trades = cp.norm1(w - problem["current"])
    value = problem["expected"] @ w - problem["riskAversion"] / 2 * risk - problem["cost"] * trades
    limits = [cp.sum(w) == 1, w >= problem["least"], w <= problem["most"], cp.norm1(w) <= problem["gross"]]
    model = cp.Problem(cp.Maximize(value), limits)
    model.solve(solver=solver, **OPTIONS[solver])
    total = time.perf_counter() - started
    stats = model.solver_stats
    return {
        "solver": solver,
        "status": model.status,
        "total": 1000 * total,
        "solve": 1000 * (stats.solve_time + (stats.setup_time or 0)),
        "weights": w.value.tolist(),
    }


def say(answer):
    print(json.dumps(answer), flush=True)


problem = json.loads(sys.stdin.readline())
for name in ["expected", "covariance", "current"]:
    problem[name] = np.array(problem[name])
problem["covariance"] = problem["covariance"].reshape(len(problem["expected"]), -1)
blas = [{key: info.get(key) for key in ["internal_api", "version", "architecture", "num_threads"]} for info in sorted(threadpool_info(), key=lambda info: info["filepath"])]
say({"versions": {name: importlib.metadata.version(name) for name in ["cvxpy", "clarabel", "osqp", "numpy", "scipy"]}, "blas": blas})
for line in sys.stdin:
    say(portfolio(problem, line.strip()))
