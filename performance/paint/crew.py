"""The crew in the wings: figures in working blacks, of whom one sees edges, hands and faces, and what they carry."""

from __future__ import annotations

import numpy as np

from performance.paint.cache import kept
from performance.paint.drawing import paint_drawing
from performance.paint.figure import MADE_BY, FigureKit, dressed, paint_body
from performance.paint.frame import Frame
from performance.stage import figure_mesh
from performance.stage.crew import Crew
from performance.stage.skeleton import BONE

BARE = [BONE[name] for name in BONE if name[:-1] in ("hand", "fingers", "tips", "thumb") or name == "head"]

BULK = 0.011  # figure heights that working clothes stand off the skin


def bake_crew() -> FigureKit:
    """A body in working blacks: everything but hands and head is as dark as hair."""
    baked = dict(kept("figure", "blacks", figure_mesh.blacks, MADE_BY))
    bare = np.isin(baked["bones"][:, 0], BARE)
    baked["hair"] = np.where(bare, baked["hair"], np.float32(1.0))
    worn = np.where(bare, 0.0, BULK).astype(np.float32)
    baked["points"] = baked["points"] + baked["normals"] * worn[:, None]
    body = dressed(baked, 0)
    return FigureKit(body, body)


def paint_crew(frame: Frame, crew: Crew, blacks: FigureKit, gowns: FigureKit) -> None:
    """Everyone in the wings, the farthest first."""
    for member in crew.members:
        paint_body(frame, member.figure, gowns if member.gown else blacks)
        paint_drawing(frame, member.carries)
