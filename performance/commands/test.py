"""`test`: the tests of the house, from a checkout."""

from __future__ import annotations

import argparse
import os

from performance import house
from performance.refusal import Refusal

HELP = "run the tests (from a checkout)"
MORE = "Everything behind it goes to pytest: test tests/live -k clock"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="what pytest is told")


def run(given: argparse.Namespace) -> int:
    if not (house.CHECKOUT / "tests").is_dir():
        raise Refusal("the tests are in the source, not in the installed package")
    try:
        import pytest
    except ImportError:
        raise Refusal('pytest is missing: pip install -e ".[test]", or python3 run.py test') from None
    os.chdir(house.CHECKOUT)
    return int(pytest.main(given.rest))
