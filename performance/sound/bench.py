"""How many modes one core sustains: struck bodies starting, ringing and stopping, stereo with sends to the room."""

from __future__ import annotations

import time

import numpy as np

from performance.chance import chances
from performance.sound.bank import Bank
from performance.sound.instrument import BUSES, RATE
from performance.sound.modes import Modes
from performance.sound.place import sends

MODES = 64  # of one body
STARTS = 8.0  # bodies a second that begin, and as many that end
SECONDS = 6.0  # of sound per measurement


def bench_sound(modes: int = 4000, seconds: float = SECONDS) -> dict[str, float]:
    """`modes_realtime_256` and `_512` (modes in a block times real time over its median cost), microseconds a block."""
    figures: dict[str, float] = {}
    for block in (256, 512):
        costs, sounding = _measure(block, modes, seconds)
        median, late = (float(np.percentile(costs, share)) for share in (50, 99))
        figures[f"modes_realtime_{block}"] = round(sounding * block / RATE / (median * 1e-6))
        figures[f"us_median_{block}"], figures[f"us_p99_{block}"] = round(median, 1), round(late, 1)
        figures[f"load_p99_{block}"] = round(late * 1e-6 * RATE / block, 4)
    return figures


def _measure(block: int, modes: int, seconds: float) -> tuple[list[float], float]:
    """Microseconds of every block, and how many modes sounded on average."""
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
        before = time.perf_counter()
        bank.render(start, out, gain, gain)
        if n >= 0:
            costs.append((time.perf_counter() - before) * 1e6)
            count += bank.sounding * MODES
    return costs, count / len(costs)


def _body(i: int) -> Modes:
    """Sixty-four modes that all ring on."""
    spread = chances(1, "bench", i, count=MODES)
    return Modes(80.0 * 150.0**spread, 20.0 + 20.0 * spread, np.full(MODES, 0.5 / MODES))
