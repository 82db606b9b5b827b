"""Covariances and portfolios by scikit-learn, PyPortfolioOpt, skfolio and Riskfolio-Lib, for test/lib/portfolio and
test/lib/risk/covariance.

Inputs are made here and, by the same rules, in test/lib/portfolio/sample.ts: returns of twelve assets that share a factor,
from a linear congruential generator, and the month-end prices of vega-datasets' stocks.csv (MSFT, AMZN, IBM, GOOG, AAPL
2000-2010; GOOG starts in 2004).

In a virtual environment outside the tree, from the root of the tree:

    pip install numpy==2.4.6 pandas==3.1.1 scikit-learn==1.9.1 pyportfolioopt==1.6.0 skfolio==1.12.2 \\
        riskfolio-lib==7.4.0 cvxpy==1.9.3 clarabel==0.11.1
    python test/reference/portfolio.py > test/reference/portfolio.json && npx oxfmt test/reference/portfolio.json
"""

import json
import warnings
from importlib.metadata import version

import cvxpy as cp
import numpy as np
import pandas as pd
import riskfolio
from pypfopt import BlackLittermanModel, EfficientCVaR, EfficientFrontier, HRPOpt, black_litterman, objective_functions
from pypfopt.discrete_allocation import DiscreteAllocation
from pypfopt.expected_returns import mean_historical_return
from pypfopt.risk_models import CovarianceShrinkage, exp_cov, sample_cov
from skfolio import RiskMeasure
from skfolio.cluster import HierarchicalClustering, LinkageMethod
from skfolio.distance import PearsonDistance
from skfolio.optimization import HierarchicalRiskParity, MeanRisk, ObjectiveFunction, RiskBudgeting
from skfolio.seriation import HierarchicalSeriation
from sklearn.covariance import ledoit_wolf, oas

warnings.filterwarnings("ignore")
ASSETS, ROWS = 12, 500
EXACT = {"tol_gap_abs": 1e-13, "tol_gap_rel": 1e-13, "tol_feas": 1e-13}


