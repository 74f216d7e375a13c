"""Trails of light: none at rest, pointed where they begin and gone where they end, no longer than a stroke may be."""

from __future__ import annotations

import numpy as np

from performance.causes.place import Camera
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.threads import Threads
from performance.paint.trails import CORE, STRANDS, _brush, _ribbon, trails_of
from performance.stage.figure import Manner
from performance.stage.lights import Lights
from performance.stage.performer import Performer, figure


def dancer(word: str, t: float, trails: float = 1.0) -> Performer:
    return figure(t, lambda _: (word, word, 1.0), lambda _: (0.0, 0.0), Manner(7, 0.42), trails=trails)


def frame(performer: Performer) -> Frame:
    return Frame(Canvas(640, 360, threads=Threads(1)), Camera(), Lights(), performer.t, 7)


def test_no_trails_where_none_are_asked_for() -> None:
    made = dancer("twirl", 2.4, 0.0)
    assert all(len(lines) == 0 for lines in trails_of(frame(made), made))


def test_a_stroke_begins_at_a_point_and_ends_dark() -> None:
    age, quick = np.linspace(0.0, 1.0, 60), np.ones(60)
    light, broad = _brush(age, quick, 9.0 - age, np.zeros((3, STRANDS, 1)))
    assert (light >= 0.0).all() and (broad >= 0.0).all()
    assert light[CORE, 0] == broad[CORE, 0] == 0.0
    assert np.abs(light[:, -1]).max() < 1e-9
    assert 0 < broad[CORE].argmax() < 30


def test_quick_strokes_are_broad_and_bright() -> None:
    age = np.full(1, 0.2)
    slow, fast = (_brush(age, np.full(1, k), 3.0 - age, np.zeros((3, STRANDS, 1))) for k in (0.2, 1.0))
    assert (fast[0][CORE] > 3 * slow[0][CORE]).all() and (fast[1][CORE] > 3 * slow[1][CORE]).all()


def test_a_stroke_of_a_turning_hand_is_no_hoop() -> None:
    made = dancer("twirl", 2.4)
    lines, _ = _ribbon(frame(made), made, 0)
    core = lines.reshape(STRANDS, -1, 10)[CORE]
    lit = core[core[:, 4] > 0.02]
    long = np.hypot(lit[:, 2] - lit[:, 0], lit[:, 3] - lit[:, 1]).sum() / 360
    assert 0.0 < long < 0.42 * 2.2
    assert np.isfinite(lines).all()
