"""Motes: they start at their seats, never jump, stay in the house, and answer whoever calls."""

from __future__ import annotations

import numpy as np
import pytest

from performance.score.kinds.moving import Moving
from performance.score.model import Thing
from performance.score.things.motes import Motes as Written
from performance.score.things.sunbeam import Sunbeam as WrittenSun
from performance.stage.calls import LASTS, SPEED, Calls, answer, hue_colour
from performance.stage.leaving import leaving
from performance.stage.lights import Beam
from performance.stage.motes import Motes, motes_at
from performance.stage.sunbeam import Sunbeam, sunbeam_at
from performance.timeline import Cue

COUNT = 1200


def cue_of(thing: type[Thing], **numbers: float) -> Cue:
    kinds = {name: kind for name, kind in thing.kinds.items() if isinstance(kind, Moving)}
    return Cue(
        {name: kind.rest(numbers.get(name, kind.default)) for name, kind in kinds.items()}, 0.0, 0.0, 9.0
    )


def motes(t: float, dissolve: float = 1.0, calls: Calls | None = None, **numbers: float) -> Motes:
    made = motes_at(cue_of(Written, **{"level": 1.0, "count": COUNT, **numbers}), t, 11, dissolve, calls)
    assert made is not None
    return made


def sunbeam(voice: float, pitch_hz: float = 300.0, **numbers: float) -> Sunbeam | None:
    return sunbeam_at(cue_of(WrittenSun, **{"level": 1.0, **numbers}), 4.0, 11, voice, pitch_hz)


def call(t: float, u: float = 0.0, v: float = 0.4, strength: float = 1.0) -> Calls:
    one = (np.array([number], np.float32) for number in (t, u, v, strength))
    return Calls(*one, np.array([hue_colour(0.6)], np.float32))


@pytest.mark.parametrize("settings", [{"level": 0.0}, {"level": 1.0}])
def test_nothing_is_free_while_everybody_sits(settings: dict[str, float]) -> None:
    assert motes_at(cue_of(Written, **settings), 4.0, 11, 0.0) is None


def test_a_mote_begins_where_its_person_was() -> None:
    home = leaving(11, COUNT)
    dissolve = float(home.hour[400]) + 0.004
    made = motes(9.0, dissolve)
    assert np.hypot(made.u[400] - home.home_u[400], made.v[400] - home.home_v[400]) < 0.002
    assert made.light[400].max() > 0.3


@pytest.mark.parametrize("swarm", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("t", [0.0, 63.2, 1900.0])
def test_motes_drift_and_never_jump(swarm: float, t: float) -> None:
    step = 1 / 60
    a, b = motes(t, swarm=swarm), motes(t + step, swarm=swarm)
    moved = np.hypot(a.u - b.u, a.v - b.v)
    assert np.quantile(moved, 0.99) < 0.4 * step
    assert moved.max() < 1.6 * step


def test_leaving_is_slow_and_smooth() -> None:
    dissolve = np.linspace(0.30, 0.50, 41)
    n = leaving(11, COUNT).freed(0.30)
    v = np.array([motes(5.0, float(d)).v[:n] for d in dissolve])
    assert np.abs(np.diff(v, axis=0)).max() < 0.07


@pytest.mark.parametrize("t", [3.0, 77.0, 400.0])
@pytest.mark.parametrize("swarm", [0.0, 1.0])
def test_motes_stay_in_the_house(t: float, swarm: float) -> None:
    made = motes(t, swarm=swarm)
    assert np.mean((np.abs(made.u) < 1.5) & (made.v > -0.6) & (made.v < 1.4)) > 0.96
    assert np.isfinite(made.light).all()
    assert (made.light >= 0.0).all()
    assert (made.radius > 0.0).all()


def test_a_moment_is_the_same_however_it_is_reached() -> None:
    once = motes(33.0, 0.7)
    motes(12.0, 0.2)
    again = motes(33.0, 0.7)
    for name in Motes.__slots__:
        assert np.array_equal(getattr(once, name), getattr(again, name))


def test_motes_are_gathered_not_scattered() -> None:
    """More than twice as many find themselves in a crowd as if each had its place by chance."""
    made = motes(40.0, count=6000)
    table = np.histogram2d(made.u, made.v, bins=(36, 20), range=((-0.9, 0.9), (0.0, 1.0)))[0]
    assert table.var() > 2.5 * table.mean()


def test_fallen_motes_are_dark() -> None:
    assert motes(20.0, fall=1.0).light.max() < 0.02


def test_a_call_is_not_felt_before_its_front_arrives() -> None:
    called, quiet = motes(20.0, calls=call(19.5)), motes(20.0)
    r = np.hypot(quiet.u, quiet.v - 0.4)
    far = r > SPEED * 0.5 + 0.25
    assert np.allclose(called.u[far], quiet.u[far], atol=1e-4)
    assert np.allclose(called.light[far], quiet.light[far], atol=1e-3)
    met = np.abs(r - SPEED * 0.5) < 0.03
    assert called.light[met].sum() > 1.5 * quiet.light[met].sum()
    assert np.mean(called.v[met] - quiet.v[met]) < -0.005


@pytest.mark.parametrize("t", [18.9, 19.0 + LASTS, 300.0])
def test_a_call_ends(t: float) -> None:
    place = np.zeros(3, np.float32)
    assert answer(place, place, call(19.0), t, 1.0) is None


def test_the_last_of_a_call_fades_rather_than_stops() -> None:
    u, v = (np.linspace(-0.9, 0.9, 50, dtype=np.float32) for _ in range(2))
    last = answer(u, v, call(0.0), LASTS - 0.01, 1.0)
    assert last is not None
    assert last.bright.max() < 0.01


def test_dust_is_seen_in_the_beam_alone() -> None:
    cue = cue_of(Written, level=1.0, dust=1.0)
    beam = Beam(level=1.0, x=0.3, from_x=0.0, from_y=1.4)
    lit, dark = motes_at(cue, 4.0, 11, 0.0, beam=beam), motes_at(cue, 4.0, 11, 0.0, beam=Beam())
    assert lit is not None
    assert dark is None
    assert lit.light.max() > 0.05


def test_the_voice_is_bright_and_wide() -> None:
    silent, soft, loud = sunbeam(0.0), sunbeam(0.3), sunbeam(1.0)
    assert silent is not None
    assert soft is not None
    assert loud is not None
    assert silent.level < soft.level < loud.level
    assert silent.width < soft.width < loud.width
    assert sunbeam(0.0, rest=0.0) is None


def test_a_higher_voice_is_whiter_and_narrower() -> None:
    low, high = sunbeam(0.8, 150.0), sunbeam(0.8, 800.0)
    assert low is not None
    assert high is not None
    assert high.width < low.width
    assert high.colour[2] / high.colour[0] > low.colour[2] / low.colour[0]


def test_the_ray_lights_what_is_in_it() -> None:
    sun = sunbeam(0.8)
    assert sun is not None
    middle = (sun.source_u + sun.u) / 2, (sun.source_v + sun.v) / 2
    u, v = np.array([middle[0], middle[0] + 3.0], np.float32), np.array([middle[1]] * 2, np.float32)
    within, without = sun.glow(u, v)
    assert within > 0.9 * sun.level
    assert without < 0.01
    lit = sun.glow(*(sun.dust[:, k].astype(np.float32) for k in (0, 1)))
    assert np.corrcoef(lit, sun.dust[:, 3])[0, 1] > 0.1
