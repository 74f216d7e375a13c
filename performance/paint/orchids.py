"""The orchid forest: the far plants soft in the light field, the middle ones sharp, the near ones out of focus."""

from __future__ import annotations

import numpy as np

from performance.paint.canvas import Bytes, Canvas, Light
from performance.paint.frame import Frame
from performance.paint.pace import Pace, lay
from performance.paint.petals import FOCUS, paint_blossoms, sprites_for
from performance.paint.ribbons import paint_ribbons
from performance.paint.shaft import shaft_of
from performance.paint.standing import Standing
from performance.stage.forest import FAR, MIDDLE, NEAR
from performance.stage.orchids import Orchids

KEEPS = {FAR: 0.55, MIDDLE: 0.90, NEAR: 0.80}  # how much of its light each plane keeps in the haze
FAINT = 0.3  # level below which plants are not only darker: they begin to be seen through
RATE, FAR_RATE = 20.0, 10.0  # pictures a second: what sways moves less than a pixel from one to the next


class Forest:
    """Paints the forest on one canvas. Its planes take turns: in one frame it is worked out where the plants are now
    and the far ones are drawn, in another those in the middle, in a third the near ones."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.far: Light = np.zeros_like(canvas.field)
        self.planes = {MIDDLE: Standing(canvas, 1), NEAR: Standing(canvas, 2)}
        self.paces = {FAR: Pace(FAR_RATE), MIDDLE: Pace(RATE, 2 / 3), NEAR: Pace(RATE, 1 / 3)}
        self.growth = Pace(RATE)
        self.orchids: Orchids | None = None
        self.nowhere = np.zeros_like(canvas.touched)  # the field has no tiles

    def prepare(self) -> None:
        """Make the blossoms at the sizes of this canvas: a third of a second, best spent before the doors open."""
        unit, canvas = self.canvas.view.unit, self.canvas
        sprites_for(FAR, unit * canvas.field_height / canvas.height)
        for plane, standing in self.planes.items():
            sprites_for(plane, unit * len(standing.plane) / canvas.height)

    def paint(self, frame: Frame, orchids: Orchids, plane: int) -> None:
        """Draw one plane: FAR into the field, MIDDLE crisp, NEAR at half size and laid over it."""
        if self.orchids is None or self.growth.due(frame.t):
            self.orchids = orchids
            orchids.work_out()  # here, though the far plants are drawn in every other turn only
        due = self.paces[plane].due(frame.t)
        if plane == FAR:
            if due:
                self.far.fill(0.0)
                self._plant(frame, self.orchids, plane, self.far, self.nowhere)
            self.canvas.field_bands(lay, self.canvas.field, self.far)
            return
        standing = self.planes[plane]
        if due or not standing.kept:
            standing.clear()
            self._plant(frame, self.orchids, plane, standing.plane, standing.marks)
        standing.lay()

    def _plant(self, frame: Frame, orchids: Orchids, plane: int, out: Light, touched: Bytes) -> None:
        """Draw one plane into `out`, blossoms over stems and leaves."""
        shaft, view = shaft_of(frame), self.canvas.view
        unit = view.unit * out.shape[0] / view.height
        soft = FOCUS[plane] if plane == FAR else max(1.0, FOCUS[plane] * unit / 1080.0)
        gain, shown = KEEPS[plane] * orchids.level, min(1.0, orchids.level / FAINT)
        paint_ribbons(
            frame, out, touched, orchids.ribbons[plane], shaft, shaft.veil[plane], soft, gain, shown
        )
        paint_blossoms(frame, out, touched, orchids, plane, shaft, gain, shown)
