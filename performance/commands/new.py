"""`new`: a small score to begin with."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from performance import house
from performance.commands import options
from performance.refusal import Refusal, why

HELP = "write a small score of your own to begin with"
MORE = """\
NAME.toml has three beats, plays at once, and says in its comments what to try. It is written into the folder you are
in, or into scores/ of a checkout, and never over a file that is there.

  new small-hours
"""
BEGINNING = "new-score.toml"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="in small letters, such as small-hours")


def run(given: argparse.Namespace) -> int:
    name = given.name.removesuffix(".toml")
    if not NAME.fullmatch(name):
        raise Refusal(f"{given.name!r} is not a name such as small-hours: small letters, digits, hyphens")
    path = _folder() / f"{name}.toml"
    called = name if path.parent.name == "scores" else str(path)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(beginning(name, called, path))
    except FileExistsError:
        raise Refusal(f"{path} is there already; take another name") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {why(error)}") from error
    print(f"{path}: three beats to begin with; {options.typed()} play {called} plays it")
    return 0


def _folder() -> Path:
    """Where it goes, as seen from here."""
    here = Path.cwd()
    return Path("scores") if here == house.home() and (here / "scores").is_dir() else Path()


def beginning(name: str, called: str, path: Path) -> str:
    """The text of a new score."""
    schema = house.home() / "scores" / "score.schema.json"
    beside = schema.parent.resolve() == path.parent.resolve()
    words = {
        "SCHEMA": "./score.schema.json" if beside else schema.as_uri(),
        "TITLE": name.replace("-", " ").title(),
        "PLAY": f"{options.typed()} play {called}",
    }
    text = house.asset(BEGINNING).read_text("utf-8")
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text
