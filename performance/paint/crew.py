"""The crew in the wings: figures in dark working clothes, of whom one sees edges, hands and faces, and their loads."""

from __future__ import annotations

from performance.paint.cache import kept
from performance.paint.drawing import paint_drawing
from performance.paint.figure import MADE_BY, FigureKit, dressed, paint_body
from performance.paint.frame import Frame
from performance.paint.wardrobe import WEARS, worn
from performance.stage import figure_mesh
from performance.stage.crew import Crew

WORKING = 1.06  # a skirt of the crew: nearly black


def bake_crew() -> tuple[FigureKit, ...]:
    """A body for each of WEARS."""
    baked = kept("figure", "blacks", figure_mesh.blacks, MADE_BY)
    kits = []
    for wear in WEARS:
        body = dressed(worn(baked, wear), 2 if wear.skirt else 0, wear.skirt, WORKING)
        kits.append(FigureKit(body, body))
    return tuple(kits)


def paint_crew(frame: Frame, crew: Crew, working: tuple[FigureKit, ...], gowns: FigureKit) -> None:
    """Everyone in the wings, the farthest first."""
    for member in crew.members:
        paint_body(
            frame, member.figure, gowns if member.wears is None else working[member.wears % len(working)]
        )
        if member.carries is not None:
            paint_drawing(frame, member.carries)
