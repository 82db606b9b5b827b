"""Parses a file with Python's expat, handing each element's attributes to a handler as a dict; prints JSON."""

import json
import os
import sys
import time
import xml.parsers.expat

elements = 0
attributes = 0


def start(name, values):
    global elements, attributes
    elements += 1
    attributes += len(values)


parser = xml.parsers.expat.ParserCreate()
parser.StartElementHandler = start
path = sys.argv[1]
begin = time.perf_counter()
with open(path, "rb") as file:
    parser.ParseFile(file)
seconds = time.perf_counter() - begin
print(
    json.dumps(
        {
            "seconds": seconds,
            "bytes": os.path.getsize(path),
            "elements": elements,
            "attributes": attributes,
            "version": xml.parsers.expat.EXPAT_VERSION,
        }
    )
)
