"""Fails when a figure falls under its floor: `floor.py SEEDS.json DEV.json`, as the scorers write them."""

import json
import sys

FLOORS = {
    "mentions": 97.0,
    "mentions.linked": 97.0,
    "statements": 87.0,
    "source.accuracy": 91.0,
    "who-what": 81.0,
    "act.accuracy": 85.0,
    "polarity.accuracy": 82.0,
    "about": 83.0,
    "targets": 66.0,
    "edge": 58.0,
    "all.pair@50.len": 70.0,
    "all.pair@80.len": 63.0,
    "direct.pair@50.len": 90.0,
}


def main(paths):
    figures = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            figures.update(json.load(file))
    low = []
    for name, floor in FLOORS.items():
        value = figures[name]
        if isinstance(value, dict):
            value = value.get("f1", value.get("f"))
        mark = "" if value >= floor else "  <-- under its floor"
        print(f"{name:22} {value:6.2f}  floor {floor:5.1f}{mark}")
        if value < floor:
            low.append(name)
    sys.exit(1 if low else 0)


main(sys.argv[1:])
