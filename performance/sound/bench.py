"""What sound costs on one core: modes that ring, the densest ten seconds of every instrument, of every score.

    python -m performance.sound.bench SCORE...      one JSON object a line, as each figure is there

A cost is the processor's time for a block of 512 frames, the whole way: instruments, banks, room, limiter. Every
stretch is played three times and each block counts with its middle time: what else the machine does counts little.
The densest seconds of a score are played as it is written, and again with a visitor who plays along more busily than
anybody would.
"""

from __future__ import annotations

import performance.sound.threads  # noqa: F401  # before numpy

# isort: split
import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.gestures import Gesture, GestureLog, Strike, Sweep, Touch
from performance.score.instruments import INSTRUMENTS as MODELS
from performance.score.reader import read_score, read_text
from performance.sound.bank import Bank
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import BUSES, RATE, Instrument
from performance.sound.modes import Modes
from performance.sound.orchestra import Orchestra
from performance.sound.place import sends
from performance.timeline import Timeline

BLOCK = 512
DENSEST = 10.0  # seconds
REPEATS = 3
GESTURES = 4  # a second, of a visitor
Figures = dict[str, Any]
MODES = 64  # of one body
STARTS = 8.0  # bodies a second that begin, and as many that end
SECONDS = 6.0  # of sound per measurement


def bench_sound(modes: int = 4000, seconds: float = SECONDS) -> dict[str, float]:
    """`modes_realtime_256` and `_512` (modes in a block times real time over its median cost), microseconds a block."""
    figures: dict[str, float] = {}
    for block in (256, 512):
        costs, sounding = ringing(block, modes, seconds)
        median, late = (float(np.percentile(costs, share)) for share in (50, 99))
        figures[f"modes_realtime_{block}"] = round(sounding * block / RATE / (median * 1e-6))
        figures[f"us_median_{block}"], figures[f"us_p99_{block}"] = round(median, 1), round(late, 1)
        figures[f"load_p99_{block}"] = round(late * 1e-6 * RATE / block, 4)
    return figures


def ringing(block: int, modes: int, seconds: float) -> tuple[list[float], float]:
    """Microseconds of every block while bodies come and go, and how many modes sounded on average."""
    bodies = modes // MODES
    bank = Bank(block, bodies, MODES)
    gain = np.ones(1, np.float32)
    out = np.zeros((BUSES, block), np.float32)
    for i in range(bodies):
        bank.strike(_body(i), 0, sends(2 * i / bodies - 1), 0)
    blocks, costs, count, begun = round(seconds * RATE / block), [], 0, bodies
    for n in range(-8, blocks):
        start = max(n, 0) * block
        while begun - bodies < n * block / RATE * STARTS:  # one comes, and the quietest goes
            bank.strike(_body(begun), start + begun % block, sends(0.3), 0)
            begun += 1
        out[:] = 0
        before = time.thread_time()
        bank.render(start, out, gain, gain)
        if n >= 0:
            costs.append((time.thread_time() - before) * 1e6)
            count += bank.sounding * MODES
    return costs, count / len(costs)


def _body(i: int) -> Modes:
    """Sixty-four modes that all ring on."""
    spread = chances(1, "bench", i, count=MODES)
    return Modes(80.0 * 150.0**spread, 20.0 + 20.0 * spread, np.full(MODES, 0.5 / MODES))


# --- what is played ---------------------------------------------------------------------------------------------------
def bench_instrument(kind: type[Instrument], seconds: float = DENSEST) -> Figures:
    """The most that a score may ask of one instrument."""
    score = MODELS[kind.name].example.score(kind.name, length=seconds, dense=True)
    return figures_of(_played(Timeline(read_text(score)), 0.0, seconds, (kind,)))


def bench_score(timeline: Timeline, seconds: float = DENSEST) -> Figures:
    """A whole piece, played once, and its densest seconds, found by that; these also with a visitor."""
    whole = _costs(timeline, 0.0, timeline.length, INSTRUMENTS)
    blocks = min(round(seconds * RATE / BLOCK), whole.size)
    sums = np.convolve(whole, np.ones(blocks), "valid")
    at = int(sums.argmax()) * BLOCK / RATE
    end, where = (
        at + blocks * BLOCK / RATE,
        {"at": round(at, 1), "beat": timeline.beat_at(at + seconds / 2).id},
    )
    busy = Timeline(timeline.score, timeline.seed, GestureLog(visitor(at, at + seconds)))
    densest, visited = (figures_of(_played(one, at, end, INSTRUMENTS)) for one in (timeline, busy))
    return {"whole": figures_of(whole), "densest": {**where, **densest}, "visited": {**where, **visited}}


def visitor(a: float, b: float) -> list[Gesture]:
    """A touch, a stroke, a blow, GESTURES a second between a and b, all over the picture."""
    made: list[Gesture] = []
    for i in range(int((b - a) * GESTURES)):
        t, u, v = a + (i + 0.5) / GESTURES, 0.7 * math.sin(2.4 * i), 0.45 + 0.3 * math.cos(1.7 * i)
        kinds = Touch(t, u, v, 0.7), Sweep(t, u, v, 0.8, 1.1, -0.4), Strike(t, u, v, 0.9)
        made.append(kinds[i % 3])
    return made


def figures_of(costs: NDArray[np.float64]) -> Figures:
    """Median and p99 in microseconds, and p99 as a share of the block."""
    median, late = (float(np.percentile(costs, share)) for share in (50, 99))
    return {
        "us_median": round(median, 1),
        "us_p99": round(late, 1),
        "share_p99": round(late * 1e-6 * RATE / BLOCK, 4),
    }


def _played(
    timeline: Timeline, a: float, b: float, instruments: tuple[type[Instrument], ...]
) -> NDArray[np.float64]:
    """Microseconds of every block, the middle one of a few times."""
    return np.asarray(np.median([_costs(timeline, a, b, instruments) for _ in range(REPEATS)], axis=0))


def _costs(
    timeline: Timeline, a: float, b: float, instruments: tuple[type[Instrument], ...]
) -> NDArray[np.float64]:
    orchestra = Orchestra(timeline, BLOCK, instruments=instruments)
    orchestra.seek(a)
    orchestra.read(BLOCK)  # the first makes two: the limiter looks ahead
    costs = np.zeros(max(round((b - a) * RATE / BLOCK), 1))
    for i in range(costs.size):
        began = time.thread_time()
        orchestra.read(BLOCK)
        costs[i] = time.thread_time() - began
    return costs * 1e6


def everything(paths: list[str]) -> Iterator[Figures]:
    """All figures, one after another: what they are of, its name, and they."""
    yield {"of": "modes", "name": "modes", **bench_sound()}
    for kind in INSTRUMENTS:
        yield {"of": "instruments", "name": kind.name, **bench_instrument(kind)}
    for path in map(Path, paths):
        yield {"of": "scores", "name": path.stem, **bench_score(Timeline(read_score(path)))}


if __name__ == "__main__":
    for figures in everything(sys.argv[1:]):
        print(json.dumps(figures), flush=True)
