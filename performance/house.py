"""Where the scores, the pictures and the recordings lie: in a checkout, or inside an installed package."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from performance.refusal import Refusal

CHECKOUT = Path(__file__).resolve().parent.parent
SHIPPED = Path(__file__).resolve().parent / "shipped"  # a built wheel carries scores/ and assets/ in here


def home() -> Path:
    """The folder with scores/ and assets/ in it."""
    return SHIPPED if SHIPPED.is_dir() else CHECKOUT


def scores() -> list[Path]:
    """The scores that come with the piece, in the order they are played."""
    return sorted((home() / "scores").glob("*.toml"))


def asset(name: str) -> Path:
    """What cannot be computed: a font, a picture, by its place in assets/."""
    return home() / "assets" / name


def find_score(name: str) -> Path:
    """A score by its path or, if it comes with the piece, by its bare name."""
    path = Path(name)
    if path.is_file():
        return path
    known = {score.stem: score for score in scores()}
    if name in known:
        return known[name]
    if path.is_dir():
        raise Refusal(f"{name} is a folder; name one score in it")
    close = get_close_matches(path.stem, known, 1, 0.4)
    hint = f", perhaps {close[0]}" if close else ""
    raise Refusal(f"no score {name!r}{hint}; there are {', '.join(known)}, or give the path of a .toml file")


def recordings() -> Path:
    """Where a recording goes that nobody named: a folder where the command was typed."""
    return Path("recordings")
