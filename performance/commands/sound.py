"""`sound`: what is heard, alone, as a WAV file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from performance.commands import options
from performance.house import find_score
from performance.refusal import Refusal

if TYPE_CHECKING:
    from performance.sound.instrument import Frames

HELP = "save the sound alone, as a WAV file"
MORE = "Stereo, 48 kHz, 24 bits, at -23 LUFS like the recordings."
RATE = 48_000


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("score", nargs="?", metavar="SCORE", help=options.SCORE_HELP)
    parser.add_argument("out", nargs="?", metavar="OUT", help="the file to write: .wav")
    parser.add_argument(
        "--demo", metavar="OUT", help="no score: every instrument in turn, a few seconds each, named by time"
    )
    options.add_span(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    if given.demo is not None:
        if given.score is not None:
            raise Refusal("--demo plays the instruments, not a score: sound --demo OUT.wav")
        return _demo(given.demo)
    if given.out is None:
        raise Refusal("sound needs a score and a file to write: sound SCORE OUT.wav (or --demo OUT.wav)")
    return _score(given)


def _score(given: argparse.Namespace) -> int:
    from performance.live.programme import opened
    from performance.output.draft import draft, suited
    from performance.output.progress import Progress, duration
    from performance.sound.render import pieces, write_wav
    from performance.timeline import Timeline

    path = suited(given.out, (".wav",))
    timeline = Timeline(opened(find_score(given.score)), given.seed)
    a, b = options.span_of(timeline, given)
    gain = options.levelled(timeline)
    bar = Progress(f"rendering {path.name}", round((b - a) * RATE), 1 / RATE)

    def watched() -> Iterator[Frames]:
        done = 0
        for piece in pieces(timeline, a, b, gain):
            done += len(piece)
            bar.at(done, timeline.beat_at(a + done / RATE).id)
            yield piece

    with draft(path) as unfinished:
        frames = write_wav(unfinished, watched())
    bar.done(f"{path}: {duration(frames / RATE)} of {timeline.score.title}, seed {timeline.seed}")
    return 0


def _demo(out: str) -> int:
    from performance.output.draft import draft, suited
    from performance.output.progress import duration
    from performance.sound.demo import demonstration
    from performance.sound.render import write_wav

    path: Path = suited(out, (".wav",))

    def told() -> Iterator[Frames]:
        for shown in demonstration():
            minutes, seconds = divmod(shown.at, 60.0)
            print(f"{minutes:3.0f}:{seconds:04.1f}  {shown.name:<10} {shown.what}", flush=True)
            yield shown.sound

    with draft(path) as unfinished:
        frames = write_wav(unfinished, told())
    print(f"{path}: {duration(frames / RATE)}, every instrument in turn")
    return 0
