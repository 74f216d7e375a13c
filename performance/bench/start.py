"""How soon the first frame is there."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from performance.bench.figures import QUIET, Figures, Told, rounded

STARTS = 3


def start(told: Told) -> Figures:
    """Seconds from the process's start to its first frame, everything being compiled and baked."""
    _one_start("--complete")
    taken = [_one_start() for _ in range(STARTS)]
    figures: Figures = {
        "seconds_to_first_frame": rounded(statistics.median(taken)),
        "all": [rounded(t) for t in taken],
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
        subprocess.run(
            [sys.executable, "-m", "performance", *words],
            env=environment,
            capture_output=True,
            **QUIET,
            check=True,
        )
        first: float = json.loads(out.read_text())["first_frame_at"]
    return first - began
