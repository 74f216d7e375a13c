"""The crew in the wings: figures in dark working clothes, of whom one sees edges, hands and faces, and their loads."""

from __future__ import annotations

from performance.paint.drawing import paint_drawing
from performance.paint.figure import FigureKit, dressed, paint_body
from performance.paint.frame import Frame
from performance.paint.modelled import modelled
from performance.paint.wardrobe import WEARS, worn
from performance.stage import figure_mesh
from performance.stage.crew import Crew

WORKING = 1.06  # a skirt of the crew: nearly black


def bake_crew() -> FigureKit:
    """A body for each of WEARS: the first, which is seen near, and the others with it."""
    baked = modelled("blacks", figure_mesh.blacks)
    near = modelled("tailored", figure_mesh.tailored)
    bodies = [
        dressed(
            worn(baked if n else near, wear),
            2 if wear.skirt else 0,
            wear.skirt,
            WORKING if wear.skirt else 2.0,
        )
        for n, wear in enumerate(WEARS)
    ]
    first, *others = (FigureKit(body, body) for body in bodies)
    first.others = tuple(others)
    return first


def paint_crew(frame: Frame, crew: Crew, working: FigureKit, gowns: FigureKit) -> None:
    """Everyone in the wings, the farthest first."""
    kits = (working, *working.others)
    for member in crew.members:
        paint_body(frame, member.figure, gowns if member.wears is None else kits[member.wears])
        if member.carries is not None:
            paint_drawing(frame, member.carries)
