"""What a pointer does becomes gestures: where it is, quick strokes, touches."""

from __future__ import annotations

import pytest

from performance.gestures import Gesture, Move, Sweep, Touch
from performance.live.pointer import BETWEEN, Pointer
from performance.paint.canvas import View

VIEW = View(1280, 720)


def drag(pointer: Pointer, speed: float, seconds: float = 0.4) -> list[Gesture]:
    """To the right at so many picture heights a second."""
    done = []
    for frame in range(int(seconds * 60)):
        pointer.move(200.0 + speed * 720.0 * frame / 60, 360.0)
        done += pointer.gestures(VIEW, frame / 60, 10.0 + frame / 60)
    return done


def test_a_pointer_at_rest_says_nothing() -> None:
    pointer = Pointer()
    assert pointer.gestures(VIEW, 1.0, 1.0) == []
    pointer.move(10, 10)
    pointer.gestures(VIEW, 1.0, 1.0)
    assert pointer.gestures(VIEW, 1.1, 1.1) == []


def test_it_leads_to_its_place_once_a_frame() -> None:
    pointer = Pointer()
    for x in range(100):
        pointer.move(540 + x, 360)
    pointer.move(640, 360)
    (move,) = pointer.gestures(VIEW, 2.5, 2.5)
    assert isinstance(move, Move)
    assert (move.t, move.u, move.v) == (2.5, 0.0, 0.5)


def test_slow_is_no_sweep_and_quick_is_one_after_another() -> None:
    assert not [gesture for gesture in drag(Pointer(), 0.5) if isinstance(gesture, Sweep)]
    sweeps = [gesture for gesture in drag(Pointer(), 3.0) if isinstance(gesture, Sweep)]
    assert len(sweeps) == 2
    assert sweeps[1].t - sweeps[0].t >= BETWEEN - 1e-9
    assert sweeps[0].du == pytest.approx(3.0)
    assert sweeps[0].dv == 0.0


def test_quicker_is_stronger() -> None:
    strengths = []
    for speed in (2.0, 3.0, 9.0):
        strengths.append(next(g.strength for g in drag(Pointer(), speed) if isinstance(g, Sweep)))
    assert strengths == sorted(strengths)
    assert strengths[-1] == 1.0


def test_every_press_touches_its_place() -> None:
    pointer = Pointer()
    pointer.press(640, 0)
    pointer.press(640, 720)
    touches = pointer.gestures(VIEW, 1.0, 1.0)
    assert [(type(touch), touch.u, touch.v) for touch in touches] == [(Touch, 0.0, 0.0), (Touch, 0.0, 1.0)]
