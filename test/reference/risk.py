"""Risk figures by numpy, scipy, scikit-learn, statsmodels, skfolio and QuantLib, for test/lib/risk.

Returns are multiples of 1/4096, so that all languages read the same numbers; some are missing where said.

In a virtual environment outside the tree, from the root of the tree:

    pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.15.0 skfolio==1.12.2 QuantLib==1.44
    python test/reference/risk.py > test/reference/risk.json && npx oxfmt test/reference/risk.json
"""

import importlib.metadata
import json

import numpy as np
import QuantLib as ql
import scipy.stats as st
import skfolio.measures as sk
import statsmodels.api as sm
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.special import ndtr, ndtri
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA

rng = np.random.default_rng(20261122)


def draws(rows, columns, loadings):
    common = rng.standard_t(4, (rows, loadings.shape[0])) @ loadings
    return np.round(30 * (common + rng.normal(0, 1, (rows, columns)))).astype(int)


# Eight assets that move by two common causes.
assets = draws(180, 8, np.array([[1, 1.2, 0.8, 0, 0.1, 0, 0.5, -0.7], [0, 0.2, 0, 1, 1.4, 0.6, 0.5, 0.1]]))
R = assets / 4096

# Tails of the first asset, and of a few returns only.
tails = []
for count in [180, 100, 60, 7, 1]:
    r = R[:count, 0]
    for tail in [0.01, 0.05, 0.07, 0.25]:
        case = {
            "count": count,
            "tail": tail,
            "percentile": float(np.percentile(r, 100 * tail)),
            # skfolio takes 1 - beta; where tail x n is whole its rounding moves it by one place, so those are not asked
            **(
                {
                    "valueAtRisk": float(sk.value_at_risk(r, beta=1 - tail)),
                    "conditionalValueAtRisk": float(sk.cvar(r, beta=1 - tail)),
                }
                if abs(tail * count - round(tail * count)) > 1e-9
                else {}
            ),
        }
        if count > 1:
            mean, deviation, z = r.mean(), r.std(ddof=1), st.norm.ppf(tail)
            case["normal"] = float(-st.norm.ppf(tail, mean, deviation))
            case["normalConditional"] = float(-(mean - deviation * st.norm.pdf(z) / tail))
            S, K = st.skew(r), st.kurtosis(r)

            def quantile(p):
                x = st.norm.ppf(p)
                return x + (x**2 - 1) * S / 6 + (x**3 - 3 * x) * K / 24 - (2 * x**3 - 5 * x) * S**2 / 36

            case["cornishFisher"] = float(-(mean + deviation * quantile(tail)))
            # the mean of the quantiles below, by quadrature and not by the closed form
            nodes, weights = np.polynomial.legendre.leggauss(400)
            x = (nodes - 1) / 2 * 12 + ndtri(tail)  # x from 12 deviations below to the quantile
            density = st.norm.pdf(x)
            values = x + (x**2 - 1) * S / 6 + (x**3 - 3 * x) * K / 24 - (2 * x**3 - 5 * x) * S**2 / 36
            case["cornishFisherConditional"] = float(-(mean + deviation * (weights * 6 * density * values).sum() / tail))
        tails.append(case)

shapes = [
    {
        "asset": a,
        "skewness": float(st.skew(R[:, a])),
        "skewnessCorrected": float(st.skew(R[:, a], bias=False)),
        "kurtosis": float(st.kurtosis(R[:, a])),
        "kurtosisCorrected": float(st.kurtosis(R[:, a], bias=False)),
    }
    for a in range(3)
]


def pca(of):
    X = R if of == "covariance" else (R - R.mean(axis=0)) / R.std(axis=0, ddof=1)
    fit = PCA(svd_solver="full").fit(X)
    signs = np.sign(fit.components_[np.arange(8), np.abs(fit.components_).argmax(axis=1)])
    return {
        "variances": fit.explained_variance_.tolist(),
        "shares": fit.explained_variance_ratio_.tolist(),
        "loadings": (fit.components_ * signs[:, None]).tolist(),
        "firstScores": (fit.transform(X)[:5, 0] * signs[0]).tolist(),
    }


