"""`sound`: what is heard, alone, as a WAV file."""

from __future__ import annotations

import argparse

from performance.commands import options
from performance.house import find_score

HELP = "save the sound alone, as a WAV file"
MORE = "Stereo, 48 kHz, 24 bits, at -23 LUFS like the recordings."


def add(parser: argparse.ArgumentParser) -> None:
    options.add_score(parser)
    parser.add_argument("out", metavar="OUT", help="the file to write: .wav")
    options.add_span(parser)
    options.add_seed(parser)


def run(given: argparse.Namespace) -> int:
    from performance.live.programme import opened
    from performance.output.draft import draft, suited
    from performance.output.progress import Progress, duration
    from performance.sound.render import pieces, write_wav
    from performance.timeline import Timeline

    path = suited(given.out, (".wav",))
    timeline = Timeline(opened(find_score(given.score)), given.seed)
    a, b = options.span_of(timeline, given)
    gain = options.levelled(timeline)
    bar = Progress(f"rendering {path.name}", round((b - a) * 48_000), 1 / 48_000)
    done = 0

    def told(block: object) -> object:
        nonlocal done
        done += len(block)  # type: ignore[arg-type]
        bar.at(done, timeline.beat_at(a + done / 48_000).id)
        return block

    with draft(path) as unfinished:
        frames = write_wav(unfinished, (told(block) for block in pieces(timeline, a, b, gain)))  # type: ignore[misc]
    bar.done(f"{path}: {duration(frames / 48_000)} of {timeline.score.title}, seed {timeline.seed}")
    return 0
