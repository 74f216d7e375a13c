"""`cache`: what was made once and is kept, and how to be rid of it."""

from __future__ import annotations

import argparse
import time
from itertools import groupby

HELP = "show what was made once and is kept on this machine; --clear empties it"
MORE = """\
What takes long is made once and kept in a folder of the user's cache: compiled code, baked shapes, the loudness of
scores. It goes by the content of what it was made from, so it is never out of date, and it can be deleted at any
time: it is made again when it is needed. Beyond 300 MB, what was used longest ago goes by itself.
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clear", action="store_true", help="delete all of it")


def run(given: argparse.Namespace) -> int:
    from performance import caches

    found = sorted(caches.everything(), key=lambda kept: kept.kind)
    now = time.time()
    print(f"{caches.cache_home()}: {_megabytes(sum(kept.size for kept in found))}")
    for kind, group in groupby(found, lambda kept: kept.kind):
        these = list(group)
        used = max(kept.used for kept in these)
        print(f"  {kind:<20}{_megabytes(sum(kept.size for kept in these)):>10}   used {_ago(now - used)}")
    if given.clear:
        for kept in found:
            caches.drop(kept)
        left = caches.everything()
        print("all of it is deleted" if not left else f"{len(left)} of {len(found)} could not be deleted")
        return 1 if left else 0
    return 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _ago(seconds: float) -> str:
    """ "3 days ago"."""
    for unit, lasts in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= lasts:
            number = int(seconds // lasts)
            return f"{number} {unit}{'s' * (number > 1)} ago"
    return "just now"