correlation = np.corrcoef(R.T)
distance = np.sqrt((1 - correlation) / 2)
np.fill_diagonal(distance, 0)
clusters = {}
for method in ["single", "complete", "average", "ward"]:
    Z = linkage(squareform(distance, checks=False), method)
    clusters[method] = {"merges": Z.tolist(), "order": leaves_list(Z).tolist()}

y, X = R[:, 0], sm.add_constant(R[:, [3, 6]])
ols = sm.OLS(y, X).fit()


def fitted(model):
    return {
        "values": model.params.tolist(),
        "errors": model.bse.tolist(),
        "t": model.tvalues.tolist(),
        "p": model.pvalues.tolist(),
    }


regression = {
    **fitted(ols),
    "rSquared": ols.rsquared,
    "adjusted": ols.rsquared_adj,
    "residualDeviation": float(np.sqrt(ols.mse_resid)),
    "hac4": fitted(sm.OLS(y, X).fit(cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True}, use_t=True)),
    "hac0": fitted(sm.OLS(y, X).fit(cov_type="HAC", cov_kwds={"maxlags": 0, "use_correction": True}, use_t=True)),
}

student = [
    {"t": t, "degrees": degrees, "p": float(2 * st.t.sf(abs(t), degrees))}
    for t in [0, 0.1, -0.7, 1.5, 2, 5, 12, 40]
    for degrees in [1, 2, 3.5, 30, 177, 10_000]
]

normal = {
    "probability": [[x, float(ndtr(x))] for x in np.round(np.linspace(-9, 9, 73), 6).tolist()],
    "quantile": [[p, float(ndtri(p))] for p in [1e-300, 1e-20, 1e-8, 0.001, 0.05, 0.0749, 0.0751, 0.3, 0.5, 0.8, 0.975, 1 - 1e-9]],
}

options = []
for right, kind in [("call", ql.Option.Call), ("put", ql.Option.Put)]:
    for forward, strike, years, volatility, rate in [
        (100, 100, 1, 0.2, 0.05),
        (100, 130, 0.25, 0.45, 0.01),
        (100, 60, 2, 0.3, -0.005),
        (4500, 4000, 0.08, 0.12, 0.04),
        (1.1, 1.3, 0.5, 0.09, 0.03),
        (50, 50, 0.003, 0.8, 0.04),
        (20, 80, 3, 1.1, 0.02),
    ]:
        discount = float(np.exp(-rate * years))
        deviation = volatility * years**0.5
        options.append(
            {
                "right": right,
                "forward": forward,
                "strike": strike,
                "years": years,
                "volatility": volatility,
                "discount": discount,
                "value": ql.blackFormula(kind, strike, forward, deviation, discount),
            }
        )


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & (2**64 - 1)


def xoshiro(seed, stream, count):
    """Words of stream k of SplitMix64(seed), and xoshiro256++ from them, as in Vigna's C, in Python's whole numbers."""
    M = 2**64 - 1
    state, s = seed, []
    for i in range(4 * stream + 4):
        state = (state + 0x9E3779B97F4A7C15) & M
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
        if i >= 4 * stream:
            s.append(z ^ (z >> 31))
    out = []
    for _ in range(count):
        out.append((rotl((s[0] + s[3]) & M, 23) + s[0]) & M)
        t = (s[1] << 17) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
    return [str(value) for value in out]


version = importlib.metadata.version
print(
    json.dumps(
        {
            "versions": {name: version(name) for name in ["numpy", "scipy", "scikit-learn", "statsmodels", "skfolio", "QuantLib"]},
            "assets": assets.T.tolist(),
            "tails": tails,
            "shapes": shapes,
            "pca": {of: pca(of) for of in ["covariance", "correlation"]},
            "correlation": correlation.ravel().tolist(),
            "clusters": clusters,
            "regression": regression,
            "student": student,
            "normal": normal,
            "options": options,
            "xoshiro": [
                {"seed": seed, "stream": stream, "outputs": xoshiro(seed, stream, 12)}
                for seed, stream in [(0, 0), (1234567, 0), (42, 3), (2**53 - 1, 100)]
            ],
        }
    )
)
