"""Figures on this machine: what a frame costs in every beat, how much sound one core makes, how fast films are made,
how soon the first frame is there.

Frames are whole ones, as the show makes them, at the density it plays with: simulate, paint, flip to a surface off the
screen.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

FPS = 60.0
RUNS, RUN = 3, 40  # per beat: stretches of it, frames of one stretch
WARM = 4  # frames before each stretch that do not count
RECORDED = 4.0  # seconds of film
STARTS = 3

Told = Callable[[str], None]
Figures = dict[str, Any]


def frames(scores: Iterable[Path], size: tuple[int, int], told: Told) -> Figures:
    """Milliseconds of a whole frame, median and p99, per score and beat."""
    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.live.programme import opened
    from performance.paint.density import live
    from performance.timeline import Timeline

    figures: Figures = {"size": f"{size[0]}x{size[1]}", "unit": "ms", "scores": {}}
    for path in scores:
        timeline = Timeline(opened(path))
        prepare_film([(timeline, timeline.beats)], Frames(size, live(size)))
        beats: Figures = {}
        for name, costs in _costs(timeline, size):
            beats[name] = {"median": _round(statistics.median(costs)), "p99": _round(_share(costs, 0.99))}
            told(
                f"{path.stem:<16} {name:<18} median {beats[name]['median']:6.2f} ms   p99 {beats[name]['p99']:6.2f} ms"
            )
        figures["scores"][path.stem] = beats
    return figures


def _costs(timeline: Any, size: tuple[int, int]) -> Iterable[tuple[str, list[float]]]:
    """The milliseconds of some stretches of every beat."""
    import gc

    import pygame

    from performance.paint.density import live
    from performance.paint.picture import Picture

    picture = Picture(timeline, *size, density=live(size))
    back, front = (pygame.Surface(size, 0, 32, (0xFF0000, 0xFF00, 0xFF, 0)) for _ in range(2))
    for _ in picture.rehearse(timeline.beats):
        pass
    gc.collect()
    gc.freeze()
    for beat in timeline.beats:
        costs: list[float] = []
        for run in range(RUNS):
            start = beat.start + beat.length * (run + 0.5) / RUNS - RUN / FPS / 2
            for n in range(-WARM, RUN):
                began = time.perf_counter()
                _frame(picture, max(0.0, start + n / FPS), back, front)
                if n >= 0:
                    costs.append((time.perf_counter() - began) * 1000.0)
        yield beat.id, costs


def _frame(picture: Any, t: float, back: Any, front: Any) -> None:
    import numpy as np

    pixels = np.asarray(back.get_view("2")).T.view(np.uint8).reshape(back.get_height(), back.get_width(), 4)
    picture.paint(t, pixels)
    del pixels
    front.blit(back, (0, 0))


def sound(scores: Iterable[Path], told: Told) -> Figures:
    """Ringing modes, every instrument and every score at their densest: in a process of its own, as it is played."""
    words = [sys.executable, "-m", "performance.sound.bench", *(str(path.resolve()) for path in scores)]
    figures: Figures = {"block": 512, "instruments": {}, "scores": {}}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=_quiet()["cwd"]) as child:
        for line in child.stdout or ():
            heard = json.loads(line)
            of, name = heard.pop("of"), heard.pop("name")
            if of == "modes":
                figures |= heard
                told("\n".join(f"{key:<24} {value:,}" for key, value in heard.items()))
                continue
            figures[of][name] = heard
            for part, cost in {"": heard}.items() if of == "instruments" else heard.items():
                where = f"{name} {part} {cost.get('beat', '')}".strip()
                told(
                    f"{where:<40} median {cost['us_median']:7.0f} us   p99 {cost['us_p99']:7.0f} us"
                    f"   {cost['share_p99']:6.1%} of the block"
                )
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, words)
    return figures


def record(score: Path, size: tuple[int, int], told: Told) -> Figures:
    """Frames a second while a film of the score's middle is made."""
    from performance.live.jobs import Frames
    from performance.live.opening import prepare_film
    from performance.live.programme import opened
    from performance.output.film import Passage, film
    from performance.paint.density import FULL
    from performance.timeline import Timeline

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
            "frames_per_second": _round(RECORDED * FPS / passed),
            "times_real_time": _round(RECORDED / passed),
            "megabits_per_second": _round(out.stat().st_size * 8 / RECORDED / 1e6),
        }
    told("   ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()))
    return figures


def start(told: Told) -> Figures:
    """Seconds from the process's start to its first frame, everything being compiled and baked."""
    _one_start("--complete")
    taken = [_one_start() for _ in range(STARTS)]
    figures: Figures = {
        "seconds_to_first_frame": _round(statistics.median(taken)),
        "all": [_round(t) for t in taken],
    }
    told(f"first frame after {figures['seconds_to_first_frame']} s")
    return figures


def _one_start(*also: str) -> float:
    environment = dict(os.environ)
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) and sys.platform == "linux":
        environment["SDL_VIDEODRIVER"] = "dummy"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "evening.json"
        words = ["play", "--mute", "--for", "0.1", "--report", str(out), *also]
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "performance", *words], env=environment, **_quiet(), check=True)
        first: float = json.loads(out.read_text())["first_frame_at"]
    return first - began


def _quiet() -> Figures:
    from performance.house import CHECKOUT

    return {"capture_output": True, "text": True, "cwd": CHECKOUT}


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def _round(value: float) -> float:
    return round(value, 2)
