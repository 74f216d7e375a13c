"""No beat is to be taken for another, of its own score or of any: neither by a still from its middle nor by ear."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TypeVar

import pytest
from hearing import RATE, Impression, impression, unlike
from likeness import apart, glance
from survey import NAMES, survey, timeline

from performance.sound.orchestra import Orchestra

NEAR = 0.175  # stills less apart than this are near-duplicates; what one would call two pictures is 0.22 and more
ALIKE = 0.25  # and sounds; two beats that were twins were 0.16 apart, what one tells apart by ear is 0.35 and more
QUANTUM = 1024
T = TypeVar("T")


def closest(of: dict[str, T], distance: Callable[[T, T], float]) -> list[tuple[float, str, str]]:
    """Pairs of beats, those first that are nearest to each other."""
    return sorted((distance(of[one], of[other]), one, other) for one, other in itertools.combinations(of, 2))


def said(pairs: list[tuple[float, str, str]]) -> str:
    """The closest pairs, to read."""
    return "the closest pairs:\n" + "\n".join(
        f"{much:.3f}  {one}  {other}" for much, one, other in pairs[:15]
    )


def test_no_two_stills_are_near_duplicates() -> None:
    glances = {
        f"{name}/{span.id}": glance(survey(name).still(span))
        for name in NAMES
        for span in survey(name).timeline.beats
    }
    pairs = closest(glances, apart)
    assert pairs[0][0] >= NEAR, said(pairs)


def heard(name: str, seconds: float) -> dict[str, Impression]:
    """What is heard round the middle of every beat of a score."""
    orchestra = Orchestra(timeline(name), QUANTUM)
    found = {}
    for span in timeline(name).beats:
        length = min(seconds, span.length)
        orchestra.seek(span.start + (span.length - length) / 2)
        found[f"{name}/{span.id}"] = impression(orchestra.read(round(length * RATE)))
    return found


@pytest.mark.parametrize("seconds", [3.0, pytest.param(10.0, marks=pytest.mark.soak)])
def test_no_two_beats_sound_alike(seconds: float) -> None:
    impressions = {beat: one for name in NAMES for beat, one in heard(name, seconds).items()}
    pairs = closest(impressions, unlike)
    assert pairs[0][0] >= ALIKE, said(pairs)
