"""The constellation: hangs clear of the performer, is joined per emotion, and answers touches near before far."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.constellation import (
    EMOTIONS,
    MIRRORS,
    Constellation,
    answers,
    constellation,
    nearest,
)
from performance.causes.fracture import fracture
from performance.causes.place import STILL, Camera


@pytest.fixture(scope="module")
def stars() -> Constellation:
    return constellation(11, fracture(11, 10.0, 0.0, 0.6, 0.0))


def test_mirrors_hang_in_the_picture_and_clear_of_the_performer(stars: Constellation) -> None:
    assert len(stars.mirrors) == MIRRORS
    u, v, _ = STILL.project(*stars.places[stars.mirrors].T)
    assert np.allclose(np.stack([u, v], 1), stars.uv)
    reach = stars.size  # seen at most: also the frame that shows least shows them whole
    assert (np.abs(u) + 0.5 * reach < 0.62).all() and (v > 0).all() and (v < 0.62).all()
    assert not ((np.abs(u) < 0.1) & (v > 0.38)).any()


def test_every_emotion_is_joined_by_the_fewest_lines(stars: Constellation) -> None:
    feeling = stars.emotion[stars.mirrors]
    assert (feeling[stars.links[:, 0]] == feeling[stars.links[:, 1]]).all()
    assert len(stars.links) == MIRRORS - len(EMOTIONS)
    group = np.arange(MIRRORS)
    for a, b in stars.links:
        group[group == group[a]] = group[b]
    assert len(set(group)) == len(EMOTIONS)


def test_the_mirror_at_a_place_is_found_also_when_the_camera_moves(stars: Constellation) -> None:
    camera = Camera(0.05, 0.02, 0.1, 1.1)
    for which in (0, 17, 40):
        assert nearest(stars, *stars.uv[which], STILL) == which
        u, v, _ = camera.project(*stars.places[stars.mirrors[which]])
        assert nearest(stars, float(u), float(v), camera) == which
    assert nearest(stars, 0.0, 0.95, STILL) == -1


def test_neighbours_answer_later_and_fainter(stars: Constellation) -> None:
    late, strong = answers(stars, 5)
    assert late[5] == 0 and strong[5] == 1
    assert (np.delete(late, 5) > 0).all() and (np.delete(strong, 5) < 0.7).all()
    same = np.flatnonzero(stars.emotion[stars.mirrors] == stars.emotion[stars.mirrors[5]])
    order = same[np.argsort(stars.distance[5, same])]
    assert (np.diff(strong[order]) <= 0).all()


def test_a_touch_where_a_mirror_hangs_meets_one(stars: Constellation) -> None:
    which = [nearest(stars, u, v, STILL) for u, v in stars.uv]
    assert min(which) >= 0
    assert set(stars.emotion[stars.mirrors[which]]) == {0, 1, 2}


def test_the_ghost_goes_round_the_larger_mirrors_an_emotion_at_a_time(stars: Constellation) -> None:
    feeling = stars.emotion[stars.mirrors][stars.rounds]
    assert (np.diff(feeling) >= 0).all() and set(feeling) == {0, 1, 2}
    small = np.setdiff1d(np.arange(MIRRORS), stars.rounds)
    assert stars.size[stars.rounds].min() >= stars.size[small].max()
