"""From a visitor's gesture to its first sample: how long at most, whenever in a block it comes, look-ahead included."""

from __future__ import annotations

import numpy as np
import pytest

from performance.gestures import Strike
from performance.live.board import Board
from performance.live.player import Part, Player
from performance.output.sinks import RATE
from performance.score.reader import read_text
from performance.sound.orchestra import Orchestra
from performance.sound.struck import Struck
from performance.timeline import Timeline

SCORE = """title = "an answer"
[[beat]]
id = "a"
length = "60s"
sound.struck = { answers = "D5", gain_db = 0 }
sound.room = { wet_db = -60 }
"""
LEAST = 1e-5  # -100 dBFS


def answered_after(block: int, blocks: int) -> int:
    """Frames from a gesture that just missed a block to its first sample, as a sink takes them."""
    timeline = Timeline(read_text(SCORE))
    orchestra = Orchestra(timeline, block, instruments=(Struck,))
    player = Player(Board())
    player.coming = Part(orchestra, timeline.gestures, 0.0, 1)
    out = np.zeros((block, 2), np.float32)
    for n in range(blocks):
        player.fill(out, n * block / RATE)
    player.given.append(Strike(blocks * block / RATE, 0.0, 0.3))
    waited = block  # it came while the last block was being made
    for n in range(blocks, blocks + 8):
        player.fill(out, n * block / RATE)
        loud = np.flatnonzero(np.abs(out).max(axis=1) > LEAST)
        if loud.size:
            return waited + int(loud[0])
        waited += block
    raise AssertionError("no answer")


@pytest.mark.parametrize(("block", "most_ms"), [(512, 25.0), (256, 12.5)])
def test_a_gesture_is_answered_within_two_blocks(block: int, most_ms: float) -> None:
    latest = max(answered_after(block, blocks) for blocks in (3, 20, 21, 47))
    assert 1000.0 * latest / RATE <= most_ms
