"""The dancer: bones keep their length, feet stay where they stand, a moment is the same however it is reached."""

from __future__ import annotations

import numpy as np
import pytest

from performance.stage.figure import Manner
from performance.stage.limbs import rest_bodies
from performance.stage.moves import LAG_OF, Known, phrase_of
from performance.stage.performer import Performer, figure
from performance.stage.poses import (
    PHRASES,
    POSE_ROWS,
    POSES,
    SCALARS,
    WORD_KNOTS,
    WORD_NUMBER,
    WORDS,
    mirrored,
)
from performance.stage.skeleton import BONE, CHANNELS, FOREARM, SHIN, THIGH, UPPER_ARM

MANNER = Manner(11, 0.42)


def dancer(word: str, t: float, speed: float = 0.0) -> Performer:
    return figure(t, lambda _: ("stand", word, 1.0), lambda when: (speed * when, 0.0), MANNER)


def length(figure: Performer, a: str, b: str) -> float:
    return float(np.linalg.norm(figure.origins[BONE[a]] - figure.origins[BONE[b]]))


@pytest.mark.parametrize("word", WORDS)
def test_bones_keep_their_length(word: str) -> None:
    for t in (0.3, 2.2, 5.1):
        made = dancer(word, t)
        for s in "AB":
            assert length(made, "arm" + s, "fore" + s) == pytest.approx(UPPER_ARM, abs=1e-4)
            assert length(made, "fore" + s, "hand" + s) == pytest.approx(FOREARM, abs=1e-4)
            assert length(made, "thigh" + s, "shin" + s) == pytest.approx(THIGH, rel=0.04)
            assert length(made, "shin" + s, "foot" + s) == pytest.approx(SHIN, abs=1e-4)
        turns = made.turns.astype(np.float64)
        assert np.allclose(turns @ turns.swapaxes(1, 2), np.eye(3), atol=1e-3)


@pytest.mark.parametrize("word", WORDS)
def test_nothing_goes_through_the_boards(word: str) -> None:
    for t in np.arange(0.0, 8.0, 0.73):
        made = dancer(word, float(t))
        assert made.origins[:, 1].min() > 0.0
        assert made.origins[BONE["head"], 1] < 1.35


def test_a_standing_foot_does_not_slide() -> None:
    for speed in (0.0, 0.12, 0.25):
        feet = []
        for t in np.arange(4.0, 7.0, 1 / 30):
            made = dancer("walk", float(t), speed)
            feet.append([made.world(made.origins[BONE["toes" + s]]) for s in "AB"])
        places = np.array(feet)  # (time, foot, xyz)
        low = places[1:, :, 1] < 0.42 * 0.024
        moved = np.abs(np.diff(places[:, :, 0], axis=0))
        standing = low & (places[:-1, :, 1] < 0.42 * 0.024)
        assert standing.any(0).all()
        assert np.median(moved[standing]) < 0.0009
        assert (standing.any(1)).mean() > 0.9  # one foot is always on the boards


def test_a_moment_does_not_depend_on_how_it_was_reached() -> None:
    first = dancer("dance", 4.25, 0.1)
    for t in (1.0, 9.0, 4.2):
        dancer("dance", t, 0.1)
    again = dancer("dance", 4.25, 0.1)
    assert np.array_equal(first.turns, again.turns)
    assert np.array_equal(first.legs, again.legs)


def test_what_was_read_before_changes_nothing() -> None:
    def hands(when: float) -> tuple[float, float]:
        return 0.5 + 0.5 * np.sin(when), 0.2

    known = Known()
    for n, t in enumerate((4.0, 4.02, 4.3, 9.0, 3.1, 4.0)):
        heard = [
            figure(t, lambda when: ("stand", "dance", min(when / 9, 1.0)), lambda when: (0.1 * when, 0.0), MANNER,
                   hands, trails, 1.0, (0.05, 0.0), before)
            for trails in ((0.0, 1.0) if n % 2 else (1.0, 0.0)) for before in (known, None)
        ]  # fmt: skip
        for one, other in (heard[:2], heard[2:]):
            assert np.array_equal(one.turns, other.turns)
            assert np.array_equal(one.trail, other.trail)
            assert (one.x, one.z) == (other.x, other.z)


def test_it_lives_even_at_rest() -> None:
    one, two = dancer("stand", 20.0), dancer("stand", 21.3)
    assert np.abs(one.origins - two.origins).max() > 0.002
    near = dancer("stand", 20.0 + 1 / 60)
    assert np.abs(one.origins - near.origins).max() < 0.01  # and never jumps


@pytest.mark.parametrize("word", WORDS)
def test_motion_is_continuous(word: str) -> None:
    t = np.arange(10.0, 15.5, 1 / 30)
    tips = np.array([dancer(word, float(x)).tips for x in t[:150]])
    assert np.abs(np.diff(tips, axis=0)).max() < 0.24


def test_a_fading_twirl_never_jumps() -> None:
    def words(t: float) -> tuple[str, str, float]:
        return ("twirl", "stand", float(np.clip((t - 100.0) / 2.0, 0.0, 1.0)))

    yaws = [
        figure(float(t), words, lambda _: (0.0, 0.0), MANNER).turns[0] for t in np.arange(99.5, 102.5, 1 / 30)
    ]
    assert np.abs(np.diff(np.array(yaws), axis=0)).max() < 0.6


def test_mirroring_twice_is_nothing() -> None:
    for row in POSES.values():
        assert np.allclose(mirrored(mirrored(row)), row)


def directions(word: str, times: np.ndarray) -> np.ndarray:
    """What a word that holds for ever says at these times, without what far joints are late by."""
    n, k = WORD_NUMBER[word], len(times)
    d, said = np.empty((k, len(CHANNELS), 3)), np.empty((k, len(SCALARS) + 1))
    words, mix = np.full((500, 2), n), np.ones(500)
    phrase_of(times, -50.0, 0.0, words, mix, WORD_KNOTS, POSE_ROWS, np.zeros_like(LAG_OF), d, said)
    return np.concatenate([d.reshape(k, -1), said], 1)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_passes_through_its_poses_again_and_again(word: str) -> None:
    phrase = PHRASES[word]
    for rounds in (-2, 0, 3):
        said = directions(word, np.array(phrase.seconds) + rounds * phrase.period)
        assert np.allclose(said[:, :-1], [POSES[name] for name in phrase.poses], atol=1e-6)
        made = phrase.turns or [0.0] * len(phrase.poses)
        assert np.allclose(said[:, -1], np.array(made) + rounds * made[-1], atol=1e-6)


def test_the_modelled_pose_is_upright() -> None:
    rest = rest_bodies()
    assert rest.origins[0, BONE["head"], 1] > 0.3
    assert np.allclose(rest.origins[0, BONE["handA"], 0], -rest.origins[0, BONE["handB"], 0])
