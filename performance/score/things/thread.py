"""One shimmering thread from you to every face."""

from __future__ import annotations

from performance.score.fields import Number, Tint, number, tint
from performance.score.model import Thing


class Thread(Thing):
    """The last notes, as lines of light that leave your hands and find everyone in the house."""

    reach: Number = number(1.0, 0.0, 1.0, "how far the thread has got; 1 it has found every face")
    sag: Number = number(0.4, 0.0, 1.0, "how loosely it hangs; 0 it is taut")
    thin: Number = number(0.0, 0.0, 1.0, "how thin it has worn; at 1 it can hardly be seen")
    colour: Tint = tint("warm", "its light")
