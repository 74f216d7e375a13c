"""From a visitor's gesture in the show's process to its first sample in the sound's: measured end to end.

    python -m tests.benchmarks.answer [--block 512] [--gestures 40]

The sound process runs as it does in a show; its sink takes a block whenever one is due, as a card does, and notes when
the first sample of an answer would leave the block's head. A card's own buffer comes on top of that.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from performance.gestures import Strike
from performance.live.clock import Clock
from performance.live.sound import Sound
from performance.output.sinks import RATE, Source
from performance.score.reader import read_text
from performance.timeline import Timeline

NOTES, BLOCK = "ANSWERS_HEARD", "ANSWER_BLOCK"  # how the sink in the other process is told where and how much
SCORE = """title = "answers"
[[beat]]
id = "a"
length = "600s"
fade = "0s"
sound.struck = { answers = "D5", gain_db = 0, damping = 1, ring = 0.1 }
sound.room = { wet_db = -60 }
"""
EVERY = 0.53  # seconds between gestures: every time elsewhere in a block
LEAST = 1e-5


class Noting:
    """A sink that is paced by the clock and writes down when silence ends."""

    name, advice = "a sink that takes notes", ""

    def __init__(self) -> None:
        self.underruns = 0
        self._block, self._notes = int(os.environ[BLOCK]), Path(os.environ[NOTES])

    def start(self, source: Source) -> None:
        threading.Thread(target=self._take, args=(source,), daemon=True).start()

    def close(self) -> None:
        pass

    def _take(self, source: Source) -> None:
        out, silent, due = np.zeros((self._block, 2), np.float32), 0, time.perf_counter()
        with self._notes.open("a", buffering=1) as notes:
            while True:
                time.sleep(max(0.0, due - time.perf_counter()))
                source.fill(out, due)
                loud = np.flatnonzero(np.abs(out).max(axis=1) > LEAST)
                if loud.size and silent > 3:
                    notes.write(f"{due + int(loud[0]) / RATE}\n")
                silent = 0 if loud.size else silent + 1
                due += self._block / RATE


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--block", type=int, default=512, choices=(256, 512))
    parser.add_argument("--gestures", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "heard"
        notes.touch()
        os.environ |= {NOTES: str(notes), BLOCK: str(given.block)}
        sound = Sound(Clock(), (Noting,), given.block)
        sound.play(Timeline(read_text(SCORE)))
        while sound.opened is None:
            sound.look()
            time.sleep(0.02)
        sound.leap(0.0, 1.0)
        time.sleep(2.0)
        made = []
        for _ in range(given.gestures):
            made.append(time.perf_counter())
            sound.gesture(Strike(sound.clock.now(), 0.0, 0.3))
            time.sleep(EVERY)
        heard = [float(line) for line in notes.read_text().split()]
        sound.close()
    answers = [[1000 * (t - asked) for t in heard if asked < t < asked + EVERY] for asked in made]
    waits = [found[0] for found in answers if found]
    print(f"block {given.block}: {len(waits)} answers of {len(made)}; ms from gesture to first sample:")
    print(f"least {min(waits):.1f}  median {statistics.median(waits):.1f}  most {max(waits):.1f}")


if __name__ == "__main__":
    main()