def generator(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state / 2**32 - 0.5


def sample():
    draw = generator(42)
    rows = []
    for _ in range(ROWS):
        factor = next(draw)
        rows.append([0.0002 * (i + 1) + 0.03 * factor * (0.4 + 0.1 * i) + 0.02 * (1 + i / 6) * next(draw) for i in range(ASSETS)])
    return pd.DataFrame(rows, columns=[f"A{i}" for i in range(ASSETS)])


returns = sample()
names = list(returns.columns)
mu = (1 + returns).prod() ** (252 / returns.count()) - 1
cov = returns.cov() * 252
current = np.array([(i + 1) / 78 for i in range(ASSETS)])

long_prices = pd.read_csv("node_modules/vega-datasets/data/stocks.csv", parse_dates=["date"])
stocks = long_prices.pivot(index="date", columns="symbol", values="price")[["MSFT", "AMZN", "IBM", "GOOG", "AAPL"]]


def frontier(bounds=(0, 1)):
    return EfficientFrontier(mu, cov, weight_bounds=bounds, solver="CLARABEL", solver_options=EXACT)


def weights(model):
    return np.asarray(model.weights).tolist()


def min_volatility(bounds=(0, 1), l2=None, cost=None, constraint=None):
    model = frontier(bounds)
    if l2:
        model.add_objective(objective_functions.L2_reg, gamma=l2)
    if cost:
        model.add_objective(objective_functions.transaction_cost, w_prev=current, k=cost)
    if constraint:
        model.add_constraint(constraint)
    model.min_volatility()
    return {"weights": weights(model), "objective": float(model._opt.value)}


def max_sharpe(risk_free, bounds=(0, 1)):
    model = frontier(bounds)
    model.max_sharpe(risk_free)
    return {"weights": weights(model), "sharpe": model.portfolio_performance(risk_free_rate=risk_free)[2]}


def quadratic_utility(aversion, bounds=(0, 1)):
    model = frontier(bounds)
    model.max_quadratic_utility(aversion)
    return {"weights": weights(model), "objective": float(-model._opt.value)}


def efficient_return(target):
    model = frontier()
    model.efficient_return(target)
    return {"target": target, "weights": weights(model), "volatility": model.portfolio_performance()[1]}


def cvar(confidence):
    model = EfficientCVaR(mu, returns, beta=confidence, solver="CLARABEL", solver_options=EXACT)
    model.min_cvar()
    return {"weights": weights(model), "objective": float(model._opt.value)}


def skfolio_risk(measure, **options):
    model = MeanRisk(
        objective_function=ObjectiveFunction.MINIMIZE_RISK, risk_measure=measure, solver="CLARABEL", solver_params=EXACT, **options
    )
    return model.fit(returns).weights_.tolist()


def skfolio_budget(budget=None):
    model = RiskBudgeting(risk_measure=RiskMeasure.VARIANCE, risk_budget=budget, solver="CLARABEL", solver_params=EXACT)
    return model.fit(returns).weights_.tolist()


def skfolio_hrp():
    single = HierarchicalClustering(linkage_method=LinkageMethod.SINGLE)
    order = HierarchicalSeriation(hierarchical_clustering_estimator=single, optimal_ordering=False)
    model = HierarchicalRiskParity(
        risk_measure=RiskMeasure.VARIANCE, distance_estimator=PearsonDistance(), seriation_estimator=order
    )
    return model.fit(returns).weights_.tolist()


def allocation(weights, prices, value):
    """Whole shares by the greedy rule, and the objective of the integer program (its shares may be one choice of several)."""
    assets = [f"A{i}" for i in range(len(weights))]
    latest = pd.Series(prices, index=assets)
    pair = dict(zip(assets, weights))
    greedy, left = DiscreteAllocation(pair, latest, value).greedy_portfolio(reinvest=True)
    exact, _ = DiscreteAllocation(pair, latest, value).lp_portfolio(reinvest=True, solver="SCIPY")
    lack = sum(max(0, abs(w) * value - abs(exact.get(a, 0)) * p) for a, w, p in zip(assets, weights, prices))
    shares = [int(greedy.get(a, 0)) for a in assets]
    return {"weights": weights, "prices": prices, "value": value, "greedy": shares, "left": float(left), "shortfall": float(lack)}


def allocations():
    """Thirty portfolios of two to nine assets; every third is short of some."""
    draw = generator(7)
    uniform = lambda: next(draw) + 0.5
    cases = []
    for k in range(30):
        n = 2 + k % 8
        raw = [uniform() + 0.01 for _ in range(n)]
        if k % 3 == 2:
            raw = [-0.3 * r if i % 3 == 1 else r for i, r in enumerate(raw)]
        weights = [r / sum(raw) for r in raw]
        prices = [round(5 + 400 * uniform() ** 2, 2) for _ in range(n)]
        cases.append(allocation(weights, prices, [1000, 10000, 54321.5][k % 3] * (1 + k // 10)))
    return cases


def riskfolio_parity(budget=None):
    portfolio = riskfolio.Portfolio(returns=returns)
    portfolio.assets_stats(method_mu="hist", method_cov="hist")
    portfolio.solvers = ["CLARABEL"]
    portfolio.sol_params = {"CLARABEL": EXACT}
    b = None if budget is None else np.array(budget).reshape(-1, 1)
    return portfolio.rp_optimization(model="Classic", rm="MV", b=b)["weights"].tolist()


def riskfolio_hrp():
    portfolio = riskfolio.HCPortfolio(returns=returns)
    options = {"codependence": "pearson", "rm": "MV", "linkage": "single", "leaf_order": False}
    return portfolio.optimization(model="HRP", **options)["weights"].tolist()


def views(omega, confidences=None):
    prior = black_litterman.market_implied_prior_returns(dict(zip(names, current)), 2.5, cov, 0.02)
    P = np.zeros((3, ASSETS))
    P[0, 0] = 1
    P[1, 3], P[1, 5] = 1, -1
    P[2, [7, 8, 9]] = [0.5, 0.5, -1]
    Q = np.array([0.1, 0.03, -0.01])
    model = BlackLittermanModel(cov, pi=prior, Q=Q, P=P, omega=omega, view_confidences=confidences)
    return {"prior": prior.tolist(), "returns": model.bl_returns().tolist(), "covariance": model.bl_cov().values.ravel().tolist()}


def estimate(pair):
    return {"values": pair[0].ravel().tolist(), "shrinkage": float(pair[1])}


def constant_correlation(rows):
    shrinkage = CovarianceShrinkage(rows, returns_data=True, frequency=1)
    values = shrinkage.ledoit_wolf("constant_correlation")
    return {"values": values.values.ravel().tolist(), "shrinkage": float(shrinkage.delta)}


hrp = HRPOpt(returns)
hrp.optimize()
stocks_hrp = HRPOpt(cov_matrix=sample_cov(stocks, frequency=12))
stocks_hrp.optimize()
budget = [(i + 1) / 78 for i in range(ASSETS)]

print(
    json.dumps(
        {
            "versions": {
                name: version(name)
                for name in ["numpy", "pandas", "scikit-learn", "pyportfolioopt", "skfolio", "riskfolio-lib", "cvxpy", "clarabel"]
            },
            "checksum": float(returns.values.sum()),
            "mean": mu.tolist(),
            "covariance": {
                "sample": returns.cov().values.ravel().tolist(),
                "exponential": exp_cov(returns, returns_data=True, span=60, frequency=1).values.ravel().tolist(),
                "ledoitWolf": estimate(ledoit_wolf(returns.values)),
                "oas": estimate(oas(returns.values)),
                "constantCorrelation": constant_correlation(returns),
            },
            "firstRows": {
                "ledoitWolf": estimate(ledoit_wolf(returns.values[:15])),
                "oas": estimate(oas(returns.values[:15])),
                "constantCorrelation": constant_correlation(returns[:15]),
            },
            "stocks": {
                "mean": mean_historical_return(stocks, frequency=12).tolist(),
                "covariance": sample_cov(stocks, frequency=12).values.ravel().tolist(),
                "hrp": list(stocks_hrp.weights),
            },
            "minVolatility": min_volatility(),
            "minVolatilityL2": min_volatility(l2=0.1),
            "minVolatilityTurnover": min_volatility(cost=0.001),
            "minVolatilityGross": min_volatility((-1, 1), constraint=lambda w: cp.norm1(w) <= 1.4),
            "minVolatilityGroup": min_volatility(constraint=lambda w: cp.sum(w[:3]) <= 0.5),
            "maxSharpe": max_sharpe(0.02),
            "maxSharpeShort": max_sharpe(0.02, (-0.3, 0.6)),
            "quadraticUtility": quadratic_utility(20),
            "quadraticUtilityShort": quadratic_utility(30, (-0.2, 0.4)),
            "efficientReturn": [efficient_return(target) for target in [0.2, 0.5, 0.9]],
            "cvar": cvar(0.95),
            "cvar90": cvar(0.9),
            "hrp": list(hrp.weights),
            "skfolio": {
                "minVariance": skfolio_risk(RiskMeasure.VARIANCE),
                "cvar": skfolio_risk(RiskMeasure.CVAR, cvar_beta=0.95),
                "parity": skfolio_budget(),
                "budgets": skfolio_budget(dict(zip(names, budget))),
                "hrp": skfolio_hrp(),
            },
            "riskfolio": {"parity": riskfolio_parity(), "budgets": riskfolio_parity(budget), "hrp": riskfolio_hrp()},
            "allocations": allocations(),
            "blackLitterman": {
                "default": views("default"),
                "idzorek": views("idzorek", [0.2, 0.7, 1.0]),
                "unsure": views("idzorek", [0.0, 0.5, 0.9]),
            },
        },
        indent=1,
    )
)
