"""The commands: `unrehearsed WORD ...`, or `python3 run.py WORD ...` in a checkout."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import performance.sound.threads  # noqa: F401  # before anything imports numpy
from performance import __version__, house
from performance.refusal import Refusal

WORDS = (
    "play",
    "record",
    "still",
    "sound",
    "events",
    "sheet",
    "new",
    "check",
    "devices",
    "bench",
    "cache",
    "test",
)
ABOUT = """\
Unrehearsed: dreams of standing on a stage unprepared, written as scores, drawn as light and played as crystal.
Without any word it plays. Each word has its own help: record --help.
"""
KEYS = """\
keys while it plays:
  space pause    \N{LEFTWARDS ARROW} \N{RIGHTWARDS ARROW} beats    Home restart    F full screen    H overlay
  M mute         + \N{MINUS SIGN} volume    Esc, Q leave

A SCORE is the path of a .toml file, or one of: {names}
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (--help tells more)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Do what was typed. Returns 0, 1 for a broken score or failed tests, 2 for what cannot be, 130 for Ctrl-C."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    given = list(sys.argv[1:] if words is None else words)
    try:
        options = _read(given)
        return int(import_module(f"performance.commands.{options.word}").run(options))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `events | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _read(given: list[str]) -> argparse.Namespace:
    """What was typed, with everything behind `test` left to pytest."""
    if given[:1] == ["test"] and given[1:] not in (["-h"], ["--help"]):
        return argparse.Namespace(word="test", rest=given[1:])
    return parser().parse_args(_with_a_word(given))


def parser() -> argparse.ArgumentParser:
    """All words with their options."""
    names = ", ".join(path.stem for path in house.scores())
    whole = Parser(
        prog=Path(sys.argv[0]).name if Path(sys.argv[0]).name == "run.py" else "unrehearsed",
        description=ABOUT,
        epilog=KEYS.format(names=names),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"unrehearsed {__version__}")
    described = whole.add_subparsers(dest="word", metavar="WORD", required=True, parser_class=Parser)
    for word in WORDS:
        module = import_module(f"performance.commands.{word}")
        one = described.add_parser(
            word,
            help=module.HELP,
            description=module.MORE,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add(one)
    return whole


def _with_a_word(given: list[str]) -> list[str]:
    """`play` goes without saying, before options and before a score."""
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        return ["play", *given]
    if given[0] in WORDS or given[0].startswith("-"):
        return given
    try:
        house.find_score(given[0])
    except Refusal:
        close = get_close_matches(given[0], [*WORDS, *(path.stem for path in house.scores())], 1, 0.5)
        hint = f", perhaps {close[0]}" if close else ""
        raise Refusal(f"there is no command or score {given[0]!r}{hint}; --help lists them") from None
    return ["play", *given]
