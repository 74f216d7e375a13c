"""The crew: who is asked for is there, errands go on and on, a nod bends the head once, what is carried is in hand."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.gone import gone
from performance.paint.gap import FRONT_Z
from performance.score.reader import read_text
from performance.stage.crew import ROUND, Crew, crew_at
from performance.stage.skeleton import BONE
from performance.timeline import Timeline

LINE = '[[beat]]\nid = "a"\nlength = "30s"\nfade = "0s"\nstage.crew = {{ {} }}'


def crew(said: str, t: float, seed: int = 11) -> Crew | None:
    return crew_of(Timeline(read_text(LINE.format(said))), t, seed)


def crew_of(timeline: Timeline, t: float, seed: int) -> Crew | None:
    hurried = gone(timeline, "stage.crew", "hurry", t)
    return crew_at(lambda when: timeline.cue("stage.crew", when), t, seed, hurried)


def present(said: str, t: float) -> Crew:
    found = crew(said, t)
    assert found is not None
    return found


def test_nobody_is_there_who_was_not_asked_for() -> None:
    assert crew("", 3.0) is None
    assert len(present("manager = 1, watcher = 0.5, assistants = 3", 3.0).members) == 5


def test_they_stand_from_the_back_to_the_front() -> None:
    depths = [m.figure.z for m in present("manager = 1, watcher = 1, assistants = 4", 8.0).members]
    assert depths == sorted(depths, reverse=True)


@pytest.mark.parametrize("t", [2.0, 9.5, 21.0])
def test_assistants_hurry_both_ways_and_stay_about(t: float) -> None:
    here = [m.figure for m in present("assistants = 4", t).members]
    soon = [m.figure for m in present("assistants = 4", t + 0.5).members]
    moved = np.array([b.x - a.x for a, b in zip(here, soon, strict=True)])
    moved = (moved + ROUND / 2) % ROUND - ROUND / 2
    assert moved.max() > 0.08 and moved.min() < -0.08
    assert all(abs(figure.x) <= ROUND / 2 for figure in here)


def test_assistants_are_of_several_kinds() -> None:
    wears = [member.wears for member in present("assistants = 4, manager = 1, watcher = 1", 7.0).members]
    assert sorted(w for w in wears if w is not None) == [0, 1, 2, 3, 4]
    assert wears.count(None) == 1


def test_she_nods_when_it_is_said_and_looks_up_again() -> None:
    def head(t: float) -> float:
        turns = present('watcher = 1, nod = "10s"', t).members[0].figure.turns
        return float(turns[BONE["head"], 1, 2])  # how far what looks ahead looks up

    assert head(10.85) < min(head(9.0), head(13.0)) - 0.1


def test_the_manager_wears_her_headset_and_holds_her_board() -> None:
    (member,) = present("manager = 1", 5.0).members
    assert member.carries is not None
    assert member.carries.panes is not None and member.carries.glints is not None
    head = np.array(member.figure.joint("head"))
    assert np.linalg.norm(member.carries.glints.place - head, axis=-1).max() < 0.2 * member.figure.height


def test_some_pass_before_the_curtain_and_the_others_behind_it() -> None:
    depths = [member.figure.z for member in present("assistants = 6, near = 2", 4.0).members]
    assert sum(z < FRONT_Z for z in depths) == 2 and sum(z > 0.5 for z in depths) == 4


def test_an_errand_does_not_reach_back_to_the_one_before() -> None:
    timeline = Timeline(read_text(LINE.format("assistants = 4, hurry = 1")))
    before: list[float] = []
    ended = 0
    for t in np.arange(0.0, 16.0, 0.25):
        found = crew_of(timeline, float(t), 11)
        assert found is not None
        here = [member.figure for member in found.members]
        for figure, was in zip(here, before, strict=False):
            if abs(figure.x - was) > ROUND / 2:  # where the skirt hung from, and the feet
                ended += 1
                assert np.abs(figure.hips[:, 0] - figure.hips[0, 0]).max() * figure.height < 0.3
                assert np.abs(figure.legs[..., 0]).max() * figure.height < 0.6
        before = [figure.x for figure in here]
    assert ended >= 3


def test_feet_stay_where_they_are_set_down_though_somebody_begins_to_hurry() -> None:
    timeline = Timeline(read_text(LINE.format('assistants = 1, hurry = "0 -> 1"')))
    toes = []
    for t in np.arange(20.0, 21.1, 1 / 30):
        found = crew_of(timeline, float(t), 11)
        assert found is not None
        toes.append([found.members[0].figure.joint(bone) for bone in ("toesA", "toesB")])
    went = np.abs(np.diff(np.array(toes), axis=0))[..., 0] * 30
    assert np.median(went.min(1)) < 0.01 < 0.2 < went.max()
