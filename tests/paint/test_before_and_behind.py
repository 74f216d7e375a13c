"""What lies before what: lit air behind a figure is not seen over it, cloth hides who is behind it and the boards."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from performance.causes.place import Camera
from performance.paint.canvas import Canvas
from performance.paint.curtain import paint_drapes
from performance.paint.figure import FigureKit, bake_figure, paint_body
from performance.paint.floor import paint_floor
from performance.paint.frame import Frame
from performance.paint.gap import FLAT, gap
from performance.paint.threads import Threads
from performance.stage.curtain import Curtain
from performance.stage.figure import Manner
from performance.stage.floor import Floor
from performance.stage.lights import Beam, Lights
from performance.stage.performer import Performer, figure

KIT: list[FigureKit] = []


def kit() -> FigureKit:
    KIT[:] = KIT or [bake_figure()]
    return KIT[0]


def dancer(x: float = 0.0) -> Performer:
    return figure(3.0, lambda _: ("open", "open", 1.0), lambda _: (x, 0.0), Manner(7, 0.42))


def frame(before: float = 0.0, threads: int = 1) -> Frame:
    canvas = Canvas(480, 270, threads=Threads(threads))
    lights = replace(Lights(), beam=Beam(level=1.0, before=before))
    return Frame(canvas, Camera(), lights, 3.0, 5)


def air_over_her(before: float, threads: int = 1) -> np.ndarray:
    seen = frame(before, threads)
    seen.canvas.air[..., :3] = 1.0
    paint_body(seen, dancer(), kit())
    return np.array(seen.canvas.air[..., 0])


def test_lit_air_behind_her_is_not_seen_over_her() -> None:
    assert (air_over_her(0.0) == 1.0).all()
    full, half = air_over_her(1.0), air_over_her(0.5)
    assert full.min() < 0.3 and (full[:, :10] == 1.0).all()
    assert np.allclose(1.0 - full, 2.0 * (1.0 - half), atol=1e-5)


def test_it_is_the_same_on_any_number_of_threads() -> None:
    assert (air_over_her(1.0, 1) == air_over_her(1.0, 3)).all()


def test_cloth_hides_who_is_behind_it() -> None:
    seen, curtain = frame(), Curtain(open=0.3)
    free = gap(seen, curtain)
    paint_body(seen, dancer(-0.34), kit(), free)
    drawn = seen.canvas.crisp[..., 3] > 0.0
    columns = np.arange(seen.canvas.width)
    outside = (columns < free[:, :1]) | (columns >= free[:, 1:])
    assert drawn.any() and not (drawn & outside).any()


def test_no_boards_are_seen_in_cloth_before_them() -> None:
    seen = frame()
    paint_floor(seen, Floor(level=1.0))
    boards = seen.canvas.detail != FLAT
    paint_drapes(seen, Curtain(open=0.0))
    left = seen.canvas.detail != FLAT
    hem = int(np.flatnonzero(left.any(1))[0])
    assert boards[: hem - 4].any() and left[hem + 4 :].any()
