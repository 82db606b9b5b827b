"""Probability of backtest overfitting, straight from the definition, for test/lib/backtest/metrics/overfitting.test.ts.

    python test/reference/overfitting.py > test/reference/overfitting.json && npx oxfmt test/reference/overfitting.json

with numpy==2.4.6 and scipy==1.17.1. Returns are multiples of 1/4096, so that all languages read the same numbers.
"""

import itertools
import json

import numpy as np
import scipy
from scipy.stats import rankdata


def pbo(matrix, blocks):
    """Bailey, Borwein, López de Prado and Zhu (2017), section 3."""
    matrix = matrix[len(matrix) % blocks :]
    parts = np.split(matrix, blocks)
    logits = []
    for chosen in itertools.combinations(range(blocks), blocks // 2):
        inside = np.concatenate([parts[b] for b in chosen])
        outside = np.concatenate([parts[b] for b in range(blocks) if b not in chosen])
        best = np.argmax(inside.mean(axis=0) / inside.std(axis=0, ddof=1))
        rank = rankdata(outside.mean(axis=0) / outside.std(axis=0, ddof=1))[best]
        share = rank / (matrix.shape[1] + 1)
        logits.append(np.log(share / (1 - share)))
    logits = np.array(logits)
    return float((logits <= 1e-12).mean()), sorted(logits.tolist())


rng = np.random.default_rng(5)
cases = []
for rows, trials, blocks, skill in [(64, 5, 4, 0), (101, 8, 10, 0), (120, 4, 8, 60), (60, 20, 6, 0)]:
    draws = np.round(rng.normal(0, 60, (rows, trials)))
    draws[:, 0] += skill
    value, logits = pbo(draws / 4096, blocks)
    cases.append({"blocks": blocks, "draws": draws.T.astype(int).tolist(), "pbo": value, "logits": logits})

print(json.dumps({"versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "cases": cases}))
