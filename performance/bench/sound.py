"""How much sound one core makes: ringing modes, and what the densest passages cost of a block."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from performance.bench.figures import QUIET, Figures, Told


def sound(scores: Iterable[Path], told: Told) -> Figures:
    """Ringing modes, every instrument and every score at their densest: in a process of its own, as it is played."""
    words = [sys.executable, "-m", "performance.sound.bench", *(str(path.resolve()) for path in scores)]
    figures: Figures = {"block": 512, "instruments": {}, "scores": {}}
    with subprocess.Popen(words, stdout=subprocess.PIPE, **QUIET) as child:
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
