"""The house from the stage: a seat for everyone; they stand up, and clap and breathe as they are heard to."""

from __future__ import annotations

import numpy as np
import pytest

from performance.gestures import GestureLog, Touch
from performance.score.reader import read_text
from performance.stage.arms import APART, CHEERING, MOVED, POSES, TOGETHER, WAITING
from performance.stage.hands import UP
from performance.stage.house import House, house_at
from performance.stage.seating import POOL, ROWS, house_seats
from performance.stage.stage import stage_at
from performance.stage.thread import DEEP
from performance.timeline import Timeline

SCORE = """
[[beat]]
id = "house"
length = "30s"
fade = "0s"
stage.performer = { facing = 180 }
stage.house = { eyes = 0.5, stand = "0 -> 1", clap = 1, breath = 1, stir = 0 }
stage.thread = { reach = "0 -> 1" }
sound.applause = { clapping = "0 -> 1 over 6s after 10s", count = 300 }
sound.breaths = { count = 60, coupling = "0 -> 6" }
"""
TIMELINE = Timeline(read_text(SCORE))


def house(t: float) -> House:
    found = house_at(TIMELINE.cue("stage.house", t), TIMELINE, t)
    assert found is not None
    return found


def test_hundreds_sit_in_rows_that_grow_towards_us() -> None:
    seats = house_seats(11)
    assert len(seats.u) > 500
    means = [(seats.v[seats.row == row].mean(), seats.size[seats.row == row].mean()) for row in range(ROWS)]
    assert means == sorted(means)
    for row in range(ROWS):
        u = np.sort(seats.u[seats.row == row])
        assert np.diff(u).min() > 1.2 * seats.size[seats.row == row][0]


def test_another_seed_seats_others() -> None:
    assert not np.array_equal(house_seats(1).person[:50], house_seats(2).person[:50])


def test_they_rise_one_after_another() -> None:
    risen = [float((house(t).stood > 0.5).mean()) for t in (1.0, 12.0, 20.0, 29.9)]
    assert risen == sorted(risen)
    assert risen[0] < 0.05 and risen[-1] > 0.95


def test_hands_shine_only_while_they_clap() -> None:
    assert not house(5.0).clapped.any()
    shown = [float((house(22.0 + n / 60).clapped > 0.05).mean()) for n in range(60)]
    assert 0.1 < np.mean(shown) < 0.95


def poses(said: str, t: float = 5.0) -> np.ndarray:
    timeline = Timeline(
        read_text(f'[[beat]]\nid = "a"\nlength = "9s"\nfade = "0s"\nstage.house = {{ {said} }}')
    )
    found = house_at(timeline.cue("stage.house", t), timeline, t)
    assert found is not None
    return found.hands.pose


def test_joy_spreads_and_hands_clap() -> None:
    assert (poses("joy = 0") == WAITING).all()
    assert (poses("joy = 1") == MOVED).all()
    smiling = [float((poses(f"joy = {joy}") == MOVED).mean()) for joy in (0.1, 0.4, 0.8)]
    assert smiling == sorted(smiling) and smiling[0] < 0.2 < 0.7 < smiling[2]
    clapping = poses("clap = 1")
    assert np.isin(clapping, (APART, TOGETHER)).mean() > 0.65
    assert {APART, TOGETHER} <= set(clapping)
    assert (clapping != poses("clap = 1", 5.15)).mean() > 0.15


def test_only_those_who_stand_cheer() -> None:
    assert not (poses("clap = 1") == CHEERING).any()
    assert 0.1 < (poses("clap = 1, stand = 1") == CHEERING).mean() < 0.7


def test_hands_take_no_step_of_their_way_in_no_time() -> None:
    """From frame to frame nobody's hands go further than to the next pose, though many cheer and stop cheering."""
    step = np.zeros(len(POSES), np.int64)
    for n, pose in enumerate(UP):
        step[pose] = n
    step[TOGETHER], step[MOVED] = step[APART], step[WAITING]
    seen = []
    for n in range(240):
        hands = house(22.0 + n / 60).hands
        seen.append(step[np.stack([hands.pose, np.where(hands.shows > 0.0, hands.other, hands.pose)])])
    way = np.array(seen)
    assert np.abs(np.diff(way[:, 0], axis=0)).max() <= 1
    assert np.abs(way[:, 0] - way[:, 1]).max() <= 1
    height = way[:, 0]
    stopped = (height.max(0) == len(UP) - 1) & (height[-1] < height.max(0)) & (height.argmax(0) < 200)
    assert stopped.sum() > 20


