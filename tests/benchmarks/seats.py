"""Frames beside the sound: as the system shares the cores, and with a seat for everybody (performance/cores.py).

    python -m tests.benchmarks.seats improvise mine panic [--rounds 5]

Both in turns, at the same moments of each beat. Where there is a core for everyone nobody sits, and both are the same.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
from contextlib import nullcontext
from pathlib import Path

import pygame

from performance.bench.figures import share
from performance.bench.frames import ARRIVED, FPS, Beside, frame
from performance.cores import CORES, CROWDED, FIRST, LAST, seated
from performance.house import scores
from performance.live.jobs import Frames
from performance.live.opening import prepare_film
from performance.live.pace import Pace
from performance.live.programme import opened
from performance.paint.density import live
from performance.paint.picture import Picture
from performance.paint.threads import Threads
from performance.timeline import Timeline

SIZE = (1920, 1080)
WARM, RUN = 6, 50  # frames of a stretch that do not count, and that do
WAYS = ("shared", "seated")


def main() -> None:
    given = _given()
    paths = {path.stem: path for path in scores()}
    timeline = Timeline(opened(paths.get(given.score) or Path(given.score)))
    beats = [timeline.beat(beat) for beat in given.beats] or list(timeline.beats)
    prepare_film([(timeline, beats)], Frames(SIZE, live(SIZE)))
    with Beside() as beside:
        beside.play(timeline)
        pictures = {
            "shared": Picture(timeline, *SIZE, density=live(SIZE), threads=Threads()),
            "seated": Picture(timeline, *SIZE, density=live(SIZE), threads=Threads(busy=beside.busy)),
        }
        surfaces = tuple(pygame.Surface(SIZE, 0, 32, (0xFF0000, 0xFF00, 0xFF, 0)) for _ in range(2))
        for one in pictures.values():
            for _ in one.rehearse(beats):
                pass
        gc.collect()
        gc.freeze()
        print(f"{len(CORES)} cores; {'everybody sits' if CROWDED else 'there is a core for everyone'}")
        for span in beats:
            costs: dict[str, list[float]] = {way: [] for way in WAYS}
            for n in range(given.rounds):
                start = span.start + span.length * (n + 0.5) / given.rounds - ARRIVED
                for way in WAYS if n % 2 else WAYS[::-1]:
                    _place_sound(beside, (LAST,) if way == "seated" and CROWDED else CORES)
                    beside.leap(max(0.0, start))
                    with seated(FIRST) if way == "seated" else nullcontext():
                        costs[way] += _stretch(pictures[way], start, surfaces)
            said = (
                f"{way} median {statistics.median(cost):6.2f} ms, p99 {share(cost, 0.99):6.2f} ms"
                for way, cost in costs.items()
            )
            print(f"{span.id:<18} {'   '.join(said)}", flush=True)


def _stretch(picture: Picture, start: float, surfaces: tuple[pygame.Surface, ...]) -> list[float]:
    """Milliseconds of each frame's making."""
    pace = Pace(FPS)
    for n in range(WARM + RUN):
        pace.begin()
        frame(picture, start + n / FPS, *surfaces)
        pace.wait()
    return [1000.0 * seconds for seconds in list(pace.work)[WARM:]]


def _place_sound(beside: Beside, cores: tuple[int, ...]) -> None:
    """The sound's threads on these cores, where the system lets us say so."""
    tasks = Path(f"/proc/{beside.pid}/task")
    if cores and tasks.is_dir():
        for task in tasks.iterdir():
            os.sched_setaffinity(int(task.name), cores)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("score", help="a score's name or path")
    parser.add_argument("beats", nargs="*", metavar="BEAT", help="these beats (all)")
    parser.add_argument("--rounds", type=int, default=5, help="stretches of each beat and way (5)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
