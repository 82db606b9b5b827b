"""Objectives of the portfolio problems given on stdin by Clarabel, called directly; prints JSON.

A problem has expected, covariance (row by row), riskAversion, l2, cost, current, lower, upper (null is none), rows of
sums (members, least, most) and limits on the expected return, gross and turnover. Absolute values are variables of
their own: w - u + v = 0 for gross, w - p + q = current for trades. The objective is divided by its largest
coefficient; CHOICES are tried in turn until one is solved.
"""

import importlib.metadata
import json
import sys

import clarabel
import numpy as np
from scipy import sparse

CHOICES = [(1e-12, 1), (1e-12, 1e3), (1e-10, 1), (1e-10, 1e3), (1e-8, 1)]


class Model:
    def __init__(self, problem):
        self.n = len(problem["expected"])
        self.size = self.n
        self.equations, self.inequalities = [], []
        w = np.arange(self.n)
        gross, turnover = problem["gross"], problem["turnover"]
        held, cost = np.array(problem["current"]), np.array(problem["cost"])
        self.costs = [-np.array(problem["expected"])]
        if gross is not None:
            self.split(w, np.zeros(self.n), np.zeros(self.n), gross)
        if turnover is not None or cost.any():
            self.split(w, held, cost, turnover)
        for row in problem["rows"]:
            self.limit(row["members"], np.ones(len(row["members"])), row["least"], row["most"])
        if problem["expectedReturn"] is not None:
            self.limit(w, problem["expected"], problem["expectedReturn"], None)
        for i in range(self.n):
            self.limit([i], [1], problem["lower"][i], problem["upper"][i])

    def limit(self, variables, values, least, most):
        if least is not None and least == most:
            self.equations.append((variables, values, most))
            return
        if most is not None:
            self.inequalities.append((variables, values, most))
        if least is not None:
            self.inequalities.append((variables, [-value for value in values], -least))

    def split(self, w, start, cost, most):
        plus = np.arange(self.size, self.size + self.n)
        minus = plus + self.n
        self.size += 2 * self.n
        self.costs += [cost, cost]
        for i in w:
            self.equations.append(([i, plus[i], minus[i]], [1, -1, 1], start[i]))
            self.limit([plus[i]], [1], 0, None)
            self.limit([minus[i]], [1], 0, None)
        if most is not None:
            self.limit([*plus, *minus], np.ones(2 * self.n), None, most)


def solve(problem):
    model = Model(problem)
    n = model.n
    P = problem["riskAversion"] * np.array(problem["covariance"]).reshape(n, n) + 2 * problem["l2"] * np.eye(n)
    q = np.concatenate(model.costs)
    P = sparse.block_diag([P, sparse.csc_matrix((model.size - n, model.size - n))], format="csc")
    rows = [*model.equations, *model.inequalities]
    A = sparse.lil_matrix((len(rows), model.size))
    for r, (variables, values, _) in enumerate(rows):
        for variable, value in zip(variables, values):
            A[r, variable] += value
    b = np.array([limit for _, _, limit in rows], dtype=float)
    cones = [clarabel.ZeroConeT(len(model.equations)), clarabel.NonnegativeConeT(len(model.inequalities))]
    largest = max(abs(P).max(), abs(q).max()) or 1
    status = "none"
    for tolerance, times in CHOICES:
        scale = largest / times
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
        answer = clarabel.DefaultSolver(sparse.triu(P / scale, format="csc"), q / scale, A.tocsc(), b, cones, settings).solve()
        status = str(answer.status)
        if status == "Solved":
            return {"objective": -answer.obj_val * scale, "tolerance": tolerance}
    return {"objective": None, "status": status}


print(
    json.dumps(
        {
            "versions": {name: importlib.metadata.version(name) for name in ["clarabel", "numpy", "scipy"]},
            "results": [solve(problem) for problem in json.load(sys.stdin)],
        }
    )
)
