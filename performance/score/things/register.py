"""Register: how exactly the colours of the picture lie on one another, as in print and on film."""

from __future__ import annotations

from performance.score.fields import Number, number
from performance.score.model import Thing


class Register(Thing):
    """The whole picture out of register: its colours apart, and seen twice."""

    shift: Number = number(0.008, 0.0, 0.05, "how far red and blue lie from green, picture heights")
    double: Number = number(0.3, 0.0, 0.5, "how strong the second picture is; at 0.5 neither is the true one")
    apart: Number = number(0.03, 0.0, 0.2, "how far away the second picture lies, picture heights")
    slips: Number = number(0.6, 0.0, 4.0, "how often it slips somewhere else, times a second")
    weave: Number = number(0.3, 0.0, 1.0, "how much it trembles between slips, as film in its gate")
