"""Options that several commands share, and what may be written for them."""

from __future__ import annotations

import argparse
import re
import sys
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from performance.paint.density import QUALITIES
from performance.refusal import Refusal

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

SMALLEST, LARGEST = (320, 180), (3840, 2160)
SLOWEST, FASTEST = 1, 240
SCORE_HELP = "a score's path, or the name of one that comes with the piece"


def typed() -> str:
    """What a person types to call us."""
    return "python3 run.py" if Path(sys.argv[0]).name == "run.py" else "unrehearsed"


def size(text: str) -> tuple[int, int]:
    """ "1280x720"."""
    match = re.fullmatch(r"(\d{1,5})[xX\N{MULTIPLICATION SIGN}](\d{1,5})", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1280x720")
    width, height = int(match[1]), int(match[2])
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise argparse.ArgumentTypeError(f"{width}x{height} is not from 320x180 to 3840x2160")
    return width, height


def video_size(text: str) -> tuple[int, int]:
    """A size with even sides: colour is stored for two by two pixels."""
    width, height = size(text)
    if width % 2 or height % 2:
        near = f"{width // 2 * 2}x{height // 2 * 2}"
        raise argparse.ArgumentTypeError(
            f"a video has an even width and height, not {width}x{height}; take {near}"
        )
    return width, height


def rate(text: str) -> Fraction:
    """Frames a second: "60", "29.97", "30000/1001"."""
    try:
        fps = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of frames a second such as 60") from None
    if fps.denominator != 1 and fps.denominator != 1001:
        fps = Fraction(round(fps * 1001 / 1000) * 1000, 1001)  # 29.97 stands for 30000/1001
    if not SLOWEST <= fps <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text} frames a second are not from {SLOWEST} to {FASTEST}")
    return fps


def seconds(text: str) -> float:
    """ "12.5", "12.5s", "1:30"."""
    match = re.fullmatch(r"(?:(\d+):)?(\d*\.?\d+)s?", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds such as 20 or 1:30")
    return 60.0 * int(match[1] or 0) + float(match[2])


def volume(text: str) -> float:
    """Decibels from -60 to 0."""
    try:
        db = float(text.lower().removesuffix("db"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a volume in decibels such as -6") from None
    if not -60.0 <= db <= 0.0:
        raise argparse.ArgumentTypeError(f"{text} is not from -60 to 0 dB; 0 is as the piece is meant to be")
    return db


def whole(text: str) -> int:
    """A seed."""
    if not re.fullmatch(r"\d{1,15}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number such as 7")
    return int(text)


def add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("score", metavar="SCORE", help=SCORE_HELP)


def add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=whole, metavar="N", help="another performance of the score (its own seed)"
    )


def add_quality(parser: argparse.ArgumentParser) -> None:
    """How finely it is painted."""
    parser.add_argument(
        "--quality",
        choices=QUALITIES,
        default="full",
        help="live: as it is played; full: every pixel; film: softer light twice as fine, and slower (full)",
    )


def add_span(parser: argparse.ArgumentParser) -> None:
    """Which part of the piece."""
    parser.add_argument("--from", dest="first", metavar="BEAT", help="begin with this beat (the first)")
    parser.add_argument("--to", dest="last", metavar="BEAT", help="end with this beat, at its end (the last)")
    parser.add_argument(
        "--for", dest="seconds", type=seconds, metavar="SECONDS", help="at most so long (all of it)"
    )


def beat_of(timeline: Timeline, name: str) -> BeatSpan:
    """A beat by its id."""
    ids = [beat.id for beat in timeline.beats]
    if name not in ids:
        close = get_close_matches(name, ids, 1, 0.4)
        hint = f", perhaps {close[0]}" if close else ""
        raise Refusal(f"no beat {name!r}{hint}; there are {', '.join(ids)}")
    return timeline.beat(name)


def span_of(timeline: Timeline, options: argparse.Namespace) -> tuple[float, float]:
    """The part [a, b) that --from, --to and --for name, in seconds."""
    a = beat_of(timeline, options.first).start if options.first else 0.0
    b = beat_of(timeline, options.last).end if options.last else timeline.length
    if b <= a:
        raise Refusal(f"the beat {options.last} is over before {options.first} begins")
    if options.seconds is not None:
        if options.seconds <= 0.0:
            raise Refusal("--for needs more than 0 seconds")
        b = min(b, a + options.seconds)
    return a, b


def levelled(timeline: Timeline) -> float:
    """The gain that makes a piece as loud as all others; measured with a bar, where nobody has measured it yet."""
    from performance.output.progress import Progress
    from performance.sound.levels import gain_of

    hundredths = Progress("measuring how loud it is", 100, timeline.length / 100)
    gain = gain_of(timeline, lambda share: hundredths.at(round(100 * share)))
    hundredths.done()
    return gain
