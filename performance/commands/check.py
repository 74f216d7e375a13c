"""`check`: what is wrong with a score, at its line and column."""

from __future__ import annotations

import argparse
from pathlib import Path

from performance import house
from performance.commands import options

HELP = "look for faults in scores: path:line:column: what, and what would do"
MORE = (
    "Checks the given scores, by default all that come with the piece. Leaves with 1 if there is any fault."
)


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scores", nargs="*", metavar="SCORE", help=options.SCORE_HELP)


def run(given: argparse.Namespace) -> int:
    from performance.score.reader import check

    scores = [house.find_score(name) for name in given.scores] or house.scores()
    faults = [fault for path in scores for fault in check(_as_typed(path))]
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{', '.join(path.stem for path in scores)}: no fault")
    return 1 if faults else 0


def _as_typed(path: Path) -> Path:
    """Seen from here, where that is shorter: a click on it opens the file."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
