"""A drop's echoes are a family: everyone has a parent, nobody is too early, the line never dies; crystals share it."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.lineage import CROWD, SEEN, TOGETHER, brood, drop_motif, paired, rings
from performance.causes.pulses import crystals, lit
from performance.score.reader import read_text
from performance.timeline import Timeline

BEATS = """
title = "a test"
[[beat]]
id = "one"
length = "20s"
sound.drop = { at = "2s" }
[[beat]]
id = "two"
length = "20s"
sound.pulses = { source = "drop" }
[[beat]]
id = "three"
length = "12s"
sound.drop = { at = "4s" }
sound.pulses = { source = "own", rate = 2, answer = 1 }
"""
TIMELINE = Timeline(read_text(BEATS))
FAMILY = brood(3, 1.0, 40.0, 1.2, 0.7, 0.4, 0.9, 2000)


def test_every_echo_has_a_parent_that_fell_before_it() -> None:
    fallen = {ring.lineage: ring for ring in FAMILY}
    assert FAMILY[0].lineage == 1 and FAMILY[0].t == 1.0
    for ring in FAMILY[1:]:
        parent = fallen[ring.parent]
        assert parent.t < ring.t and parent.generation == ring.generation - 1
        assert ring.z >= FAMILY[0].z and ring.heft < parent.heft


def test_the_eldest_line_never_breaks_off_and_stays_near() -> None:
    line = [ring for ring in FAMILY if ring.eldest]
    assert [ring.generation for ring in line] == list(range(len(line)))
    assert line[-1].t > 37.0 and max(abs(ring.x) for ring in line) < 1.0
    assert [ring.z for ring in line] == sorted(ring.z for ring in line)


def test_it_grows_wild_but_never_beyond_a_crowd_and_does_not_die() -> None:
    a_second = np.histogram([ring.t for ring in FAMILY], np.arange(1.0, 40.0))[0]
    assert a_second[:3].max() <= 2
    assert a_second[20:].mean() > 6 * max(a_second[:4].mean(), 0.5)
    assert a_second.max() < 2.5 * CROWD
    assert a_second[4:].min() > 0


def test_who_looks_less_far_sees_the_same() -> None:
    assert brood(3, 1.0, 15.0, 1.2, 0.7, 0.4, 0.9, 2000) == tuple(ring for ring in FAMILY if ring.t < 15.0)


def test_echoes_go_on_into_later_beats_until_another_drop_falls() -> None:
    whole = rings(TIMELINE, 0.0, 52.0)
    assert [ring.t for ring in whole if ring.generation == 0] == pytest.approx([2.0, 44.0])
    assert any(20.0 < ring.t < 40.0 for ring in whole)
    assert not any(44.0 < ring.t < 44.4 for ring in whole)
    parts = [ring for i in range(104) for ring in rings(TIMELINE, i * 0.5, (i + 1) * 0.5)]
    assert parts == whole


def test_the_eldest_line_is_a_motif() -> None:
    for seed in range(10):
        made = drop_motif(seed)
        assert len(made) == 5 and made[0].degree == 0
        assert all(note.beats >= 0.5 for note in made)


def test_crystals_stand_apart_and_are_joined() -> None:
    stars = crystals(5, 24)
    far = np.hypot(stars.x[:, None] - stars.x, stars.y[:, None] - stars.y) + 9 * np.eye(24)
    assert far.min() > 0.05
    assert all(len(friends) >= 2 for friends in stars.joined)


def test_answers_follow_the_lines_and_come_later_and_weaker() -> None:
    made = lit(TIMELINE, 42.0, 52.0)
    stars = crystals(TIMELINE.seed, 18)
    by_root: dict[int, list[object]] = {}
    for pulse in made:
        by_root.setdefault(pulse.which // 64, []).append(pulse)
        if pulse.caller >= 0:
            assert pulse.crystal in stars.joined[pulse.caller]
    assert any(pulse.step >= 3 for pulse in made)
    for pulses in by_root.values():
        called = [p for p in pulses if p.step > 0]  # type: ignore[attr-defined]
        root = [p for p in pulses if p.step == 0]  # type: ignore[attr-defined]
        assert all(p.t > r.t and p.level < r.level for p in called for r in root)  # type: ignore[attr-defined]


def test_the_drop_lights_the_crystals() -> None:
    woken = [pulse for pulse in lit(TIMELINE, 22.0, 38.0) if pulse.step == 0]
    fallen = {ring.t for ring in rings(TIMELINE, 22.0, 38.0)}
    assert len(woken) > 20 and {pulse.t for pulse in woken} <= fallen
    for crystal in range(18):
        own = [pulse.t for pulse in woken if pulse.crystal == crystal]
        assert all(np.diff(own) >= 1.0)


def test_windows_of_pulses_together_are_the_whole() -> None:
    whole = lit(TIMELINE, 20.0, 52.0)
    parts = [pulse for i in range(64) for pulse in lit(TIMELINE, 20.0 + i * 0.5, 20.5 + i * 0.5)]
    assert parts == whole


@pytest.mark.parametrize("seed", range(12))
def test_no_two_echoes_look_back_like_eyes(seed: int) -> None:
    """Of those that fall together and are to be told apart, never two of a size lie level, side by side."""
    family = [
        ring
        for ring in brood(seed, 6.0, 30.0, 2.0, 0.92, 0.6, 0.98, 2000)
        if not ring.eldest and ring.heft > SEEN
    ]
    assert len(family) > 20
    for n, ring in enumerate(family):
        for other in family[n + 1 :]:
            assert other.t - ring.t >= TOGETHER or not paired(ring, other)
