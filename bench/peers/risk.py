"""Risk figures of the returns given on stdin by numpy, scipy, scikit-learn, statsmodels and skfolio; prints JSON.

A case is a list of assets' returns, a column an asset.
"""

import importlib.metadata
import json
import sys

import numpy as np
import skfolio.measures as sk
import statsmodels.api as sm
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA


def figures(columns):
    R = np.array(columns).T
    n = R.shape[1]
    correlation = np.corrcoef(R.T)
    distance = np.sqrt((1 - correlation) / 2)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    pca = PCA(svd_solver="full").fit(R)
    signs = np.sign(pca.components_[np.arange(n), np.abs(pca.components_).argmax(axis=1)])
    y, X = R[:, 0], sm.add_constant(R[:, 1:])
    ols = sm.OLS(y, X).fit()
    hac = sm.OLS(y, X).fit(cov_type="HAC", cov_kwds={"maxlags": 5, "use_correction": True}, use_t=True)
    portfolio = R.mean(axis=1)
    return {
        "percentile": [float(np.percentile(portfolio, 5))],
        "valueAtRisk": [float(sk.value_at_risk(portfolio, beta=0.9371))],
        "conditionalValueAtRisk": [float(sk.cvar(portfolio, beta=0.9371))],
        "variances": pca.explained_variance_.tolist(),
        "loadings": (pca.components_ * signs[:, None]).ravel().tolist(),
        "heights": tree[:, 2].tolist(),
        "order": leaves_list(tree).tolist(),
        "coefficients": ols.params.tolist(),
        "errors": ols.bse.tolist(),
        "hac": hac.bse.tolist(),
        "p": ols.pvalues.tolist(),
    }


names = ["numpy", "scipy", "scikit-learn", "statsmodels", "skfolio"]
cases = json.load(sys.stdin)
print(
    json.dumps(
        {
            "versions": {name: importlib.metadata.version(name) for name in names},
            "results": [figures(columns) for columns in cases],
        }
    )
)
