"""Par yields between the Treasury's points by SciPy's PchipInterpolator, for test/lib/rates/par-curve.test.ts.

In a virtual environment outside the tree, from the root of the tree:

    pip install scipy==1.17.1
    python test/reference/par_curve.py > test/reference/par_curve.json && npx oxfmt test/reference/par_curve.json

The first curve falls, is flat and rises; the second is inverted with a hump.
"""

import json

import scipy
from scipy.interpolate import PchipInterpolator

CURVES = [
    {
        "years": [1 / 12, 2 / 12, 0.25, 4 / 12, 0.5, 1, 2, 3, 5, 7, 10, 20, 30],
        "percent": [4.05, 4.0, 3.95, 3.91, 3.8, 3.66, 3.5, 3.5, 3.63, 3.82, 4.07, 4.63, 4.64],
    },
    {"years": [0.5, 1, 2, 5, 10, 30], "percent": [5.4, 5.1, 4.6, 4.1, 4.2, 4.0]},
]

AT = [0.5 + 29.5 * k / 40 for k in range(41)]

print(
    json.dumps(
        {
            "versions": {"scipy": scipy.__version__},
            "curves": [{**curve, "at": AT, "par": list(PchipInterpolator(curve["years"], curve["percent"])(AT))} for curve in CURVES],
        }
    )
)
