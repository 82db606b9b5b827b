"""Covariances and portfolios of the returns given on stdin by scikit-learn, PyPortfolioOpt and skfolio; prints JSON.

A case has returns (a list of assets' columns), current weights, prices of shares and a value. Optimizers are Clarabel at
1e-13. Where a peer finds no portfolio, its field is left out.
"""

import importlib.metadata
import json
import sys
import warnings

import numpy as np
import pandas as pd
from pypfopt import BlackLittermanModel, EfficientCVaR, EfficientFrontier, HRPOpt, black_litterman, objective_functions
from pypfopt.discrete_allocation import DiscreteAllocation
from pypfopt.exceptions import OptimizationError
from pypfopt.risk_models import CovarianceShrinkage, exp_cov
from skfolio import RiskMeasure
from skfolio.cluster import HierarchicalClustering, LinkageMethod
from skfolio.distance import PearsonDistance
from skfolio.optimization import HierarchicalRiskParity, MeanRisk, ObjectiveFunction, RiskBudgeting
from skfolio.seriation import HierarchicalSeriation
from sklearn.covariance import ledoit_wolf, oas
from sklearn.decomposition import PCA

warnings.filterwarnings("ignore")
EXACT = {"tol_gap_abs": 1e-13, "tol_gap_rel": 1e-13, "tol_feas": 1e-13}
RISK_FREE, AVERSION, L2, COST = 0.02, 20, 0.1, 0.001


def portfolios(returns, mu, cov, current):
    def frontier(bounds=(0, 1)):
        return EfficientFrontier(mu, cov, weight_bounds=bounds, solver="CLARABEL", solver_options=EXACT)

    def minimum(model, *penalties, **options):
        for penalty in penalties:
            model.add_objective(penalty, **options)
        model.min_volatility()
        return model.weights.tolist()

    def sharpe():
        model = frontier()
        model.max_sharpe(RISK_FREE)
        return model.weights.tolist()

    def utility():
        model = frontier((-0.2, 0.4))
        model.max_quadratic_utility(AVERSION)
        return model.weights.tolist()

    def shortfall():
        model = EfficientCVaR(mu, returns, solver="CLARABEL", solver_options=EXACT)
        model.min_cvar()
        return [float(model._opt.value)]

    def hrp():
        model = HRPOpt(returns)
        model.optimize()
        return list(model.weights)

    options = {"solver": "CLARABEL", "solver_params": EXACT}
    single = HierarchicalClustering(linkage_method=LinkageMethod.SINGLE)
    order = HierarchicalSeriation(hierarchical_clustering_estimator=single, optimal_ordering=False)
    least = {"objective_function": ObjectiveFunction.MINIMIZE_RISK, **options}
    return {
        "PyPortfolioOpt min_volatility": lambda: minimum(frontier()),
        "PyPortfolioOpt min_volatility, L2": lambda: minimum(frontier(), objective_functions.L2_reg, gamma=L2),
        "PyPortfolioOpt min_volatility, cost": lambda: minimum(
            frontier(), objective_functions.transaction_cost, w_prev=current, k=COST
        ),
        "PyPortfolioOpt max_sharpe": sharpe,
        "PyPortfolioOpt max_quadratic_utility": utility,
        "PyPortfolioOpt min_cvar": shortfall,
        "PyPortfolioOpt HRPOpt": hrp,
        "skfolio MeanRisk, variance": lambda: fitted(MeanRisk(risk_measure=RiskMeasure.VARIANCE, **least), returns),
        "skfolio RiskBudgeting": lambda: fitted(RiskBudgeting(risk_measure=RiskMeasure.VARIANCE, **options), returns),
        "skfolio HierarchicalRiskParity": lambda: fitted(
            HierarchicalRiskParity(distance_estimator=PearsonDistance(), seriation_estimator=order), returns
        ),
    }


def fitted(model, returns):
    return model.fit(returns).weights_.tolist()


def figures(case):
    columns = np.array(case["returns"])
    names = [f"A{i}" for i in range(len(columns))]
    returns = pd.DataFrame(columns.T, columns=names)
    current = np.array(case["current"])
    mu = (1 + returns).prod() ** (252 / returns.count()) - 1
    cov = returns.cov() * 252
    shrinkage = CovarianceShrinkage(returns, returns_data=True, frequency=1)
    pca = PCA(svd_solver="full").fit(returns.values)
    prior = black_litterman.market_implied_prior_returns(dict(zip(names, current)), 2.5, cov, RISK_FREE)
    P = np.zeros((2, len(names)))
    P[0, 0], P[1, 1], P[1, 2] = 1, 1, -1
    views = BlackLittermanModel(cov, pi=prior, P=P, Q=np.array([0.1, 0.03]), omega="idzorek", view_confidences=[0.3, 0.8])
    shares, left = DiscreteAllocation(
        dict(zip(names, current)), pd.Series(case["prices"], index=names), case["value"]
    ).greedy_portfolio()
    found = {
        "scikit-learn ledoit_wolf": ledoit_wolf(returns.values)[0].ravel().tolist(),
        "scikit-learn oas": oas(returns.values)[0].ravel().tolist(),
        "scikit-learn PCA": pca.explained_variance_.tolist(),
        "PyPortfolioOpt constant_correlation": shrinkage.ledoit_wolf("constant_correlation").values.ravel().tolist(),
        "PyPortfolioOpt exp_cov": exp_cov(returns, returns_data=True, span=60, frequency=1).values.ravel().tolist(),
        "PyPortfolioOpt bl_returns": views.bl_returns().tolist(),
        "PyPortfolioOpt bl_cov": views.bl_cov().values.ravel().tolist(),
        "PyPortfolioOpt greedy_portfolio": [*(int(shares.get(name, 0)) for name in names), float(left)],
    }
    for name, make in portfolios(returns, mu, cov, current).items():
        try:
            found[name] = make()
        except (OptimizationError, ValueError):
            pass
    return found


packages = ["numpy", "pandas", "scikit-learn", "pyportfolioopt", "skfolio", "cvxpy", "clarabel"]
cases = json.load(sys.stdin)
print(
    json.dumps(
        {
            "versions": {name: importlib.metadata.version(name) for name in packages},
            "results": [figures(case) for case in cases],
        }
    )
)
