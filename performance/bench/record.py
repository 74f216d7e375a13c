"""How fast films are made."""

from __future__ import annotations

import tempfile
import time
from fractions import Fraction
from pathlib import Path

from performance.bench.figures import Figures, Told, rounded
from performance.live.jobs import Frames
from performance.live.opening import prepare_film
from performance.live.programme import opened
from performance.output.film import Passage, film
from performance.paint.density import FULL
from performance.timeline import Timeline

FPS = 60
RECORDED = 4.0  # seconds of film


def record(score: Path, size: tuple[int, int], told: Told) -> Figures:
    """Frames a second while a film of the score's middle is made."""
    timeline = Timeline(opened(score))
    prepare_film([(timeline, timeline.beats)], Frames(size, FULL))
    middle = round(timeline.length / 2)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "bench.mp4"
        began = time.perf_counter()
        film(out, [Passage(timeline, middle, middle + RECORDED)], size, Fraction(FPS))
        passed = time.perf_counter() - began
        figures: Figures = {
            "size": f"{size[0]}x{size[1]}",
            "frames_per_second": rounded(RECORDED * FPS / passed),
            "times_real_time": rounded(RECORDED / passed),
            "megabits_per_second": rounded(out.stat().st_size * 8 / RECORDED / 1e6),
        }
    told("   ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()))
    return figures
