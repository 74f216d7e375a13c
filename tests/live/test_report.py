"""What a live evening reports of itself."""

from __future__ import annotations

import math

import pytest

from performance.live.report import Report, Seen


def silence_of(heard: list[float]) -> float:
    """The longest silence, seconds, of frames a fifth of a second apart, in a show of a few hours ago's clock."""
    report = Report(100.0)
    for n, t in enumerate(heard):
        report.seen(Seen(40_000.0 + n / 5, n / 5, t))
    return report._silence


def test_silence_counts_from_the_last_that_was_heard() -> None:
    heard = [n / 5 if n < 20 or n >= 30 else math.nan for n in range(50)]
    assert silence_of(heard) == pytest.approx(2.0)


def test_an_evening_that_begins_in_silence_was_not_silent_before() -> None:
    assert silence_of([math.nan] * 20) == pytest.approx(19 / 5)


def test_frames_that_come_late_are_told_with_their_place() -> None:
    report = Report(100.0)
    for n in range(300):
        report.seen(Seen(40_000.0 + n / 60 + (0.2 if n >= 200 else 0.0), n / 60, math.nan))
    ((place, gap),) = report._lost
    assert place == pytest.approx(200 / 60, abs=0.01)
    assert gap == pytest.approx(1000 * (0.2 + 1 / 60), abs=1.0)
