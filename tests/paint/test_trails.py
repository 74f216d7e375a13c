"""Trails of light: none at rest, pointed where they begin and gone where they end, no longer than a stroke may be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from performance.causes.place import Camera
from performance.paint.brush import THINNEST
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.threads import Threads
from performance.paint.trails import trails_of
from performance.stage.figure import Manner
from performance.stage.lights import Lights
from performance.stage.performer import TRAIL, Performer, figure


def dancer(word: str, t: float, trails: float = 1.0) -> Performer:
    return figure(t, lambda _: (word, word, 1.0), lambda _: (0.0, 0.0), Manner(7, 0.42), trails=trails)


def frame(performer: Performer) -> Frame:
    return Frame(Canvas(1280, 720, threads=Threads(1)), Camera(), Lights(), performer.t, 7)


def test_no_trails_where_none_are_asked_for() -> None:
    made = dancer("twirl", 2.4, 0.0)
    assert all(len(lines) == 0 for lines in trails_of(frame(made), made))


def swept(speed: float) -> Performer:
    """Both hands pass from one side to the other, so many figure heights a second."""
    made = dancer("stand", 2.4)
    trail = np.zeros_like(made.trail)
    trail[..., 0] = np.linspace(0.5, 0.5 - speed * TRAIL, len(trail))[:, None]
    trail[..., 1] = 0.7
    return replace(made, trail=trail)


def core(made: Performer) -> np.ndarray:
    """The lines of the body of the stroke behind the first hand: the widest of each place but for the veil."""
    lines = np.concatenate(trails_of(frame(made), made))
    longer = lines[np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]) > 0.1]
    return longer[longer[:, 4:6].max(1) > 0.1]


def test_a_stroke_begins_at_a_point_and_ends_dark() -> None:
    lit = core(swept(1.0))
    newest = lit[lit[:, 0].argmax()]
    assert newest[4] < 0.2 * lit[:, 4].max()
    assert newest[6] == np.float32(THINNEST)
    oldest = lit[:, 0] < lit[:, 0].min() + 20.0
    assert lit[oldest, 4].max() < 0.5 * lit[:, 4].max()


def test_quick_strokes_are_broad_and_bright() -> None:
    slow, fast = core(swept(0.3)), core(swept(1.2))
    assert len(fast) > 0
    assert fast[:, 4].max() > 3 * (slow[:, 4].max() if len(slow) else 0.03)
    assert fast[:, 6].max() > 1.5 * THINNEST


def test_a_stroke_of_a_turning_hand_is_no_hoop() -> None:
    made = dancer("twirl", 2.4)
    lit = core(made)
    assert np.isfinite(lit).all()
    long = np.hypot(lit[:, 2] - lit[:, 0], lit[:, 3] - lit[:, 1]).sum() / 720
    assert 0.0 < long < 2 * 3 * 0.42 * 2.2  # two hands, and a thread or two beside each
