"""Melodies sing: range, steps, leaps that are answered, a motif that is kept, a home that is reached."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from performance.causes.melody import HIGHEST, LOWEST, REST, form, phrase
from performance.causes.motif import (
    SCALES,
    beats_of,
    inverted,
    motif,
    moved,
    pitch_of,
    stretched,
)
from performance.causes.verse import Manner, verse

SEEDS = range(12)
PHRASES = [phrase(seed, 0, index, 4) for seed in SEEDS for index in range(4)]
STEPS = [np.diff([note.degree for note in made]) for made in PHRASES]


def test_most_intervals_are_steps_and_few_are_wide() -> None:
    sizes = np.abs(np.concatenate(STEPS))
    assert (sizes == 1).mean() > 0.5
    assert (sizes > 2).mean() < 0.15
    assert (sizes == 0).mean() < 0.05
    assert sizes.max() <= 7


def test_a_leap_is_answered_by_a_step_back() -> None:
    answered = [
        abs(after) == 1 and after * before < 0
        for steps in STEPS
        for before, after in itertools.pairwise(steps)
        if abs(before) > 2
    ]
    assert np.mean(answered) > 0.95


def test_phrases_stay_in_range_and_breathe() -> None:
    for made in PHRASES:
        degrees = [note.degree for note in made]
        assert LOWEST <= min(degrees) and max(degrees) <= HIGHEST
        assert 3 <= max(degrees) - min(degrees) <= 9
        assert beats_of(made) == pytest.approx(16 - REST)
        assert made[-1].beats >= 1.0


def test_a_verse_of_any_length_ends_at_home() -> None:
    for phrases in range(1, 7):
        assert len(form(3, 0, phrases)) == phrases
        assert phrase(3, 0, phrases - 1, phrases)[-1].degree % 7 == 0


def test_the_motif_opens_the_first_phrase() -> None:
    for seed in SEEDS:
        own = motif(seed)
        assert phrase(seed, 5, 0, 4)[: len(own)] == own


def test_forms_of_a_motif_undo_themselves() -> None:
    own = motif(7)
    assert inverted(inverted(own)) == own
    assert moved(moved(own, 3), -3) == own
    assert beats_of(stretched(own, 2.5)) == pytest.approx(2.5 * beats_of(own))


def test_seeds_differ_and_repeat() -> None:
    assert len({phrase(seed, 0, 0, 4) for seed in SEEDS}) > 8
    phrase.cache_clear()
    assert [phrase(seed, 0, index, 4) for seed in SEEDS for index in range(4)] == PHRASES


def test_degrees_are_just_and_an_octave_is_seven_of_them() -> None:
    for scale in SCALES:
        assert pitch_of(0, 147.0, scale) == 147.0
        assert pitch_of(-7, 147.0, scale) == pytest.approx(73.5)
        assert pitch_of(4, 147.0, scale) == pytest.approx(147.0 * 1.5)


@pytest.mark.parametrize("bar", [3, 4])
def test_a_verse_fills_its_time_in_order(bar: int) -> None:
    notes = verse(Manner(11, 2, 294.0, bar=bar), 10.0, 26.0)
    onsets = [note.onset for note in notes]
    assert onsets == sorted(onsets) and onsets[0] >= 10.0
    assert notes[-1].end < 36.0
    assert all(a.end <= b.onset + 0.03 for a, b in itertools.pairwise(notes))
    rests = [b.onset - a.end for a, b in itertools.pairwise(notes) if b.opens]
    assert min(rests) > 0.5
    assert verse(Manner(11, 2, 294.0, bar=bar), 10.0, 2.0) == ()
