"""The first piece as a whole: wherever one comes in, it sounds as if it had been played up to there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from performance import house
from performance.score.reader import read_score
from performance.sound.instrument import RATE
from performance.sound.orchestra import MEMORY, Orchestra
from performance.timeline import Timeline

PIECE = next(path for path in house.scores() if path.stem == "ice-instrument")
HEARD = 2.0  # seconds that are compared
AGREED_DB = -80.0  # what no ear hears under what is played


def difference_db(path: Path, name: str, lead: float) -> float:
    """Played from `lead` seconds before a beat against sought to its start, once the rooms have heard enough."""
    timeline = Timeline(read_score(path))
    start = timeline.beat(name).start
    played, sought = Orchestra(timeline, 512), Orchestra(timeline, 512)
    played.seek(max(start - lead, 0.0))
    while played.frame < round((start + MEMORY) * RATE):
        played.read(min(RATE, round((start + MEMORY) * RATE) - played.frame))
    sought.seek(start)
    sought.read(round(MEMORY * RATE))
    assert played.frame == sought.frame
    a, b = played.read(round(HEARD * RATE)), sought.read(round(HEARD * RATE))
    assert np.abs(a).max() > 1e-3
    return 20 * float(np.log10(np.sqrt(((a - b).astype(np.float64) ** 2).mean()) / 1.0 + 1e-12))


@pytest.mark.soak
@pytest.mark.parametrize("name", ["blank-pages", "constellation", "orchid-forest"])
def test_coming_in_at_a_beat_equals_having_played(name: str) -> None:
    assert difference_db(PIECE, name, 1e9) < AGREED_DB


def test_coming_in_at_the_break_equals_having_played_shortly_before() -> None:
    assert difference_db(PIECE, "shatter", 3.0) < AGREED_DB