def test_hands_that_come_down_take_more_than_a_third_of_a_second() -> None:
    high = np.array([house(22.0 + n / 60).hands.pose for n in range(240)])
    for guest in np.flatnonzero((high[0] == CHEERING) & np.isin(high[-1], (APART, TOGETHER)))[:40]:
        last = np.flatnonzero(high[:, guest] == CHEERING)[-1]
        first = np.flatnonzero(np.isin(high[last:, guest], (APART, TOGETHER)))[0]
        assert 12 <= first <= 60


def test_a_house_comes_one_by_one() -> None:
    before = np.zeros(1)
    for level in (0.1, 0.3, 0.5, 0.8, 1.0):
        timeline = Timeline(
            read_text(f'[[beat]]\nid = "a"\nlength = "9s"\nfade = "0s"\nstage.house = {{ level = {level} }}')
        )
        found = house_at(timeline.cue("stage.house", 4.0), timeline, 4.0)
        assert found is not None
        assert (found.here >= before).all() and found.here.min() >= 0.0
        assert np.ptp(found.here) > 0.03 or level == 1.0
        before = found.here
    assert (before == 1.0).all()


def test_a_curtain_that_is_down_veils_the_house() -> None:
    lines = (
        "",
        "stage.drape = { rise = 0 }",
        "stage.drape = { rise = 0.5 }",
        "stage.drape = { level = 0.4 }",
    )
    veiled = []
    for line in lines:
        timeline = Timeline(
            read_text(f'[[beat]]\nid = "a"\nlength = "9s"\nfade = "0s"\nstage.house = {{}}\n{line}')
        )
        found = house_at(timeline.cue("stage.house", 4.0), timeline, 4.0)
        assert found is not None
        veiled.append(found.veiled)
    assert veiled == [False, True, False, False]


def test_breath_falls_into_step() -> None:
    apart, together = (np.std(house(t).breath - house(t).breath.mean()) for t in (3.0, 29.0))
    assert together < 0.6 * apart


def test_the_thread_finds_every_row() -> None:
    reached = []
    for t in (1.0, 15.0, 29.9):
        (drawing,) = (d for d in stage_at(TIMELINE, t).drawings if d.lines)
        reached.append(float(drawing.lines[0].place[:, -1, 2].mean()) / DEEP)
    assert reached == sorted(reached)
    assert reached[0] < 0.1 and reached[-1] == pytest.approx(1.0, abs=0.02)


def test_a_touched_face_lights_up_with_its_neighbours() -> None:
    touched = Timeline(read_text(SCORE), gestures=GestureLog([Touch(4.0, 0.2, 0.5)]))
    before, after = stage_at(touched, 3.99).house, stage_at(touched, 4.02).house
    assert before is not None and after is not None
    more = after.faces - before.faces
    near = np.hypot(after.seats.u - 0.2, after.seats.v - 0.5) < 0.05
    assert more[near].min() > 0.3
    assert np.abs(more[~near]).mean() < 0.05


def test_nobody_sits_near_their_double() -> None:
    for seed in (1, 7, 42):
        seats = house_seats(seed)
        for row in range(ROWS):
            here = np.flatnonzero(seats.row == row)
            who = seats.person[here[np.argsort(seats.u[here])]]
            assert all(len({*who[n : n + 6]}) == len(who[n : n + 6]) for n in range(len(who)))
        assert np.bincount(seats.person, minlength=POOL).min() > 0.6 * len(seats.person) / POOL


def test_of_two_poses_the_other_is_as_near_as_the_first_is_far() -> None:
    """A pose gives way to the next without a moment at which both, or neither, are whole."""
    halves = 0
    for n in range(120):
        hands = house(22.0 + n / 60).hands
        assert hands.shows.min() >= 0.0 and hands.shows.max() <= 0.5
        halves += int((hands.shows > 0.3).sum())
    assert halves > 20
