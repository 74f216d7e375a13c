"""The trailer shows every beat, in order, for a minute."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from performance.live.trailer import trailer
from performance.score.model import Beat, Score
from performance.score.reader import read_score
from performance.timeline import Timeline

FPS = Fraction(30)


def piece(*lengths: float) -> Timeline:
    beats = tuple(Beat(f"beat-{n}", length, 1.0) for n, length in enumerate(lengths))
    return Timeline(Score(beats=beats))


@pytest.mark.parametrize("lengths", [(20.0,) * 12, (30.0, 2.0, 30.0, 1.0, 60.0), (5.0,) * 100, (90.0,)])
def test_it_lasts_a_minute(lengths: tuple[float, ...]) -> None:
    passages = trailer([piece(*lengths)])
    assert sum(len(passage.frames(FPS)) for passage in passages) / FPS == pytest.approx(60.0, abs=0.5)


def test_every_beat_is_in_it_in_order_and_in_its_own_time() -> None:
    timeline = piece(24.0, 30.0, 26.0, 18.0)
    passages = trailer([timeline, timeline])
    assert [timeline.beat_at((p.a + p.b) / 2).index for p in passages] == [0, 1, 2, 3] * 2
    for passage in passages:
        assert 0.0 <= passage.a < passage.b <= timeline.length


def test_a_piece_shorter_than_a_minute_is_shown_whole() -> None:
    timeline = piece(3.0, 4.0)
    assert sum(p.b - p.a for p in trailer([timeline])) <= timeline.length


def test_of_a_real_score(score: Path) -> None:
    timeline = Timeline(replace(read_score(score), seed=3))
    assert [timeline.beat_at(p.a + 1e-3).id for p in trailer([timeline])] == ["first", "second"]
