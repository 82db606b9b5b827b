"""Internal rates of return by pyxirr, for test/lib/returns/xirr.test.ts.

In a virtual environment outside the tree, from the root of the tree:

    pip install pyxirr==0.10.8
    python test/reference/xirr.py > test/reference/xirr.json && npx oxfmt test/reference/xirr.json
"""

import json
import random
from datetime import date, timedelta

import pyxirr

random.seed(1)
cases = []
for _ in range(20):
    day = date(2020, 1, 1) + timedelta(days=random.randrange(400))
    days, amounts = [str(day)], [-round(random.uniform(1_000, 50_000), 2)]
    for _ in range(random.randrange(0, 12)):
        day += timedelta(days=random.randrange(1, 200))
        days.append(str(day))
        amounts.append(round(random.uniform(-9_000, 3_000), 2))
    day += timedelta(days=400)
    days.append(str(day))
    amounts.append(round(-sum(amounts) * random.uniform(0.5, 2.5), 2))
    cases.append({"days": days, "amounts": amounts, "xirr": pyxirr.xirr(days, amounts)})

print(json.dumps({"versions": {"pyxirr": pyxirr.__version__}, "cases": cases}))
