"""The crew in the wings: figures in dark working clothes, of whom one sees edges, hands and faces, and their loads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.drawing import paint_drawing
from performance.paint.figure import WHOLLY, Body, FigureKit, dressed, paint_body
from performance.paint.frame import Frame
from performance.paint.gap import FRONT_Z, gap
from performance.paint.modelled import modelled
from performance.paint.wardrobe import WEARS, Wear, worn
from performance.stage import figure_mesh
from performance.stage.crew import Crew

WORKING = 1.06  # a skirt of the crew: nearly black
FACELESS = 300.0  # pixels of height under which nobody looks for a face


def bake_crew() -> FigureKit:
    """A body for each of WEARS, and a fine one too for the first, who is seen near; the others come with it."""
    baked = modelled("blacks", figure_mesh.blacks)
    bodies = [_clothed(baked, wear) for wear in WEARS]
    near = _clothed(modelled("tailored", figure_mesh.tailored), WEARS[0])
    first, *others = (FigureKit(body, body) for body in bodies)
    first.fine, first.coarse_below = near, FACELESS
    first.others = tuple(others)
    return first


def _clothed(baked: dict[str, NDArray[np.generic]], wear: Wear) -> Body:
    """A body in such clothes."""
    return dressed(worn(baked, wear), 2 if wear.skirt else 0, wear.skirt, WORKING if wear.skirt else 2.0)


def paint_crew(frame: Frame, crew: Crew, working: FigureKit, gowns: FigureKit) -> None:
    """Everyone in the wings, the farthest first; of those behind the curtain what its gap shows."""
    kits = (working, *working.others)
    free = gap(frame, crew.curtain)
    for member in crew.members:
        wears = gowns if member.wears is None else kits[member.wears]
        paint_body(frame, member.figure, wears, free if member.figure.z > FRONT_Z else WHOLLY)
        if member.carries is not None:
            paint_drawing(frame, member.carries)
